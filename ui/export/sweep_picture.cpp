#include "ui/export/sweep_picture.h"

#include "core/base/error.h"
#include "ui/base/whole_file.h"
#include "ui/compare/sweep_drawing.h"

#include <QCoreApplication>
#include <QFileDialog>
#include <QFileInfo>
#include <QMessageBox>
#include <QPainter>

namespace circuitloom::ui {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(SweepPicture)
};

} // namespace

void export_sweep(const QString& file, const SweepChart& chart, const Theme& theme,
    const PageOptions& options, const PictureSharpness& sharpness)
{
    if (QFileInfo(file).suffix().toLower() == QStringLiteral("csv")) {
        write_whole_file(file, sweep_text(chart, TableLayout::csv).toUtf8());
        return;
    }
    PicturePage page = curves_page(theme, options);
    {
        QPainter painter(&page.curves);
        SweepDrawing(chart, theme, page.curves_area.size()).paint(painter);
    }
    const QString title = options.title.isEmpty() ? Words::tr("Sweep") : options.title;
    save_page(file, page, sharpness, { title, nullptr, nullptr });
}

void ask_for_sweep_picture(QWidget& parent, const SweepChart& chart, const Theme& theme)
{
    const QString title = Words::tr("Save picture");
    QFileDialog dialog(&parent, title, {},
        Words::tr("SVG (*.svg);;PDF (*.pdf);;PNG (*.png);;The numbers as CSV (*.csv)"));
    dialog.setAcceptMode(QFileDialog::AcceptSave);
    dialog.setDefaultSuffix(QStringLiteral("svg"));
    QObject::connect(&dialog, &QFileDialog::filterSelected, &dialog, [&](const QString& filter) {
        dialog.setDefaultSuffix(filter.section(QStringLiteral("(*."), 1).chopped(1));
    });
    if (dialog.exec() != QDialog::Accepted)
        return;
    PageOptions page;
    page.size = sweep_picture_size;
    try {
        export_sweep(dialog.selectedFiles().constFirst(), chart, theme, page, {});
    } catch (const Error& failure) {
        QMessageBox::warning(&parent, title, QString::fromUtf8(failure.what()));
    }
}

} // namespace circuitloom::ui
