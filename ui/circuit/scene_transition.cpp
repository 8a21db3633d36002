#include "ui/circuit/scene_transition.h"

#include <algorithm>
#include <cstddef>

namespace circuitloom::ui {

namespace {

constexpr double appears_by = 0.25; // the part of its growth in which an edge fades in

double lerp(double a, double b, double t)
{
    return a + (b - a) * t;
}

EdgeAppearance between(const EdgeAppearance& a, const EdgeAppearance& b, double t)
{
    EdgeAppearance edge = b;
    edge.score = lerp(a.score, b.score, t);
    edge.strength = lerp(a.strength, b.strength, t);
    edge.presence = lerp(a.presence, b.presence, t);
    edge.grown = lerp(a.grown, b.grown, t);
    for (std::size_t i = 0; i < hue_count; ++i)
        edge.hue[i] = static_cast<float>(lerp(a.hue[i], b.hue[i], t));
    return edge;
}

EdgeAppearance faded(EdgeAppearance edge, double factor)
{
    edge.presence *= factor;
    return edge;
}

EdgeAppearance entering(EdgeAppearance edge, double t, Entrance entrance)
{
    // What has left only shows where it was.
    if (entrance == Entrance::fade || edge.change == EdgeAppearance::Change::left)
        return faded(edge, t);
    edge.grown *= t;
    return faded(edge, std::min(1.0, t / appears_by));
}

} // namespace

Entrance entrance_between(const CircuitScene& a, const CircuitScene& b)
{
    std::size_t in_both = 0;
    auto from = a.edges.begin();
    for (const EdgeAppearance& edge : b.edges) {
        while (from != a.edges.end() && from->edge < edge.edge)
            ++from;
        if (from != a.edges.end() && from->edge == edge.edge)
            ++in_both;
    }
    // A first circuit grows: there is nothing beside it that could confuse.
    return a.edges.empty() || 2 * in_both >= b.edges.size() ? Entrance::grow : Entrance::fade;
}

CircuitScene interpolate(const CircuitScene& a, const CircuitScene& b, double t, Entrance entrance)
{
    if (t >= 1 || a.graph != b.graph || a.layout != b.layout)
        return b;
    if (t <= 0)
        return a;
    CircuitScene scene = b;
    scene.edges.clear();
    scene.widest = lerp(a.widest, b.widest, t);
    auto from = a.edges.begin();
    auto to = b.edges.begin();
    while (from != a.edges.end() || to != b.edges.end()) {
        if (to == b.edges.end() || (from != a.edges.end() && from->edge < to->edge))
            scene.edges.push_back(faded(*from++, 1 - t));
        else if (from == a.edges.end() || to->edge < from->edge)
            scene.edges.push_back(entering(*to++, t, entrance));
        else
            scene.edges.push_back(between(*from++, *to++, t));
    }
    return scene;
}

} // namespace circuitloom::ui
