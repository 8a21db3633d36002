#include "ui/dialogs/discard_question.h"

#include <QCoreApplication>
#include <QMessageBox>
#include <QPushButton>

namespace circuitloom::ui {

namespace {

class Words
{
    Q_DECLARE_TR_FUNCTIONS(DiscardQuestion)
};

} // namespace

void ask_to_discard(QWidget& dialog, const std::function<void()>& discard)
{
    auto* question = new QMessageBox(QMessageBox::Question, Words::tr("New run"),
        Words::tr("Close without starting this run? What you have changed in the form is lost."),
        QMessageBox::NoButton, &dialog);
    question->setObjectName(QStringLiteral("discardQuestion"));
    question->setAttribute(Qt::WA_DeleteOnClose);
    QPushButton* discard_button
        = question->addButton(Words::tr("Discard"), QMessageBox::DestructiveRole);
    QPushButton* keep = question->addButton(Words::tr("Keep editing"), QMessageBox::RejectRole);
    question->setDefaultButton(keep);
    question->setEscapeButton(keep);
    QObject::connect(discard_button, &QPushButton::clicked, &dialog, discard);
    question->open();
}

} // namespace circuitloom::ui
