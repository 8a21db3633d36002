#include "ui/export/curve_picture.h"

#include "core/base/error.h"
#include "ui/curves/plot_widget.h"

#include <QFileInfo>
#include <QImage>
#include <QPageSize>
#include <QPdfWriter>
#include <QSaveFile>
#include <QSvgGenerator>

#include <memory>

namespace circuitloom::ui {

namespace {

constexpr int largest_side = 20000; ///< bitmap pixels
constexpr int caption_height = 34;
constexpr int margin = 6;

[[noreturn]] void cannot_write(const QString& file, const QString& why)
{
    throw ResourceError("Cannot write " + file.toStdString() + ": " + why.toStdString() + ".");
}

/// The plots side by side, those with labels wider.
class PlotRow
{
public:
    PlotRow(
        const std::vector<PlottedRun>& runs, const Theme& theme, const CurvePictureOptions& options)
        : page_{ options.size, theme.panel, theme.text, options.caption, false }
    {
        const std::vector<PlotContent> contents = plots_of(runs, theme);
        std::vector<int> shares;
        int all = 0;
        for (const PlotContent& content : contents) {
            shares.push_back(!content.lines.empty() && content.lines.back().labelled ? 5 : 3);
            all += shares.back();
        }
        const int top = margin + (options.caption.isEmpty() ? 0 : caption_height);
        const int room = options.size.width() - 2 * margin;
        int from = 0;
        for (std::size_t i = 0; i < contents.size(); ++i) {
            auto plot = std::make_unique<PlotWidget>();
            plot->set_theme(theme);
            plot->set_content(contents[i]);
            plot->set_range(0, contents[i].last_step);
            plot->set_cursor(options.cursor);
            const QRect where(margin + room * from / all, top, room * shares[i] / all,
                options.size.height() - top - margin);
            from += shares[i];
            placed_.push_back({ plot.get(), where });
            plots_.push_back(std::move(plot));
        }
    }

    void paint(QPaintDevice& device, bool vectors)
    {
        page_.vectors = vectors;
        paint_plots(device, placed_, page_);
    }

private:
    PlotPage page_;
    std::vector<std::unique_ptr<PlotWidget>> plots_;
    std::vector<PlacedPlot> placed_;
};

void write_png(QSaveFile& file, PlotRow& row, const CurvePictureOptions& options)
{
    QImage image(options.size * options.scale, QImage::Format_ARGB32_Premultiplied);
    image.setDevicePixelRatio(options.scale);
    image.fill(Qt::transparent);
    row.paint(image, false);
    if (!image.save(&file, "PNG"))
        cannot_write(file.fileName(), file.errorString());
}

void write_svg(QSaveFile& file, PlotRow& row, const CurvePictureOptions& options)
{
    QSvgGenerator svg;
    svg.setOutputDevice(&file);
    svg.setSize(options.size);
    svg.setViewBox(QRect({}, options.size));
    svg.setTitle(options.caption.isEmpty() ? QStringLiteral("Curves") : options.caption);
    row.paint(svg, true);
}

void write_pdf(QSaveFile& file, PlotRow& row, const CurvePictureOptions& options)
{
    QPdfWriter pdf(&file);
    pdf.setResolution(96);
    pdf.setPageSize(QPageSize(QSizeF(options.size) * 72 / 96, QPageSize::Point));
    pdf.setPageMargins({});
    pdf.setTitle(options.caption);
    row.paint(pdf, true);
}

} // namespace

void save_curve_picture(const QString& file, const std::vector<PlottedRun>& runs,
    const Theme& theme, const CurvePictureOptions& options)
{
    const QString format = QFileInfo(file).suffix().toLower();
    static const QStringList formats{ QStringLiteral("png"), QStringLiteral("svg"),
        QStringLiteral("pdf"), QStringLiteral("csv") };
    if (!formats.contains(format))
        throw InputError("Curves are written as .png, .svg, .pdf or .csv, not as "
            + QFileInfo(file).fileName().toStdString() + ".");
    if (runs.empty())
        throw InputError("There is no run whose curves could be written.");
    const QSizeF pixels = QSizeF(options.size) * options.scale;
    if (options.size.width() < 100 || options.size.height() < 100 || pixels.width() > largest_side
        || pixels.height() > largest_side)
        throw InputError("A picture is 100 to 20000 pixels wide and high, not "
            + std::to_string(options.size.width()) + " by " + std::to_string(options.size.height())
            + ".");

    QSaveFile out(file);
    if (!out.open(QIODevice::WriteOnly))
        cannot_write(file, out.errorString());
    if (format == QStringLiteral("csv")) {
        out.write(curves_to_csv(runs).toUtf8());
    } else {
        PlotRow row(runs, theme, options);
        if (format == QStringLiteral("png"))
            write_png(out, row, options);
        else if (format == QStringLiteral("svg"))
            write_svg(out, row, options);
        else
            write_pdf(out, row, options);
    }
    if (!out.commit())
        cannot_write(file, out.errorString());
}

} // namespace circuitloom::ui
