#include "ui/inspector/answer_state.h"

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
    setVisible(!text.isEmpty());
}

QString waiting_text(const QString& progress, bool open)
{
    return !progress.isEmpty() ? progress : open ? AnswerState::tr("Asking the model …") : QString();
}

} // namespace circuitloom::ui
