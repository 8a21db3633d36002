#pragma once

#include "ui/circuit/circuit_scene.h"

namespace circuitloom::ui {

/// How an edge comes in: growing along its path, or, where too much changes for the eye to follow,
/// just fading in.
enum class Entrance
{
    grow,
    fade
};

/// Growing as long as most of what `b` shows is in `a` as well.
Entrance entrance_between(const CircuitScene& a, const CircuitScene& b);

/// The scene between `a` (t <= 0) and `b` (t >= 1), both on one graph and layout; otherwise it is
/// `b`. Edges that both have change width and colour; one that only `b` has comes in, one that only
/// `a` has fades.
CircuitScene interpolate(
    const CircuitScene& a, const CircuitScene& b, double t, Entrance entrance = Entrance::grow);

} // namespace circuitloom::ui
