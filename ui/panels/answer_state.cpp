#include "ui/panels/answer_state.h"

#include <QFocusEvent>

namespace circuitloom::ui {

AnswerState::AnswerState(QWidget* parent)
    : QLabel(parent)
{
    setWordWrap(true);
    setContentsMargins(16, 0, 16, 0);
    setProperty("dim", true);
    setTextFormat(Qt::RichText);
    setTextInteractionFlags(Qt::LinksAccessibleByMouse | Qt::LinksAccessibleByKeyboard);
    connect(this, &QLabel::linkActivated, this, &AnswerState::again_requested);
}

void AnswerState::show_state(const QString& failure, const QString& otherwise)
{
    QString text = otherwise.toHtmlEscaped();
    if (!failure.isEmpty())
        text = failure.toHtmlEscaped()
            + QStringLiteral(" <a href='again'>%1</a>").arg(tr("Ask again"));
    if (text != this->text())
        setText(text); // a link keeps the keyboard's focus
    setFocusPolicy(failure.isEmpty() ? Qt::NoFocus : Qt::StrongFocus); // it has no other use for it
    setVisible(!text.isEmpty());
}

// Tab comes to the link at once; a label alone would show no focus.
void AnswerState::focusInEvent(QFocusEvent* event)
{
    QLabel::focusInEvent(event);
    if (event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason)
        QLabel::focusNextPrevChild(event->reason() == Qt::TabFocusReason);
}

QString waiting_text(const QString& progress, bool open)
{
    return !progress.isEmpty() ? progress : open ? AnswerState::tr("Asking the model …") : QString();
}

} // namespace circuitloom::ui
