#pragma once

#include "core/graph/circuit.h"
#include "core/graph/computational_graph.h"
#include "core/layout/circuit_layout.h"

#include <cstdint>
#include <span>
#include <string>

namespace circuitloom {

// Every edge of the circuit must be an edge of the graph, and the layout one of the graph.

/// Where a circuit comes from, for the formats that can say it.
struct CircuitOrigin
{
    std::string model;
    std::int64_t run = 0; ///< its number in the experiment
    std::string name; ///< of the run
    std::string method;
    int iteration = 0;
    int step = 0;
};

/// One edge as a picture shows it.
struct PicturedEdge
{
    EdgeId edge;
    float score = 0;
    std::string color; ///< #rrggbb or #rrggbbaa
    double width = 1; ///< points
    bool left = false; ///< no longer in the circuit: dotted
};

/// A circuit as Graphviz DOT (written by cgraph), layers from bottom to top, edge width by the root
/// of |score|, negative scores dashed, colour by q, k, v. An edge's key is its name.
std::string circuit_to_dot(const ComputationalGraph& graph, const Circuit& circuit);
/// The same of a picture, with its colours and widths. `dot` lays it out anew, `neato -n` leaves
/// the boxes where `layout` has them.
std::string picture_to_dot(const ComputationalGraph& graph, const CircuitLayout& layout,
    std::span<const PicturedEdge> edges);
/// {"edges":[{"source":"m4","target":"a5.h3<q>","score":0.0123}, …]}
std::string circuit_to_json(const ComputationalGraph& graph, const Circuit& circuit);
/// The same, headed by model, run, name, method, iteration, step and the graph's options.
std::string circuit_to_json(
    const ComputationalGraph& graph, const Circuit& circuit, const CircuitOrigin& origin);
/// source,target,score with a header line (RFC 4180).
std::string circuit_to_csv(const ComputationalGraph& graph, const Circuit& circuit);
/// GraphML: `layout`'s nodes that the circuit touches, with kind, layer, label and place (y grows
/// upwards), and its edges with name, score, kind (q, k, v, mlp, logits) and rank from 1. A head
/// is one node, so several edges may join the same two.
std::string circuit_to_graphml(const ComputationalGraph& graph, const Circuit& circuit,
    const CircuitLayout& layout, const CircuitOrigin& origin);

} // namespace circuitloom
