#pragma once

#include "core/graph/certainty.h"
#include "core/graph/computational_graph.h"

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace circuitloom {

/// How scores came about beside method, baseline and positions, in the words of the command line.
/// What a file does not say is empty.
struct ScoreOrigin
{
    std::string model;
    std::string task;
    std::string path; ///< of eap-ig, as are the next two
    std::string points; ///< "left" or "right"
    std::optional<double> steps;
    std::string metric;
    std::optional<double> metric_value; ///< of the model, over the examples
    std::optional<double> examples;
    std::string dtype; ///< that the model computed in
    std::optional<std::uint64_t> seed;
    std::string version; ///< of the program that scored
    bool operator==(const ScoreOrigin&) const = default;
};

/// Whether scores of that origin are more precise than a float.
inline bool keeps_double(const ScoreOrigin& origin)
{
    return origin.dtype == "float64";
}

/// Who has the edges into the `<k>` and `<v>` of a model whose query heads share keys and values.
enum class KeyValueEdges
{
    shared, ///< each key and value, once; scores.json unless it says otherwise
    per_query_head, ///< every query head, as in EAP-IG and MIB
    as_in_file
};

/// How sure the scores of a file are, with what a reader must know to read the figures.
struct ResampledScores
{
    ScoreCertainty certainty; ///< of every edge of the graph
    std::string rule; ///< of the resamples' circuits: top-n, threshold, top-nodes
    double size = 0; ///< N, or the threshold of that rule
    CertaintyBounds bounds;
};

/// A graph with a score for every edge, as a file holds it.
struct ScoredGraph
{
    ComputationalGraph graph;
    /// One per edge. Where `origin.dtype` is float64 they keep its precision, in files with up to 17
    /// digits; else they are rounded to float, of which at most 9 are written.
    std::vector<double> scores;
    std::vector<bool> circuit; ///< the edges marked as the circuit; empty where none is
    std::string method; ///< as the file names it; empty where it does not
    std::string baseline; ///< likewise
    std::string positions; ///< likewise
    std::vector<std::string> notes; ///< a sentence for each thing that was not taken over as it was
    ScoreOrigin origin = {};
    std::optional<ResampledScores> resampled = {}; ///< written, and not read
};

/// Reads either of the two layouts, told apart by their content, for a model of `shape`:
///
/// - scores.json: `{"graph": "full", "mlp_group_size": 0, "edges": [{"source": "m4",
///   "target": "a5.h3<q>", "score": 0.01}, …]}`; an edge may say `"in_circuit": true`.
/// - the graph JSON of EAP-IG (arXiv 2403.17806), in which MIB publishes circuits:
///   `{"cfg": {"n_layers", "n_heads", "parallel_attn_mlp", "d_model"}, "nodes": {…},
///   "edges": {"m4->a5.h3<q>": {"score": 0.01, "in_graph": true}, …}}`. It has a `<k>` and a `<v>` for
///   every query head.
///
/// Where the model shares a key or value among several query heads and the file has it for each,
/// KeyValueEdges::shared sums their scores; where the file has it once, per_query_head repeats it.
/// A scores.json with "kv_heads" equal to the model's heads has it for each.
///
/// In EAP-IG's layout a target may be a head as a whole, `a5.h3`: see `notes`. A score may be absent or null, as in MIB's circuits without scores and in
/// older files; where no edge has one, those of the nodes count, or else the marks (see `notes`).
///
/// Edges that the file does not list count as scored 0. Throws InputError that names `origin` and
/// the field or edge: for JSON that is malformed, edges that are not the model's or come twice,
/// scores that are missing or not finite, and sizes that are not the model's.
ScoredGraph parse_graph_json(
    std::string_view text, std::string_view origin, const GraphShape& shape,
    KeyValueEdges wanted = KeyValueEdges::shared);
/// The text of a file with circuits, of at most 1 GB. Throws InputError where it cannot be read, is
/// no text, or is a file of PyTorch.
std::string read_circuit_text(const std::filesystem::path& file);
/// The same of a file, read so.
ScoredGraph read_graph_json(const std::filesystem::path& file, const GraphShape& shape,
    KeyValueEdges wanted = KeyValueEdges::shared);

/// In the layout of EAP-IG, a shared `<k>` or `<v>` repeated for every query head. Throws InputError
/// for a graph that the layout cannot hold: without `input` and `logits`, or with neuron groups.
std::string eap_ig_json(const ScoredGraph& scored, int d_model);
/// The figures of all edges together, as scores.json has them in its block `certainty`.
nlohmann::ordered_json certainty_json(const ResampledScores& resampled);
/// In the layout of scores.json. `model` is what the file says it belongs to. It begins with a
/// header of everything that is known of how the scores came about. Where they were resampled,
/// every edge has its `inclusion`, `low` and `high`, and the header a block `certainty`.
std::string scores_json(const ScoredGraph& scored, std::string_view model);

} // namespace circuitloom
