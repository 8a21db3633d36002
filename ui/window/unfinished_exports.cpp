#include "ui/window/unfinished_exports.h"

#include "ui/export/export_dialog.h"
#include "ui/report/report_dialog.h"

#include <QCoreApplication>
#include <QMessageBox>
#include <QPushButton>

#include <algorithm>

namespace circuitloom::ui {

namespace {

template <class Dialog>
bool is_writing(const QWidget& window)
{
    return std::ranges::any_of(window.findChildren<Dialog*>(), &Dialog::working);
}

class Words
{
    Q_DECLARE_TR_FUNCTIONS(UnfinishedExports)
};

} // namespace

bool may_drop_exports(QWidget& window)
{
    if (!is_writing<ExportDialog>(window) && !is_writing<ReportDialog>(window))
        return true;
    QMessageBox box(QMessageBox::Question, Words::tr("An export is being written"),
        Words::tr("Quit before it is finished? What has been written of it is thrown away."),
        QMessageBox::Yes | QMessageBox::Cancel, &window);
    box.button(QMessageBox::Yes)->setText(Words::tr("&Throw it away"));
    box.button(QMessageBox::Cancel)->setText(Words::tr("&Go on writing"));
    box.setDefaultButton(QMessageBox::Cancel);
    return box.exec() == QMessageBox::Yes;
}

} // namespace circuitloom::ui
