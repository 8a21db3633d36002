#include "ui/base/question.h"

#include <QMessageBox>
#include <QPushButton>

namespace circuitloom::ui {

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

} // namespace circuitloom::ui
