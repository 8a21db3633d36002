#pragma once

#include "core/graph/computational_graph.h"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace circuitloom {

/// A graph with a score for every edge, as a file holds it.
struct ScoredGraph
{
    ComputationalGraph graph;
    std::vector<float> scores; ///< one per edge
    std::vector<bool> circuit; ///< the edges marked as the circuit; empty where none is
    std::string method; ///< as the file names it; empty where it does not
    std::string baseline; ///< likewise
    std::string positions; ///< likewise
    std::vector<std::string> notes; ///< a sentence for each thing that was not taken over as it was
};

/// Reads either of the two layouts, told apart by their content, for a model of `shape`:
///
/// - scores.json: `{"graph": "full", "mlp_group_size": 0, "edges": [{"source": "m4",
///   "target": "a5.h3<q>", "score": 0.01}, …]}`; an edge may say `"in_circuit": true`.
/// - the graph JSON of EAP-IG (arXiv 2403.17806), in which MIB publishes circuits:
///   `{"cfg": {"n_layers", "n_heads", "parallel_attn_mlp", "d_model"}, "nodes": {…},
///   "edges": {"m4->a5.h3<q>": {"score": 0.01, "in_graph": true}, …}}`. It has a <k> and a <v> for
///   every query head: where the model shares one among several, their scores are summed.
///
/// In EAP-IG's layout a score may be absent or null, as in MIB's circuits without scores and in
/// older files; where no edge has one, those of the nodes count, or else the marks (see `notes`).
///
/// Edges that the file does not list count as scored 0. Throws InputError that names `origin` and
/// the field or edge: for JSON that is malformed, edges that are not the model's or come twice,
/// scores that are missing or not finite, and sizes that are not the model's.
ScoredGraph parse_graph_json(
    std::string_view text, std::string_view origin, const GraphShape& shape);
/// The same of a file of at most 1 GB.
ScoredGraph read_graph_json(const std::filesystem::path& file, const GraphShape& shape);

/// In the layout of EAP-IG, a shared <k> or <v> repeated for every query head. Throws InputError
/// for a graph that the layout cannot hold: without `input` and `logits`, or with neuron groups.
std::string eap_ig_json(const ScoredGraph& scored, int d_model);
/// In the layout of scores.json. `model` is what the file says it belongs to.
std::string scores_json(const ScoredGraph& scored, std::string_view model);

} // namespace circuitloom
