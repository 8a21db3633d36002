#include "ui/dialogs/discard_question.h"

#include <QCoreApplication>
#include <QMessageBox>
#include <QPushButton>

namespace circuitloom::ui {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("DiscardQuestion", text);
}

} // namespace

void ask_to_discard(QWidget& dialog, const std::function<void()>& discard)
{
    auto* question = new QMessageBox(QMessageBox::Question, tr("New run"),
        tr("Close without starting this run? What you have changed in the form is lost."),
        QMessageBox::NoButton, &dialog);
    question->setObjectName(QStringLiteral("discardQuestion"));
    question->setAttribute(Qt::WA_DeleteOnClose);
    QPushButton* discard_button = question->addButton(tr("Discard"), QMessageBox::DestructiveRole);
    QPushButton* keep = question->addButton(tr("Keep editing"), QMessageBox::RejectRole);
    question->setDefaultButton(keep);
    question->setEscapeButton(keep);
    QObject::connect(discard_button, &QPushButton::clicked, &dialog, discard);
    question->open();
}

} // namespace circuitloom::ui
