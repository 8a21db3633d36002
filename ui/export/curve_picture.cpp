#include "ui/export/curve_picture.h"

#include "core/base/error.h"
#include "ui/export/plot_row.h"

#include <QFileInfo>
#include <QSaveFile>

namespace circuitloom::ui {

namespace {

void save_csv(const QString& file, const std::vector<PlottedRun>& runs)
{
    QSaveFile out(file);
    if (out.open(QIODevice::WriteOnly))
        out.write(curves_to_csv(runs).toUtf8());
    if (!out.commit())
        throw ResourceError(
            "Cannot write " + file.toStdString() + ": " + out.errorString().toStdString() + ".");
}

} // namespace

void save_curve_picture(const QString& file, const std::vector<PlottedRun>& runs,
    const Theme& theme, const CurvePictureOptions& options)
{
    if (runs.empty())
        throw InputError("There is no run whose curves could be written.");
    const QString format = QFileInfo(file).suffix().toLower();
    if (format == QStringLiteral("csv")) {
        save_csv(file, runs);
        return;
    }
    static const QStringList formats{ QStringLiteral("png"), QStringLiteral("svg"),
        QStringLiteral("pdf") };
    if (!formats.contains(format))
        throw InputError("Curves are written as .png, .svg, .pdf or .csv, not as "
            + QFileInfo(file).fileName().toStdString() + ".");
    PicturePage page = curves_page(theme, options.page);
    page.curves
        = curves_picture(runs, theme, page.curves_area.size(), CurvesPlace::below, options.cursor);
    save_page(file, page, options.sharpness,
        { options.page.title.isEmpty() ? QStringLiteral("Curves") : options.page.title, nullptr,
            nullptr });
}

} // namespace circuitloom::ui
