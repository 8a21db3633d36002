#include "ui/base/scrolling.h"

#include <QEvent>
#include <QLayout>
#include <QPointer>
#include <QScrollArea>
#include <QScrollBar>
#include <QTimer>

namespace circuitloom::ui {

namespace {

QScrollArea* area_of(const QWidget& widget)
{
    for (QWidget* above = widget.parentWidget(); above; above = above->parentWidget())
        if (auto* area = qobject_cast<QScrollArea*>(above))
            return area;
    return nullptr;
}

void scroll_to(const QWidget& first, const QWidget& last)
{
    QScrollArea* area = area_of(first);
    if (!area || !area->widget()->isAncestorOf(&last))
        return;
    if (QLayout* layout = area->widget()->layout())
        layout->activate();
    constexpr int air = 4; // pixels
    const QPoint top = first.mapTo(area->widget(), QPoint());
    const QPoint bottom = last.mapTo(area->widget(), QPoint(0, last.height()));
    // Of what is higher than the area the top is seen: it comes last.
    area->ensureVisible(0, bottom.y(), 0, air);
    area->ensureVisible(0, top.y(), 0, air);
}

class Within : public QObject
{
public:
    explicit Within(QScrollArea& area)
        : QObject(&area)
        , area_(area)
    {
        area.viewport()->installEventFilter(this);
    }

    bool eventFilter(QObject* watched, QEvent* event) override
    {
        if (event->type() == QEvent::Resize && area_.widget())
            area_.widget()->setMaximumWidth(area_.viewport()->width());
        return QObject::eventFilter(watched, event);
    }

private:
    QScrollArea& area_;
};

} // namespace

void reveal(QWidget& first, QWidget& last)
{
    QTimer::singleShot(0, &first, [&first, last = QPointer<QWidget>(&last)] {
        if (last)
            scroll_to(first, *last);
    });
}

void reveal(QWidget& widget)
{
    reveal(widget, widget);
}

void reveal(QWidget& widget, const QRect& part)
{
    QScrollArea* area = area_of(widget);
    if (!area)
        return;
    const QPoint middle = widget.mapTo(area->widget(), part.center());
    area->ensureVisible(middle.x(), middle.y(), part.width() / 2 + 1, part.height() / 2 + 1);
}

void bring_to_top(QWidget& widget)
{
    QTimer::singleShot(0, &widget, [&widget] {
        QScrollArea* area = area_of(widget);
        if (!area)
            return;
        if (QLayout* layout = area->widget()->layout())
            layout->activate();
        area->verticalScrollBar()->setValue(widget.mapTo(area->widget(), QPoint()).y());
    });
}

QScrollArea* scrolled(QWidget* content, QWidget* parent)
{
    auto* area = new QScrollArea(parent);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setFocusPolicy(Qt::NoFocus);
    area->setWidget(content);
    return area;
}

void keep_within(QScrollArea& area)
{
    new Within(area);
}

} // namespace circuitloom::ui
