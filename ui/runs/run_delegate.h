#pragma once

#include "ui/theme/theme.h"

#include <QStyledItemDelegate>

namespace circuitloom::ui {

/// Draws a run as a card: coloured square, name, method, state, progress, sparkline of the task
/// metric. A click on the square overlays the run's curves.
class RunDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void set_theme(const Theme& theme) { theme_ = theme; }

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
        const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    /// What is typed stays while the run trains on.
    void setEditorData(QWidget* editor, const QModelIndex& index) const override;
    void updateEditorGeometry(QWidget* editor, const QStyleOptionViewItem& option,
        const QModelIndex& index) const override;
    bool editorEvent(QEvent* event, QAbstractItemModel* model, const QStyleOptionViewItem& option,
        const QModelIndex& index) override;

private:
    Theme theme_;
};

} // namespace circuitloom::ui
