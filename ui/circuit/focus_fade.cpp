#include "ui/circuit/focus_fade.h"

namespace circuitloom::ui {

namespace {

constexpr int focus_ms = 130;

} // namespace

FocusFade::FocusFade(QObject* parent)
    : QObject(parent)
{
    animation_.setDuration(focus_ms);
    connect(&animation_, &QVariantAnimation::valueChanged, this, &FocusFade::changed);
    connect(&animation_, &QVariantAnimation::finished, this, [this] {
        if (animation_.endValue().toDouble() <= 0)
            lit_ = {};
        Q_EMIT changed();
    });
}

void FocusFade::follow(const CircuitScene& scene, const CircuitHighlight& wanted)
{
    CircuitHighlight held = wanted;
    bool any = CircuitFocus(scene, wanted, 1).any();
    if (!any && wanted.hover) {
        held.hover.reset();
        any = CircuitFocus(scene, held, 1).any();
    }
    const double end = any ? 1 : 0;
    if (any)
        lit_ = held;
    if (lit_.empty() || (animation_.endValue().isValid() && animation_.endValue() == end))
        return;
    const double from = depth();
    animation_.stop();
    animation_.setStartValue(from);
    animation_.setEndValue(end);
    animation_.setDuration(reduced_ ? 0 : focus_ms);
    animation_.start();
}

void FocusFade::clear()
{
    lit_ = {};
}

void FocusFade::clear_hover()
{
    lit_.hover.reset();
}

double FocusFade::depth() const
{
    return animation_.currentValue().isValid() ? animation_.currentValue().toDouble() : 0.0;
}

} // namespace circuitloom::ui
