#include "ui/timeline/position_edit.h"

#include <QKeyEvent>
#include <QRegularExpression>
#include <QStyle>
#include <QTimer>
#include <QToolTip>

namespace circuitloom::ui {

std::optional<TypedPosition> typed_position(const QString& text)
{
    static const QRegularExpression form(QStringLiteral("^\\s*(s(?:tep)?)?\\s*(\\d{1,9})\\s*$"),
        QRegularExpression::CaseInsensitiveOption);
    const QRegularExpressionMatch match = form.match(text);
    if (!match.hasMatch())
        return std::nullopt;
    return TypedPosition{ match.capturedLength(1) > 0, match.captured(2).toInt() };
}

PositionEdit::PositionEdit(QWidget* parent)
    : QLineEdit(parent)
{
    setObjectName(QStringLiteral("timelineIteration"));
    setAccessibleName(tr("Iteration"));
    setToolTip(tr("The iteration shown. Type another, or s and a step as in s120 (Ctrl+G)"));
    setAlignment(Qt::AlignHCenter);
    setMaxLength(16);
    setFocusPolicy(Qt::ClickFocus);
    connect(this, &QLineEdit::textEdited, this,
        [this](const QString& text) { show_validity(objection(text).isEmpty()); });
}

void PositionEdit::set_range(int last_iteration, int first_step, int last_step)
{
    last_iteration_ = last_iteration;
    first_step_ = first_step;
    last_step_ = last_step;
    setEnabled(last_iteration >= 0);
}

void PositionEdit::set_iteration(int iteration)
{
    iteration_ = iteration;
    if (hasFocus() && isModified())
        return;
    setText(iteration < 0 ? QString() : QString::number(iteration));
    if (hasFocus())
        selectAll();
}

void PositionEdit::begin_typing()
{
    setFocus(Qt::ShortcutFocusReason);
    selectAll();
}

QString PositionEdit::objection(const QString& text) const
{
    const std::optional<TypedPosition> typed = typed_position(text);
    if (!typed)
        return tr("Type an iteration, as in 46, or a step, as in s120.");
    if (!typed->is_step && typed->number > last_iteration_)
        return tr("The run has the iterations 0 to %1.").arg(last_iteration_);
    if (typed->is_step && (typed->number < first_step_ || typed->number > last_step_))
        return tr("The run has the steps %1 to %2.").arg(first_step_).arg(last_step_);
    return {};
}

void PositionEdit::show_validity(bool valid)
{
    if (property("invalid").toBool() == !valid)
        return;
    setProperty("invalid", !valid);
    style()->unpolish(this);
    style()->polish(this);
}

void PositionEdit::go()
{
    const QString why_not = objection(text());
    if (!why_not.isEmpty()) {
        show_validity(false);
        QToolTip::showText(mapToGlobal(QPoint(0, height())), why_not, this);
        return;
    }
    const TypedPosition typed = *typed_position(text());
    leave();
    if (typed.is_step)
        Q_EMIT step_requested(typed.number);
    else
        Q_EMIT iteration_requested(typed.number);
}

void PositionEdit::leave()
{
    setModified(false);
    set_iteration(iteration_);
    clearFocus();
}

bool PositionEdit::event(QEvent* event)
{
    // A line edit leaves these keys to shortcuts and dialogs, but here they mean something.
    if (event->type() == QEvent::ShortcutOverride) {
        const auto& pressed = *static_cast<QKeyEvent*>(event);
        const bool alone = (pressed.modifiers() & ~Qt::KeypadModifier) == Qt::NoModifier;
        const int key = pressed.key();
        if (alone && (key == Qt::Key_Escape || key == Qt::Key_Return || key == Qt::Key_Enter)) {
            event->accept();
            return true;
        }
    }
    return QLineEdit::event(event);
}

void PositionEdit::keyPressEvent(QKeyEvent* event)
{
    switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
        go();
        return;
    case Qt::Key_Escape:
        leave();
        return;
    default:
        QLineEdit::keyPressEvent(event);
    }
}

void PositionEdit::focusInEvent(QFocusEvent* event)
{
    QLineEdit::focusInEvent(event);
    // The click that brings the focus sets the cursor only after this.
    QTimer::singleShot(0, this, &QLineEdit::selectAll);
}

void PositionEdit::focusOutEvent(QFocusEvent* event)
{
    QLineEdit::focusOutEvent(event);
    if (event->reason() == Qt::PopupFocusReason)
        return;
    setModified(false);
    show_validity(true);
    set_iteration(iteration_);
    deselect();
}

} // namespace circuitloom::ui
