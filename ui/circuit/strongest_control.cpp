#include "ui/circuit/strongest_control.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QSignalBlocker>
#include <QSlider>
#include <QSpinBox>

#include <algorithm>

namespace circuitloom::ui {

std::vector<int> strongest_steps(int most)
{
    std::vector<int> steps;
    for (int number = 1; number < most; number += std::max(1, number / 20))
        steps.push_back(number);
    steps.push_back(std::max(1, most));
    return steps;
}

StrongestControl::StrongestControl(QWidget* parent)
    : QWidget(parent)
    , slider_(new QSlider(Qt::Horizontal, this))
    , field_(new QSpinBox(this))
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(6);
    row->addWidget(slider_);
    row->addWidget(field_);
    slider_->setLayoutDirection(Qt::LeftToRight); // numbers run to the right in every language
    slider_->setFixedWidth(110);
    slider_->setPageStep(10);
    slider_->setToolTip(tr("Show only the edges with the largest |score|"));
    slider_->setAccessibleName(tr("Strongest edges"));
    slider_->setObjectName(QStringLiteral("strongestSlider"));
    field_->setObjectName(QStringLiteral("strongestNumber"));
    field_->setToolTip(slider_->toolTip());
    field_->setAccessibleName(tr("Number of strongest edges"));
    field_->setKeyboardTracking(false); // 1,000 is not also 1, 10 and 100
    setFocusProxy(field_);
    set_most(wanted_);
    connect(slider_, &QSlider::valueChanged, this, [this](int place) {
        wanted_ = steps_[static_cast<std::size_t>(place)];
        show_number();
        Q_EMIT chosen(wanted_);
    });
    connect(field_, &QSpinBox::valueChanged, this, [this](int edges) {
        wanted_ = edges;
        show_number();
        Q_EMIT chosen(wanted_);
    });
}

void StrongestControl::set_most(int edges)
{
    const QSignalBlocker quiet_slider(slider_);
    const QSignalBlocker quiet_field(field_);
    steps_ = strongest_steps(edges);
    slider_->setRange(0, static_cast<int>(steps_.size()) - 1);
    field_->setRange(1, steps_.back());
    keep_room();
    show_number();
}

void StrongestControl::keep_room()
{
    field_->setMinimumWidth(
        field_->sizeHint().width() + field_->fontMetrics().horizontalAdvance(QLatin1Char('8')));
}

void StrongestControl::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        keep_room();
}

void StrongestControl::set_number(int edges)
{
    wanted_ = edges;
    show_number();
}

int StrongestControl::number() const
{
    return wanted_ > 0 ? std::min(wanted_, most()) : most();
}

int StrongestControl::most() const
{
    return steps_.back();
}

void StrongestControl::show_number()
{
    const QSignalBlocker quiet_slider(slider_);
    const QSignalBlocker quiet_field(field_);
    const auto above = std::ranges::upper_bound(steps_, number());
    slider_->setValue(static_cast<int>(above - steps_.begin()) - 1);
    field_->setValue(number());
}

} // namespace circuitloom::ui
