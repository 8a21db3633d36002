#include "ui/base/steady_text.h"

#include <QEvent>
#include <QLabel>
#include <QResizeEvent>

#include <algorithm>

namespace circuitloom::ui {

SteadyText::SteadyText(QLabel& label, QWidget* parent, Height height)
    : QWidget(parent)
    , label_(label)
    , height_(height)
{
    const bool hidden = label.isHidden() && label.testAttribute(Qt::WA_WState_ExplicitShowHide);
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    label.setParent(this);
    label.installEventFilter(this);
    label.setVisible(!hidden);
    setVisible(!hidden);
}

int SteadyText::heightForWidth(int width) const
{
    const int height = text_height(width);
    return height_ == Height::largest_so_far && width == this->width()
        ? std::max(height, asked_height_)
        : height;
}

int SteadyText::text_height(int width) const
{
    const auto [height, is_new] = heights_.try_emplace(width);
    if (is_new)
        height->second
            = label_.wordWrap() ? label_.heightForWidth(width) : label_.sizeHint().height();
    return height->second;
}

QSize SteadyText::sizeHint() const
{
    return label_.sizeHint();
}

QSize SteadyText::minimumSizeHint() const
{
    return label_.minimumSizeHint();
}

// The label asks for its layout here, as this has none that it could ask.
bool SteadyText::event(QEvent* event)
{
    if (event->type() == QEvent::LayoutRequest) {
        heights_.clear();
        const int height = heightForWidth(width());
        if (height != asked_height_)
            updateGeometry();
        asked_height_ = height;
        return true;
    }
    return QWidget::event(event);
}

bool SteadyText::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == &label_) {
        if (event->type() == QEvent::HideToParent)
            hide();
        else if (event->type() == QEvent::ShowToParent) {
            heights_.clear(); // a hidden label asks for no layout when its text changes
            show();
        }
    }
    return QWidget::eventFilter(watched, event);
}

void SteadyText::hideEvent(QHideEvent* event)
{
    QWidget::hideEvent(event);
    asked_height_ = -1;
}

void SteadyText::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    label_.setGeometry(rect());
    if (event->size().width() != event->oldSize().width())
        asked_height_ = text_height(width());
}

} // namespace circuitloom::ui
