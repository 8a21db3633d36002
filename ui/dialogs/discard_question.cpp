#include "ui/dialogs/discard_question.h"

#include "ui/base/question.h"

#include <QCoreApplication>

namespace circuitloom::ui {

namespace {

class Words
{
    Q_DECLARE_TR_FUNCTIONS(DiscardQuestion)
};

} // namespace

void ask_to_discard(QWidget& dialog, const std::function<void()>& discard)
{
    ask_before(dialog,
        { Words::tr("New run"),
            Words::tr("Close without starting this run? What you have changed in the form is lost."),
            Words::tr("Discard"), Words::tr("Keep editing") },
        discard);
}

} // namespace circuitloom::ui
