#pragma once

#include "core/formats/graph_json.h"
#include "core/graph/computational_graph.h"

#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace circuitloom {

/// What a graph JSON says, before it is held against a model. Names are nodes already; whether the
/// model has them is not known yet.
struct GraphFile
{
    enum class Layout
    {
        scores,
        eap_ig
    };
    struct Entry
    {
        Node source;
        Node target;
        double score = 0;
        bool scored = false; ///< false in EAP-IG's layout where the score is absent or null
        bool marked = false; ///< as part of the circuit
    };
    /// What EAP-IG's layout says of a node. There NaN, null and nothing mean "not scored".
    struct NodeEntry
    {
        std::optional<double> score;
        bool marked = false;
    };

    Layout layout = Layout::scores;
    std::vector<Entry> edges;
    std::map<std::string, NodeEntry> nodes; ///< by name; of EAP-IG's layout
    std::string graph;
    double group_size = 0;
    std::string method;
    std::string baseline;
    std::string positions;
    ScoreOrigin origin;
    double kv_heads = -1; ///< of scores.json
    double layers = -1; ///< of cfg, as are the next two
    double heads = -1;
    bool parallel = false;
    bool has_neurons = false; ///< single neurons of nodes are marked
    bool scores_neurons = false; ///< single neurons of nodes are scored
    /// EAP-IG's layout names heads alone as targets: an edge for each of q, k and v was made of
    /// one, with a third of its score.
    bool has_whole_heads = false;
};

/// What an edge into a whole head becomes, each with an equal share of its score: scores of edges
/// into q, k and v add up to that of the head.
inline constexpr std::array head_inputs{ NodeKind::query, NodeKind::key, NodeKind::value };
inline constexpr const char* whole_heads_note
    = "The file names heads without their q, k and v: an edge into a head became one into each of "
      "the three, with a third of its score.";

/// Reads it event by event, so that memory stays within a small multiple of the text. Throws
/// InputError as parse_graph_json() does.
GraphFile parse_graph_file(std::string_view text, std::string_view origin);

} // namespace circuitloom
