#include "ui/export/circuit_picture.h"

#include "core/base/error.h"
#include "ui/circuit/circuit_drawing.h"
#include "ui/drawing/raster_painter.h"

#include <QFile>
#include <QFileInfo>
#include <QImage>
#include <QImageWriter>
#include <QPageSize>
#include <QPainter>
#include <QPdfWriter>
#include <QSvgGenerator>

namespace circuitloom::ui {

namespace {

constexpr double largest_side = 16384; // pixels; beyond it a bitmap needs gigabytes
constexpr double pixels_per_inch = 96;
constexpr double points_per_inch = 72;

[[noreturn]] void refuse(const QString& file, const QString& reason)
{
    throw ResourceError(
        QStringLiteral("The picture %1 cannot be written: %2.").arg(file, reason).toStdString());
}

CircuitPaintOptions paint_options(const PictureOptions& options)
{
    CircuitPaintOptions paint;
    paint.highlight = options.highlight;
    paint.legend = options.legend;
    paint.caption = options.caption;
    return paint;
}

void paint(
    QPainter& painter, const CircuitScene& scene, const Theme& theme, const PictureOptions& options)
{
    paint_drawing(painter, circuit_drawing(scene, theme, options.size, paint_options(options)));
}

void save_png(const QString& file, const CircuitScene& scene, const Theme& theme,
    const PictureOptions& options)
{
    QImage image((options.size * options.scale).toSize(), QImage::Format_RGB32);
    if (image.isNull())
        refuse(file, QStringLiteral("there is not enough memory for the bitmap"));
    image.setDevicePixelRatio(options.scale);
    image.fill(theme.window);
    QPainter painter(&image);
    paint(painter, scene, theme, options);
    painter.end();
    QImageWriter writer(file, "png");
    if (!writer.write(image))
        refuse(file, writer.errorString());
}

// Opened here rather than by the generator, which would not say why it cannot be.
void open_for_writing(QFile& device)
{
    if (!device.open(QIODevice::WriteOnly | QIODevice::Truncate))
        refuse(device.fileName(), device.errorString());
}

void close_checked(QFile& device)
{
    if (!device.flush() || device.error() != QFileDevice::NoError)
        refuse(device.fileName(), device.errorString());
    device.close();
}

void save_svg(const QString& file, const CircuitScene& scene, const Theme& theme,
    const PictureOptions& options)
{
    QFile device(file);
    open_for_writing(device);
    QSvgGenerator generator;
    generator.setOutputDevice(&device);
    generator.setSize(options.size.toSize());
    generator.setViewBox(QRectF(QPointF(), options.size));
    generator.setResolution(static_cast<int>(pixels_per_inch));
    // The generator escapes text, but not its title.
    generator.setTitle(
        options.caption.isEmpty() ? QStringLiteral("Circuit") : options.caption.toHtmlEscaped());
    QPainter painter(&generator);
    paint(painter, scene, theme, options);
    painter.end();
    close_checked(device);
}

void save_pdf(const QString& file, const CircuitScene& scene, const Theme& theme,
    const PictureOptions& options)
{
    QFile device(file);
    open_for_writing(device);
    QPdfWriter writer(&device);
    writer.setCreator(QStringLiteral("Circuitloom"));
    writer.setTitle(options.caption.isEmpty() ? QStringLiteral("Circuit") : options.caption);
    writer.setPageMargins({});
    writer.setPageSize(QPageSize(options.size * (points_per_inch / pixels_per_inch),
        QPageSize::Point, QString(), QPageSize::ExactMatch));
    QPainter painter(&writer);
    const double dots_per_pixel = writer.logicalDpiX() / pixels_per_inch;
    painter.scale(dots_per_pixel, dots_per_pixel);
    paint(painter, scene, theme, options);
    painter.end();
    close_checked(device);
}

void check(const QString& file, const CircuitScene& scene, const PictureOptions& options)
{
    if (!scene.graph || !scene.layout)
        throw InputError("There is no circuit to draw into " + file.toStdString() + ".");
    const QSizeF pixels = options.size * options.scale;
    const bool sensible = pixels.width() >= 16 && pixels.height() >= 16
        && pixels.width() <= largest_side && pixels.height() <= largest_side
        && options.size.width() >= 16 && options.size.height() >= 16
        && options.size.width() <= largest_side && options.size.height() <= largest_side;
    if (!sensible)
        throw InputError("The picture " + file.toStdString()
            + " must be between 16 and 16384 pixels wide and high.");
}

} // namespace

void save_circuit_picture(const QString& file, const CircuitScene& scene, const Theme& theme,
    const PictureOptions& options)
{
    check(file, scene, options);
    const QString format = QFileInfo(file).suffix().toLower();
    if (format == QStringLiteral("png"))
        save_png(file, scene, theme, options);
    else if (format == QStringLiteral("svg"))
        save_svg(file, scene, theme, options);
    else if (format == QStringLiteral("pdf"))
        save_pdf(file, scene, theme, options);
    else
        throw InputError("The picture " + file.toStdString()
            + " has no known format; its name must end in .png, .svg or .pdf.");
}

} // namespace circuitloom::ui
