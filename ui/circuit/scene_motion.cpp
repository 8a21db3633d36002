#include "ui/circuit/scene_motion.h"

#include <algorithm>
#include <utility>

namespace circuitloom::ui {

namespace {

constexpr int motion_ms = 220;
constexpr double longest_motion_ms = 4000;

} // namespace

SceneMotion::SceneMotion(QObject* parent)
    : QObject(parent)
    , animation_(this)
{
    animation_.setStartValue(0.0);
    animation_.setEndValue(1.0);
    connect(&animation_, &QVariantAnimation::valueChanged, this, [this](const QVariant& t) {
        if (!running()) // a change of the animation's duration or curve computes a value too
            return;
        shown_ = interpolate(departure_, target_, t.toDouble(), entrance_);
        Q_EMIT moved();
    });
    connect(&animation_, &QVariantAnimation::finished, this, [this] {
        shown_ = target_;
        Q_EMIT moved();
    });
}

bool SceneMotion::running() const
{
    return animation_.state() == QAbstractAnimation::Running;
}

void SceneMotion::go_to(CircuitScene target, bool animate)
{
    animation_.stop();
    target_ = std::move(target);
    if (animate && visible_ && !reduced_ && target_.graph) {
        departure_ = shown_;
        entrance_ = entrance_between(departure_, target_);
        const bool flowing = pace_ > 0;
        animation_.setDuration(
            flowing ? qRound(std::min(1000 / pace_, longest_motion_ms)) : motion_ms);
        animation_.setEasingCurve(flowing ? QEasingCurve::Linear : QEasingCurve::OutCubic);
        animation_.start();
    } else {
        shown_ = target_;
    }
}

void SceneMotion::finish()
{
    animation_.stop();
    shown_ = target_;
}

void SceneMotion::set_reduced(bool reduced)
{
    reduced_ = reduced;
    if (reduced)
        finish();
}

void SceneMotion::set_visible(bool visible)
{
    visible_ = visible;
    if (!visible)
        finish();
}

void SceneMotion::set_pace(double scenes_per_second)
{
    if (std::exchange(pace_, scenes_per_second) != scenes_per_second && running())
        go_to(target_, true);
}

} // namespace circuitloom::ui
