#pragma once

#include "ui/circuit/scene_transition.h"

#include <QObject>
#include <QVariantAnimation>

namespace circuitloom::ui {

/// Moves what is seen smoothly from one scene to the next. A motion that is sent elsewhere before
/// it has arrived goes on from what is seen at that moment.
class SceneMotion : public QObject
{
    Q_OBJECT

public:
    explicit SceneMotion(QObject* parent = nullptr);

    /// What is seen once the motion has ended.
    const CircuitScene& target() const { return target_; }
    /// What is seen at this moment.
    const CircuitScene& shown() const { return shown_; }
    bool running() const;

    /// Sets out for `target`. It is there at once without `animate`, where it shows no graph, and
    /// while motion is reduced or nobody sees it.
    void go_to(CircuitScene target, bool animate);

    /// Reduced: the target is there at once, now and from now on.
    void set_reduced(bool reduced);
    bool reduced() const { return reduced_; }
    /// Whether anybody sees the scenes; nobody at first. A motion under way ends with it.
    void set_visible(bool visible);
    /// While scenes follow each other at this rate the motion between them never rests; 0 where
    /// they do not, and every motion comes to a smooth end of its own. A motion under way goes on
    /// at the new rate from what is seen; one that has ended stays where it is.
    void set_pace(double scenes_per_second);
    double pace() const { return pace_; }

Q_SIGNALS:
    /// shown() is another, as the motion goes on.
    void moved();

private:
    void finish();

    CircuitScene departure_;
    CircuitScene target_;
    CircuitScene shown_;
    Entrance entrance_ = Entrance::grow;
    bool reduced_ = false;
    bool visible_ = false;
    double pace_ = 0; ///< scenes a second
    QVariantAnimation animation_;
};

} // namespace circuitloom::ui
