#include "ui/base/question.h"

#include <QCoreApplication>
#include <QMessageBox>
#include <QPushButton>

namespace circuitloom::ui {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Question)
};

} // namespace

void ask_before(QWidget& parent, const Question& question, const std::function<void()>& then)
{
    auto* box = new QMessageBox(
        QMessageBox::Question, question.title, question.text, QMessageBox::NoButton, &parent);
    box->setObjectName(QStringLiteral("question"));
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText); // names that users gave come through it
    QPushButton* yes = box->addButton(question.yes, QMessageBox::DestructiveRole);
    yes->setObjectName(QStringLiteral("yes"));
    QPushButton* no = box->addButton(question.no, QMessageBox::RejectRole);
    box->setDefaultButton(no);
    box->setEscapeButton(no);
    QObject::connect(yes, &QPushButton::clicked, &parent, then);
    box->open();
}

void ask_to_discard_text(QWidget& dialog, const std::function<void()>& discard)
{
    ask_before(dialog,
        { Words::tr("Close without saving?"), Words::tr("What you have written here is lost."),
            Words::tr("Discard"), Words::tr("Keep editing") },
        discard);
}

} // namespace circuitloom::ui
