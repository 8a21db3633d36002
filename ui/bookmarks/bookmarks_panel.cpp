#include "ui/bookmarks/bookmarks_panel.h"

#include "ui/bookmarks/bookmark_delegate.h"

#include <QAction>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QListWidget>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace circuitloom::ui {

BookmarksPanel::BookmarksPanel(QAction& add, QWidget* parent)
    : QWidget(parent)
    , delegate_(new BookmarkDelegate(this))
    , list_(new QListWidget(this))
    , empty_(new QLabel(this))
{
    setObjectName(QStringLiteral("bookmarks"));
    setAttribute(Qt::WA_StyledBackground);
    auto* heading = new QLabel(tr("BOOKMARKS"), this);
    heading->setProperty("heading", true);
    auto* add_button = new QToolButton(this);
    add_button->setObjectName(QStringLiteral("addBookmark"));
    add_button->setText(tr("Add"));
    add_button->setEnabled(add.isEnabled());
    connect(add_button, &QToolButton::clicked, &add, &QAction::trigger);
    connect(&add, &QAction::enabledChanged, add_button, &QWidget::setEnabled);
    add_button->setToolTip(tr("Bookmark the iteration that is shown (%1)")
                               .arg(add.shortcut().toString(QKeySequence::NativeText)));
    add_button->setAccessibleName(tr("Add bookmark"));
    add_button->setFocusPolicy(Qt::TabFocus);
    empty_->setText(tr("%1 marks the iteration that is shown.")
                        .arg(add.shortcut().toString(QKeySequence::NativeText)));
    empty_->setProperty("dim", true);
    empty_->setWordWrap(true);
    empty_->setContentsMargins(16, 4, 16, 4);
    empty_->setAlignment(Qt::AlignTop);

    list_->setObjectName(QStringLiteral("bookmarksList"));
    list_->setItemDelegate(delegate_);
    list_->setFrameShape(QFrame::NoFrame);
    list_->setMouseTracking(true);
    list_->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    list_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    list_->setResizeMode(QListView::Adjust);
    list_->setAccessibleName(tr("Bookmarks"));
    list_->installEventFilter(this);
    add_menu();

    auto* top = new QHBoxLayout;
    top->setContentsMargins(16, 8, 12, 4);
    top->addWidget(heading);
    top->addStretch();
    top->addWidget(add_button);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(top);
    column->addWidget(empty_, 1);
    column->addWidget(list_, 1);
    connect(list_, &QListWidget::itemClicked, this, &BookmarksPanel::go_to_chosen);
    connect(list_, &QListWidget::itemDoubleClicked, this, &BookmarksPanel::edit_requested);
    list_->hide();
}

void BookmarksPanel::add_menu()
{
    // Their keys are the list's own: the window has other uses for them.
    const auto add_action = [this](const QString& text, auto&& triggered) {
        auto* action = new QAction(text, list_);
        connect(action, &QAction::triggered, this, triggered);
        list_->addAction(action);
        of_chosen_ << action;
    };
    list_->setContextMenuPolicy(Qt::ActionsContextMenu);
    add_action(tr("&Go there\tReturn"), [this] { go_to_chosen(); });
    add_action(tr("&Edit…\tF2"), [this] { Q_EMIT edit_requested(); });
    add_action(tr("&Delete\tDel"), [this] { Q_EMIT remove_requested(); });
    connect(list_, &QListWidget::currentRowChanged, this, [this](int row) {
        for (QAction* action : of_chosen_)
            action->setEnabled(row >= 0);
    });
}

void BookmarksPanel::set_theme(const Theme& theme)
{
    delegate_->set_theme(theme);
    list_->viewport()->update();
}

void BookmarksPanel::set_bookmarks(const std::vector<Bookmark>& bookmarks, int iterations)
{
    const auto there = [&](int count) {
        return std::ranges::count_if(
            bookmarks, [count](const Bookmark& one) { return one.iteration.value < count; });
    };
    if (bookmarks == bookmarks_ && there(iterations) == there(iterations_))
        return; // as nearly always while a run grows
    iterations_ = iterations;
    const Bookmark* before = chosen();
    const std::int64_t chosen_id = before ? before->id : 0;
    const int chosen_row = list_->currentRow();
    bookmarks_ = bookmarks;
    list_->clear();
    for (const Bookmark& bookmark : bookmarks_) {
        auto* item = new QListWidgetItem(list_);
        fill(*item, bookmark);
    }
    const auto same = std::ranges::find(bookmarks_, chosen_id, &Bookmark::id);
    if (same != bookmarks_.end())
        list_->setCurrentRow(static_cast<int>(same - bookmarks_.begin()));
    else if (before)
        // The neighbour of one that was removed, so that the next key has something to work on.
        list_->setCurrentRow(std::min(chosen_row, list_->count() - 1));
    list_->setVisible(!bookmarks_.empty());
    empty_->setVisible(bookmarks_.empty());
}

void BookmarksPanel::fill(QListWidgetItem& item, const Bookmark& bookmark) const
{
    const int iteration = bookmark.iteration.value;
    const bool there = iteration < iterations_;
    const QString name = QString::fromStdString(bookmark.name);
    const QString note = QString::fromStdString(bookmark.note);
    item.setText(name);
    item.setData(BookmarkDelegate::iteration_role, iteration);
    item.setData(BookmarkDelegate::note_role, note);
    item.setData(BookmarkDelegate::there_role, there);
    item.setData(
        Qt::AccessibleTextRole, tr("Iteration %1: %2").arg(QString::number(iteration), name));
    QString tip = QStringLiteral("<b>") + name.toHtmlEscaped() + QStringLiteral("</b>");
    if (!note.isEmpty())
        tip += QStringLiteral("<br>") + note.toHtmlEscaped().replace(u'\n', QStringLiteral("<br>"));
    if (!there)
        tip += QStringLiteral("<br>") + tr("The run does not have this iteration now.");
    item.setToolTip(tip);
}

const Bookmark* BookmarksPanel::chosen() const
{
    const int row = list_->currentRow();
    return row < 0 || row >= static_cast<int>(bookmarks_.size())
        ? nullptr
        : &bookmarks_[static_cast<std::size_t>(row)];
}

void BookmarksPanel::go_to_chosen()
{
    if (const Bookmark* bookmark = chosen())
        Q_EMIT iteration_requested(bookmark->iteration.value);
}

bool BookmarksPanel::eventFilter(QObject* object, QEvent* event)
{
    const bool override = event->type() == QEvent::ShortcutOverride;
    if (!override && event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(object, event);
    const auto& key = *static_cast<QKeyEvent*>(event);
    if ((key.modifiers() & ~Qt::KeypadModifier) != Qt::NoModifier) // Ctrl+Delete is the runs'
        return QWidget::eventFilter(object, event);
    switch (key.key()) {
    case Qt::Key_F2:
        if (!override)
            Q_EMIT edit_requested();
        break;
    case Qt::Key_Delete:
        if (!override)
            Q_EMIT remove_requested();
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (!override)
            go_to_chosen();
        break;
    default:
        return QWidget::eventFilter(object, event);
    }
    event->accept();
    return true;
}

} // namespace circuitloom::ui
