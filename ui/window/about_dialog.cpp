#include "ui/window/about_dialog.h"

#include <QCoreApplication>
#include <QMessageBox>

namespace circuitloom::ui {

namespace {

class Words
{
    Q_DECLARE_TR_FUNCTIONS(About)
};

} // namespace

void show_about(QWidget* parent)
{
    QMessageBox box(parent);
    box.setWindowTitle(Words::tr("About Circuitloom"));
    box.setTextFormat(Qt::RichText);
    box.setText(
        Words::tr("<h3>Circuitloom %1</h3><p>Watch a language model learn, edge by edge.</p>")
            .arg(QCoreApplication::applicationVersion()));
    box.setInformativeText(Words::tr(
        "<p>Qt %1 · QCustomPlot 2.1 · SQLite · LibTorch</p>"
        "<p>Free software under the GNU General Public License, version 3 or later. It comes "
        "without any warranty.</p>"
        "<p>Method: “Fine-Tuning is Subgraph Search”, arXiv 2502.06106.</p>")
                               .arg(QString::fromLatin1(qVersion())));
    box.exec();
}

} // namespace circuitloom::ui
