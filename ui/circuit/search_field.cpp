#include "ui/circuit/search_field.h"

#include "ui/theme/icons.h"
#include "ui/theme/text_scale.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QFocusEvent>
#include <QStringListModel>
#include <QStyle>
#include <QTimer>
#include <QToolTip>

#include <algorithm>

namespace circuitloom::ui {

SearchField::SearchField(QWidget* parent)
    : QLineEdit(parent)
    , names_(new QStringListModel(this))
{
    setPlaceholderText(QStringLiteral("a2.h5"));
    addAction(icon(QStringLiteral("search")), QLineEdit::TrailingPosition);
    setMinimumWidth(70);
    // Names are short: with large texts the bar needs the room for its other parts.
    follow_text_scale(*this, [this] { setMaximumWidth(std::min(scaled(140), 200)); });
    setToolTip(tr("Find a node (a2.h5, m0.g3), an input of it (a2.h5<q>), an edge (m0->a2.h5<q>) "
                  "or all edges of a node (m0->)"));
    setAccessibleName(tr("Find a node or an edge"));
    auto* completer = new QCompleter(names_, this);
    completer->setCompletionMode(QCompleter::UnfilteredPopupCompletion);
    completer->setMaxVisibleItems(12);
    completer->popup()->setMinimumWidth(220); // an edge's name is wider than the line
    setCompleter(completer);

    const auto search = [this] { Q_EMIT search_requested(text()); };
    connect(this, &QLineEdit::returnPressed, this, search);
    // Only once the line holds the name that was chosen.
    connect(completer, qOverload<const QString&>(&QCompleter::activated), this, search,
        Qt::QueuedConnection);
    connect(this, &QLineEdit::textEdited, this, [this](const QString& typed) {
        set_invalid(false);
        Q_EMIT completions_wanted(typed);
    });
}

void SearchField::begin()
{
    setFocus(Qt::ShortcutFocusReason);
    selectAll();
}

void SearchField::show_name(const QString& name)
{
    setText(name);
    setCursorPosition(0);
    set_invalid(false);
}

void SearchField::set_completions(const QStringList& names)
{
    names_->setStringList(names);
}

void SearchField::show_found()
{
    set_invalid(false);
}

void SearchField::show_not_found(const QString& why)
{
    set_invalid(true);
    shake();
    setAccessibleDescription(why);
    QToolTip::showText(mapToGlobal(QPoint(0, height())), why.toHtmlEscaped(), this);
}

void SearchField::focusInEvent(QFocusEvent* event)
{
    QLineEdit::focusInEvent(event);
    // It may hold the name of what is selected, which nobody wants to add to. The click that gave
    // it the focus comes after, and would put the cursor somewhere. Tab selects by itself.
    if (event->reason() == Qt::MouseFocusReason)
        QTimer::singleShot(0, this, &QLineEdit::selectAll);
}

void SearchField::set_invalid(bool invalid)
{
    setProperty("invalid", invalid);
    style()->unpolish(this);
    style()->polish(this);
}

void SearchField::shake()
{
    if (reduced_motion_)
        return;
    if (shake_) { // it stands beside its place
        move(shake_->endValue().toPoint());
        shake_->stop();
    }
    shake_ = new QPropertyAnimation(this, "pos", this);
    const QPoint home = pos();
    shake_->setDuration(220);
    shake_->setStartValue(home);
    for (const double at : { 0.2, 0.6 })
        shake_->setKeyValueAt(at, home + QPoint(-5, 0));
    for (const double at : { 0.4, 0.8 })
        shake_->setKeyValueAt(at, home + QPoint(5, 0));
    shake_->setEndValue(home);
    shake_->start(QAbstractAnimation::DeleteWhenStopped);
}

} // namespace circuitloom::ui
