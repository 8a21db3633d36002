#include "ui/export/picture_page.h"

#include "ui/drawing/raster_painter.h"

#include <QFontMetricsF>
#include <QStringBuilder>

#include <algorithm>
#include <iterator>
#include <utility>

namespace circuitloom::ui {

namespace {

constexpr double margin = 14;
constexpr double heading_height = 34;
constexpr double heading_line = 20; ///< that each further line of the title adds
constexpr double most_heading = 0.1; ///< of the width: so high further lines may be
constexpr int title_size = 16;
constexpr int stamp_size = 13;
constexpr int caption_size = 13;
constexpr double caption_line = 18;
constexpr double curves_share_below = 0.28; // of the height
constexpr double curves_share_narrow = 0.5; // where they need two rows
constexpr double narrow = 640; // pixels
constexpr double curves_share_beside = 0.34; // of the width
constexpr double least_curves = 110; // pixels
constexpr double most_below = 0.6; // of the height
constexpr double most_beside = 0.5; // of the width

QFont sized(QFont font, int size, int weight)
{
    font.setPixelSize(size);
    font.setWeight(static_cast<QFont::Weight>(weight));
    return font;
}

QStringList wrapped(const QString& text, double width, const QFont& font)
{
    const QFontMetricsF metrics(font);
    QStringList lines;
    for (const QString& paragraph : text.split(u'\n')) {
        QString line;
        for (const QString& word : paragraph.split(u' ', Qt::SkipEmptyParts)) {
            const QString longer = line.isEmpty() ? word : QString(line % u' ' % word);
            if (!line.isEmpty() && metrics.horizontalAdvance(longer) > width) {
                lines.append(line);
                line = word;
            } else {
                line = longer;
            }
        }
        lines.append(line);
    }
    return lines;
}

DrawnLabel label(const QRectF& rect, const QString& text, int size, int weight, const QColor& color,
    Qt::Alignment side)
{
    DrawnLabel made;
    made.rect = rect;
    made.text = text;
    made.size = size;
    made.weight = weight;
    made.color = color.rgba();
    made.alignment = side | Qt::AlignVCenter;
    return made;
}

void move(DrawingLayer& layer, const QPointF& by)
{
    for (DrawnShape& shape : layer.shapes)
        shape.rect.translate(by);
    for (DrawnCurve& curve : layer.curves) {
        curve.from += by;
        curve.control1 += by;
        curve.control2 += by;
        curve.to += by;
    }
    for (DrawnLabel& label : layer.labels)
        label.rect.translate(by);
}

QRectF first_line(const PageAreas& areas)
{
    return { areas.heading.topLeft(), QSizeF(areas.heading.width(), heading_height) };
}

/// The title in as many lines as it needs beside the stamp, and as the page has room for.
QStringList title_lines(const PageOptions& options, double width, const QFont& font)
{
    if (options.title.isEmpty())
        return {};
    const QFontMetricsF stamps(sized(font, stamp_size, QFont::Normal));
    const double stamp = std::max(
        stamps.horizontalAdvance(options.stamp), stamps.horizontalAdvance(options.widest_stamp));
    const double room = std::max(stamp > 0 ? width - stamp - margin : width, 0.0);
    const QFont bold = sized(font, title_size, QFont::DemiBold);
    QStringList lines = wrapped(options.title, room, bold);
    const auto most = 1 + static_cast<qsizetype>(options.size.width() * most_heading / heading_line);
    if (lines.size() > most)
        lines = lines.mid(0, most - 1) << lines.mid(most - 1).join(u' ');
    for (QString& line : lines)
        line = QFontMetricsF(bold).elidedText(line, Qt::ElideRight, room);
    return lines;
}

DrawingLayer heading_layer(const PageAreas& areas, const Theme& theme)
{
    DrawingLayer layer{ QStringLiteral("title"), {}, {}, {} };
    QRectF line = first_line(areas);
    for (const QString& text : areas.heading_lines) {
        layer.labels.push_back(
            label(line, text, title_size, QFont::DemiBold, theme.text, Qt::AlignLeft));
        line.translate(0, heading_line);
    }
    return layer;
}

/// All but the circuit: heading and caption, which no iteration changes, and the curves' ground.
PicturePage frame_of(const PageAreas& areas, const Theme& theme, const PageOptions& options)
{
    PicturePage page;
    page.drawing.size = options.size;
    page.drawing.font = theme.font();
    if (!options.transparent)
        page.drawing.background = theme.window.rgba();
    if (!options.title.isEmpty())
        page.drawing.layers.push_back(heading_layer(areas, theme));
    if (!areas.caption_lines.isEmpty()) {
        DrawingLayer layer{ QStringLiteral("caption"), {}, {}, {} };
        QRectF line(areas.caption.topLeft(), QSizeF(areas.caption.width(), caption_line));
        for (const QString& text : areas.caption_lines) {
            layer.labels.push_back(
                label(line, text, caption_size, QFont::Normal, theme.text, Qt::AlignLeft));
            line.translate(0, caption_line);
        }
        page.drawing.layers.push_back(std::move(layer));
    }
    page.curves_area = areas.curves;
    if (!areas.curves.isEmpty() && !options.transparent) {
        DrawnShape ground;
        ground.rect = areas.curves;
        ground.radius = 8;
        ground.fill = theme.panel.rgba();
        page.drawing.layers.push_back({ QStringLiteral("below the curves"), { ground }, {}, {} });
    }
    return page;
}

void add_stamp(
    PicturePage& page, const PageAreas& areas, const Theme& theme, const PageOptions& options)
{
    if (options.stamp.isEmpty())
        return;
    page.drawing.layers.push_back({ QStringLiteral("stamp"), {}, {},
        { label(first_line(areas), options.stamp, stamp_size, QFont::Normal, theme.dimText,
            Qt::AlignRight) } });
}

// The camera of a view for an area of another size: it looks at the same part of the circuit.
CircuitCamera camera_for(const ShownCircuit& circuit, const QSizeF& area)
{
    CircuitCamera camera = circuit.camera;
    if (circuit.view.isEmpty())
        return camera;
    camera.pan.rx() *= area.width() / circuit.view.width();
    camera.pan.ry() *= area.height() / circuit.view.height();
    return camera;
}

} // namespace

PageAreas page_areas(const PageOptions& options, const QFont& font)
{
    PageAreas areas;
    QRectF left(QPointF(), options.size);
    if (!options.title.isEmpty() || !options.stamp.isEmpty() || !options.widest_stamp.isEmpty()) {
        const double width = left.width() - 2 * margin;
        areas.heading_lines = title_lines(options, width, font);
        const double further = static_cast<double>(std::max(areas.heading_lines.size(), qsizetype{ 1 }) - 1);
        areas.heading = QRectF(margin, margin / 2, width, heading_height + further * heading_line);
        left.setTop(areas.heading.bottom() - margin / 2);
    }
    if (!options.caption.isEmpty()) {
        areas.caption_lines = wrapped(
            options.caption, left.width() - 2 * margin, sized(font, caption_size, QFont::Normal));
        const double height = caption_line * static_cast<double>(areas.caption_lines.size());
        areas.caption = QRectF(
            margin, left.bottom() - height - margin * 0.7, left.width() - 2 * margin, height);
        left.setBottom(areas.caption.top() - margin / 2);
    }
    const double gap = margin * 0.6;
    if (options.curves == CurvesPlace::below) {
        const double share = left.width() < narrow ? curves_share_narrow : curves_share_below;
        const double wanted = std::max(
            { left.height() * share, least_curves, options.least_curves.height() });
        // A page that grew for them has that room, and the circuit its own.
        const double height
            = options.grows ? wanted : std::min(wanted, left.height() * most_below);
        areas.curves = QRectF(gap, left.bottom() - height - gap, left.width() - 2 * gap, height);
        left.setBottom(areas.curves.top());
    } else if (options.curves == CurvesPlace::beside) {
        const double width = std::max({ left.width() * curves_share_beside, least_curves,
            std::min(options.least_curves.width(), left.width() * most_beside) });
        areas.curves
            = QRectF(left.right() - width - gap, left.top() + gap, width, left.height() - 2 * gap);
        left.setRight(areas.curves.left());
    }
    areas.circuit = left;
    return areas;
}

PicturePage circuit_page(
    const ShownCircuit& circuit, const Theme& theme, const PageOptions& options)
{
    const PageAreas areas = page_areas(options, theme.font());
    PicturePage page = frame_of(areas, theme, options);
    if (!circuit.scene.layout)
        return page;
    CircuitPaintOptions paint;
    paint.camera = camera_for(circuit, areas.circuit.size());
    paint.highlight = circuit.highlight;
    paint.legend = options.legend;
    paint.background = false;
    const QSizeF size = areas.circuit.size();
    Drawing drawing = circuit_drawing(circuit.scene, theme, size, paint);
    page.still_layers = page.drawing.layers.size()
        + lattice_drawing(*circuit.scene.layout, theme, size, paint).layers.size();
    for (DrawingLayer& layer : drawing.layers) {
        move(layer, areas.circuit.topLeft());
        if (circuit.camera != CircuitCamera())
            layer.clip = areas.circuit; // what is looked at closely reaches beyond its area
        page.drawing.layers.push_back(std::move(layer));
    }
    add_stamp(page, areas, theme, options);
    return page;
}

PicturePage curves_page(const Theme& theme, const PageOptions& options)
{
    PageAreas areas = page_areas(options, theme.font());
    areas.curves = areas.circuit;
    PicturePage page = frame_of(areas, theme, options);
    if (!options.transparent)
        page.drawing.background = theme.panel.rgba();
    add_stamp(page, areas, theme, options);
    return page;
}

void paint_picture(QPainter& painter, const QPicture& picture)
{
    // Qt enlarges a picture by the device's dots per inch; here a pixel is a pixel.
    painter.save();
    painter.scale(static_cast<double>(picture.logicalDpiX()) / painter.device()->logicalDpiX(),
        static_cast<double>(picture.logicalDpiY()) / painter.device()->logicalDpiY());
    painter.drawPicture(0, 0, picture);
    painter.restore();
}

void paint_page(QPainter& painter, const PicturePage& page)
{
    paint_drawing(painter, page.drawing);
    if (page.curves_area.isEmpty())
        return;
    painter.save();
    painter.translate(page.curves_area.topLeft());
    paint_picture(painter, page.curves);
    painter.restore();
}

} // namespace circuitloom::ui
