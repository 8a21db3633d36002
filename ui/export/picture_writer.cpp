#include "ui/export/picture_writer.h"

#include "core/base/error.h"
#include "ui/base/whole_file.h"
#include "ui/drawing/svg_writer.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QFileInfo>
#include <QImageWriter>
#include <QPageSize>
#include <QPainter>
#include <QPdfWriter>
#include <QSvgGenerator>

#include <cmath>

namespace circuitloom::ui {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(PictureWriter)
};

constexpr double smallest_side = 16; // pixels
constexpr double largest_side = 16384; // beyond it a bitmap needs gigabytes
constexpr int pixels_per_inch = 96;
constexpr double points_per_inch = 72;
constexpr double inches_per_metre = 39.3701;

[[noreturn]] void refuse(const QString& file, const QString& reason)
{
    throw ResourceError(
        Words::tr("The picture %1 cannot be written: %2.").arg(file, reason).toStdString());
}

void check(const QSizeF& logical, double scale)
{
    for (const QSizeF& size : { logical, logical * scale }) {
        const bool sensible = size.width() >= smallest_side && size.height() >= smallest_side
            && size.width() <= largest_side && size.height() <= largest_side;
        if (!sensible)
            throw InputError(
                Words::tr("A picture is between %1 and %2 pixels wide and high, not %3 by %4.")
                    .arg(smallest_side)
                    .arg(largest_side)
                    .arg(size.width())
                    .arg(size.height())
                    .toStdString());
    }
}

// The curves come from another painter; they become a document of their own within the picture.
QByteArray curves_svg(const PicturePage& page)
{
    QBuffer buffer;
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setSize(page.curves_area.size().toSize());
    generator.setViewBox(QRectF(QPointF(), page.curves_area.size()));
    generator.setResolution(pixels_per_inch);
    QPainter painter(&generator);
    paint_picture(painter, page.curves);
    painter.end();
    return buffer.data();
}

QString node_name(const CircuitLayout& layout, int node)
{
    if (node >= static_cast<int>(layout.nodes.size()))
        return {};
    return QString::fromStdString(layout.nodes[static_cast<std::size_t>(node)].name);
}

void write_pdf(QIODevice& device, const PicturePage& page, double print, const PictureText& text)
{
    QPdfWriter writer(&device);
    writer.setCreator(QStringLiteral("Circuitloom"));
    writer.setTitle(text.title);
    writer.setPageMargins({});
    writer.setPageSize(QPageSize(page.drawing.size * (print * points_per_inch / pixels_per_inch),
        QPageSize::Point, QString(), QPageSize::ExactMatch));
    QPainter painter(&writer);
    const double dots_per_pixel = print * writer.logicalDpiX() / pixels_per_inch;
    painter.scale(dots_per_pixel, dots_per_pixel);
    paint_page(painter, page);
}

} // namespace

QImage page_image(const PicturePage& page, const PictureSharpness& sharpness)
{
    const double scale = sharpness.scale;
    check(page.drawing.size, scale);
    const bool opaque = qAlpha(page.drawing.background) == 255;
    QImage image((page.drawing.size * scale).toSize(),
        opaque ? QImage::Format_RGB32 : QImage::Format_ARGB32_Premultiplied);
    if (image.isNull())
        throw ResourceError(
            Words::tr("There is not enough memory for a bitmap of this size.").toStdString());
    image.setDevicePixelRatio(scale);
    const int dots_per_metre = qRound(pixels_per_inch * scale / sharpness.print * inches_per_metre);
    image.setDotsPerMeterX(dots_per_metre);
    image.setDotsPerMeterY(dots_per_metre);
    image.fill(QColor::fromRgba(page.drawing.background));
    QPainter painter(&image);
    paint_page(painter, page);
    return image;
}

QByteArray page_svg(const PicturePage& page, double print, const PictureText& text)
{
    SvgText words;
    words.title = text.title;
    words.enlarged = print;
    words.embedded = text.embedded;
    if (text.graph)
        words.edge_name = [&](int edge) {
            return QString::fromStdString(text.graph->edge_name(EdgeId{ edge }));
        };
    if (text.layout)
        words.node_name = [&](int node) { return node_name(*text.layout, node); };
    std::vector<NestedSvg> nested;
    if (!page.curves_area.isEmpty())
        nested.push_back({ QStringLiteral("curves"), page.curves_area, curves_svg(page) });
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    write_svg(buffer, page.drawing, words, nested);
    return buffer.data();
}

void save_page(const QString& file, const PicturePage& page, const PictureSharpness& sharpness,
    const PictureText& text)
{
    const QString format = QFileInfo(file).suffix().toLower();
    const bool png = format == QStringLiteral("png");
    const bool svg = format == QStringLiteral("svg");
    if (!png && !svg && format != QStringLiteral("pdf"))
        throw InputError(Words::tr("%1 names no known format; it must end in .png, .svg or .pdf for a "
                                   "picture, .dot, .json, .graphml or .csv for numbers, .mp4, "
                                   ".webm or .gif for a film.")
                             .arg(file)
                             .toStdString());
    check(page.drawing.size, png ? sharpness.scale : 1);
    // What the disk refuses is said in the system's words only where the bytes go to it in one piece.
    QBuffer picture;
    picture.open(QIODevice::WriteOnly);
    if (png) {
        QImageWriter writer(&picture, "png");
        if (!writer.write(page_image(page, sharpness)))
            refuse(file, writer.errorString());
    } else if (svg) {
        picture.write(page_svg(page, sharpness.print, text));
    } else {
        write_pdf(picture, page, sharpness.print, text);
    }
    write_whole_file(file, picture.data());
}

} // namespace circuitloom::ui
