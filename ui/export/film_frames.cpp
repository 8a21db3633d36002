#include "ui/export/film_frames.h"

#include "ui/drawing/raster_painter.h"

#include <QCoreApplication>
#include <QPainter>

#include <cmath>
#include <utility>

namespace circuitloom::ui {

QString iteration_stamp(int iteration, int step)
{
    return QCoreApplication::translate("PicturePage", "iteration %1 · step %2")
        .arg(iteration)
        .arg(step);
}

namespace {

QString with_edges(const QString& stamp, int shown, int all)
{
    return stamp + QStringLiteral(" · ")
        + QCoreApplication::translate("Export", "%1 of %2 edges").arg(shown).arg(all);
}

} // namespace

QString picture_stamp(int iteration, int step, int shown, int all)
{
    const QString stamp = iteration_stamp(iteration, step);
    return shown < all ? with_edges(stamp, shown, all) : stamp;
}

QString widest_stamp(const CircuitLook& look, const std::vector<int>& steps)
{
    if (steps.empty())
        return {};
    // No circuit has more edges than its graph.
    const auto most = static_cast<int>(look.graph->edges().size());
    return with_edges(
        iteration_stamp(static_cast<int>(steps.size()) - 1, steps.back()), most, most);
}

QSize frame_size(const FilmContent& film)
{
    return (film.page.size * film.scale).toSize();
}

QSizeF curves_size(const FilmContent& film)
{
    return page_areas(film.page, film.theme.font()).curves.size();
}

FilmFrames::FilmFrames(FilmContent film, CurvesAt curves)
    : film_(std::move(film))
    , curves_(std::move(curves))
    , scenes_(film_.file, film_.run, film_.look)
{
    film_.page.transparent = false; // films have no transparency
}

QImage FilmFrames::blank() const
{
    QImage image(frame_size(film_), QImage::Format_RGB32);
    image.setDevicePixelRatio(film_.scale);
    return image;
}

QImage FilmFrames::at(int frame)
{
    const double position = position_at(film_.script, frame);
    // The iteration that is reached, as the timeline says it.
    const int iteration = static_cast<int>(std::floor(position));
    const int step = film_.steps.at(static_cast<std::size_t>(iteration));
    PageOptions options = film_.page;
    if (film_.stamped)
        options.stamp = picture_stamp(
            iteration, step, scenes_.shown_count(iteration), scenes_.edge_count(iteration));
    PicturePage page
        = circuit_page({ scenes_.between(position), film_.camera, film_.view, film_.highlight },
            film_.theme, options);
    if (still_.isNull())
        paint_still(page);
    auto& layers = page.drawing.layers;
    layers.erase(layers.begin(), layers.begin() + static_cast<std::ptrdiff_t>(page.still_layers));
    page.drawing.background = 0;

    QImage image = still_.copy();
    image.setDevicePixelRatio(film_.scale);
    QPainter painter(&image);
    paint_drawing(painter, page.drawing);
    if (!page.curves_area.isEmpty())
        paint_curves(painter, iteration, page.curves_area);
    return image;
}

void FilmFrames::paint_still(const PicturePage& page)
{
    Drawing still = page.drawing;
    still.layers.resize(page.still_layers);
    still_ = blank();
    QPainter painter(&still_);
    paint_drawing(painter, still);
}

void FilmFrames::paint_curves(QPainter& painter, int iteration, const QRectF& area)
{
    // The image begins at a whole pixel, so that it is not smoothed when it is painted.
    const QRect pixels
        = QRectF(area.topLeft() * film_.scale, area.size() * film_.scale).toAlignedRect();
    const QPointF at = QPointF(pixels.topLeft()) / film_.scale;
    if (iteration != curves_iteration_) {
        curves_image_ = QImage(pixels.size(), QImage::Format_ARGB32_Premultiplied);
        curves_image_.setDevicePixelRatio(film_.scale);
        curves_image_.fill(Qt::transparent);
        QPainter curves(&curves_image_);
        curves.translate(area.topLeft() - at);
        paint_picture(curves, curves_(film_.steps.at(static_cast<std::size_t>(iteration))));
        curves_iteration_ = iteration;
    }
    painter.drawImage(at, curves_image_);
}

} // namespace circuitloom::ui
