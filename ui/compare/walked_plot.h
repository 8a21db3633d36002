#pragma once

#include "ui/base/painted_parts.h"
#include "ui/theme/theme.h"

#include <QPointF>
#include <QString>
#include <QWidget>

#include <cstdint>
#include <optional>
#include <vector>

namespace circuitloom::ui {

/// A plot with marks that say what they are: under the mouse, and to whoever walks from one to the
/// next with the arrow keys. Return, or a click, opens a mark where the plot has something to open.
class WalkedPlot : public QWidget, public PaintedParts
{
    Q_OBJECT

public:
    struct Mark
    {
        QPointF at;
        QString text; ///< with names from files; nothing in it is markup
        std::int64_t id = 0; ///< of what it stands for: the same while that is shown
    };

    explicit WalkedPlot(QWidget* parent);

    /// Its parts are the marks, in the order in which they are walked.
    int part_count() const override;
    QString part_text(int part) const override;
    QRectF part_rect(int part) const override;

    QSize minimumSizeHint() const override { return { 320, 200 }; }

protected:
    /// In the order in which they are walked.
    virtual std::vector<Mark> marks() const = 0;
    /// Whether open() does something.
    virtual bool opens() const { return false; }
    virtual void open(std::int64_t) { }

    /// For the derived class, once its marks are others: tells them to screen readers, and repaints.
    void marks_changed();
    /// The same, and no mark has been walked to: they stand for other things than before.
    void marks_replaced();
    /// The mark that was walked to; nothing where it is none of marks().
    std::optional<Mark> walked_to() const;
    /// Around the whole plot, where it has the focus.
    void paint_focus(QPainter& painter, const QColor& color) const;

    bool event(QEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    std::optional<Mark> mark_at(const QPointF& point) const;
    void walk(int by);

    std::optional<std::int64_t> walked_to_; ///< its id
};

} // namespace circuitloom::ui
