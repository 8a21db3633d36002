#pragma once

#include <compare>
#include <cstdint>
#include <functional>

namespace circuitloom {

/// An integer that says what it counts, so that a node is never taken for an edge.
template <class Tag, class Value = std::int32_t>
struct Id
{
    Value value = 0;
    auto operator<=>(const Id&) const = default;
};

/// Index of a node in ComputationalGraph::nodes().
using NodeId = Id<struct NodeTag>;
/// Index of an edge in ComputationalGraph::edges().
using EdgeId = Id<struct EdgeTag>;
/// Number of a discovery within a run, from 0.
using IterationIndex = Id<struct IterationTag>;
/// Row id of a run in a .loom file, from 1.
using RunId = Id<struct RunTag, std::int64_t>;

} // namespace circuitloom

namespace std {

template <class Tag, class Value>
struct hash<circuitloom::Id<Tag, Value>>
{
    std::size_t operator()(circuitloom::Id<Tag, Value> id) const noexcept
    {
        return std::hash<Value>{}(id.value);
    }
};

} // namespace std
