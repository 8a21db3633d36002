#include "ui/export/replace_question.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QMessageBox>
#include <QPushButton>

namespace circuitloom::ui {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(ReplaceQuestion)
};

} // namespace

bool may_replace(QWidget& parent, const QString& file)
{
    QMessageBox box(QMessageBox::Question, Words::tr("Replace the file?"),
        Words::tr("%1 is there already.").arg(QFileInfo(file).fileName()), QMessageBox::NoButton,
        &parent);
    box.setTextFormat(Qt::PlainText);
    const QPushButton* replace
        = box.addButton(Words::tr("Replace"), QMessageBox::DestructiveRole);
    box.setDefaultButton(box.addButton(QMessageBox::Cancel));
    box.exec();
    return box.clickedButton() == replace;
}

QString cancelled_text(const QString& file)
{
    return QFileInfo::exists(file) ? Words::tr("Cancelled; the file that was there is unchanged.")
                                   : Words::tr("Cancelled; there is no file.");
}

} // namespace circuitloom::ui
