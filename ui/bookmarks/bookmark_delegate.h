#pragma once

#include "ui/theme/theme.h"

#include <QStyledItemDelegate>

namespace circuitloom::ui {

/// A bookmark in the list: its iteration, its name and the first line of its note.
class BookmarkDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    static constexpr int iteration_role = Qt::UserRole;
    static constexpr int note_role = Qt::UserRole + 1;
    /// False of an iteration that the run does not have (yet).
    static constexpr int there_role = Qt::UserRole + 2;

    using QStyledItemDelegate::QStyledItemDelegate;

    void set_theme(const Theme& theme) { theme_ = theme; }

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
        const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    Theme theme_;
};

} // namespace circuitloom::ui
