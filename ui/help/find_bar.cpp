#include "ui/help/find_bar.h"

#include "ui/base/flow_layout.h"
#include "ui/theme/icons.h"

#include <QCheckBox>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QStyle>
#include <QToolButton>

namespace circuitloom::ui {

FindBar::FindBar(QWidget* parent)
    : QWidget(parent)
    , line_(new QLineEdit(this))
    , all_(new QCheckBox(tr("All documents"), this))
    , result_(new QLabel(this))
{
    setObjectName(QStringLiteral("findBar"));
    line_->setAccessibleName(tr("Find in the document"));
    line_->setPlaceholderText(tr("Find"));
    line_->setClearButtonEnabled(true);
    line_->addAction(icon(QStringLiteral("search")), QLineEdit::LeadingPosition);
    line_->installEventFilter(this);
    result_->setObjectName(QStringLiteral("findResult"));
    result_->setAccessibleName(tr("What was found"));
    all_->setToolTip(tr("The contents list the pages that have it, and how often"));

    auto* row = new FlowLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(line_);
    QSizePolicy wide = line_->sizePolicy();
    wide.setHorizontalPolicy(QSizePolicy::Expanding);
    line_->setSizePolicy(wide);
    const auto add_button = [&](const QString& name, const QString& text, const QString& keys) {
        auto* button = new QToolButton(this);
        button->setIcon(icon(name));
        button->setAccessibleName(text);
        button->setToolTip(tr("%1 (%2)", "what a button does, its keys").arg(text, keys));
        button->setFocusPolicy(Qt::StrongFocus);
        row->addWidget(button);
        return button;
    };
    const auto keys
        = [](const QKeySequence& sequence) { return sequence.toString(QKeySequence::NativeText); };
    QToolButton* previous = add_button(QStringLiteral("chevron-up"), tr("Previous place"),
        keys(QKeySequence(Qt::SHIFT | Qt::Key_F3)));
    QToolButton* next = add_button(
        QStringLiteral("chevron-down"), tr("Next place"), keys(QKeySequence(Qt::Key_F3)));
    row->addWidget(result_);
    row->addWidget(all_);
    QToolButton* close = add_button(
        QStringLiteral("close"), tr("Close the search"), keys(QKeySequence(Qt::Key_Escape)));

    // As they stand beside one another.
    setTabOrder(line_, previous);
    setTabOrder(previous, next);
    setTabOrder(next, all_);
    setTabOrder(all_, close);

    connect(line_, &QLineEdit::textChanged, this, &FindBar::typed);
    connect(all_, &QCheckBox::toggled, this, &FindBar::all_changed);
    connect(next, &QToolButton::clicked, this, [this] { Q_EMIT step_requested(true); });
    connect(previous, &QToolButton::clicked, this, [this] { Q_EMIT step_requested(false); });
    connect(close, &QToolButton::clicked, this, &FindBar::close_requested);
}

void FindBar::begin()
{
    show();
    line_->setFocus(Qt::ShortcutFocusReason);
    line_->selectAll();
}

QString FindBar::text() const
{
    return line_->text();
}

bool FindBar::in_all() const
{
    return all_->isChecked();
}

void FindBar::show_result(const QString& sentence, bool found)
{
    result_->setText(sentence);
    line_->setAccessibleDescription(sentence);
    if (line_->property("invalid").toBool() == !found)
        return;
    line_->setProperty("invalid", !found);
    line_->style()->unpolish(line_);
    line_->style()->polish(line_);
}

bool FindBar::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == line_ && event->type() == QEvent::KeyPress) {
        const auto* key = static_cast<QKeyEvent*>(event);
        if (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) {
            Q_EMIT step_requested(!(key->modifiers() & Qt::ShiftModifier));
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace circuitloom::ui
