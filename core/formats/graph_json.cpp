#include "core/formats/graph_json.h"

#include "core/base/error.h"
#include "core/formats/graph_json_events.h"
#include "core/formats/input_file.h"
#include "core/formats/text_file.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace circuitloom {

namespace {

constexpr std::size_t max_file_bytes = std::size_t{ 1 } << 30;

[[noreturn]] void fail(std::string_view origin, const std::string& what)
{
    throw InputError(std::string(origin) + ": " + what);
}

} // namespace

std::string read_circuit_text(const std::filesystem::path& file)
{
    std::string bytes = read_input_file(file, max_file_bytes);
    // torch.save() writes a ZIP archive with a pickle in it.
    if (bytes.starts_with("PK\x03\x04") || bytes.starts_with("\x80\x02"))
        fail(file.string(),
            "a PyTorch file (.pt), which can run any code as it is opened and is not read; save "
            "the circuit as JSON, in EAP-IG with graph.to_json(\"circuit.json\").");
    return text_of(std::move(bytes), file.string());
}

namespace {

void check_configuration(const GraphFile& file, std::string_view origin, const GraphShape& shape)
{
    const auto same = [&origin](const char* field, double given, int expected) {
        if (given != expected)
            fail(origin,
                std::string("cfg: ") + field + " is not the model's, which is "
                    + std::to_string(expected) + ".");
    };
    same("n_layers", file.layers, shape.layers);
    same("n_heads", file.heads, shape.heads);
}

GraphOptions options_of(const GraphFile& file, std::string_view origin, const GraphShape& shape)
{
    if (file.layout == GraphFile::Layout::eap_ig)
        return {};
    if (file.graph != "full" && file.graph != "paper")
        fail(origin, "graph must be \"full\" or \"paper\".");
    if (!(file.group_size >= 0 && file.group_size <= shape.mlp_width)
        || file.group_size != std::floor(file.group_size))
        fail(origin,
            "mlp_group_size must be a whole number from 0 to the MLP's width of "
                + std::to_string(shape.mlp_width) + ".");
    return { file.graph == "full" ? GraphKind::full : GraphKind::paper,
        static_cast<int>(file.group_size) };
}

ComputationalGraph graph_of(const GraphFile& file, std::string_view origin, const GraphShape& shape)
{
    const GraphOptions options = options_of(file, origin, shape);
    try {
        return ComputationalGraph(shape, options);
    } catch (const InputError& cause) {
        throw InputError(std::string(origin) + ": " + cause.what());
    }
}

/// The node that stands for `node`, which may be one of the keys or values that tools without
/// grouping give every query head.
Node shared_node(Node node, const GraphShape& shape)
{
    if (node.kind == NodeKind::key || node.kind == NodeKind::value)
        node.index /= shape.heads / shape.kv_heads;
    return node;
}

GraphShape ungrouped(GraphShape shape)
{
    shape.kv_heads = shape.heads;
    return shape;
}

/// The shape of the graph whose edges the file names.
GraphShape named_shape(const GraphFile& file, std::string_view origin, const GraphShape& shape)
{
    if (file.layout == GraphFile::Layout::eap_ig)
        return ungrouped(shape);
    if (file.kv_heads != -1 && file.kv_heads != shape.kv_heads && file.kv_heads != shape.heads)
        fail(origin,
            "kv_heads is neither the model's, which is " + std::to_string(shape.kv_heads)
                + ", nor that of a <k> and <v> for every query head.");
    return file.kv_heads == shape.heads ? ungrouped(shape) : shape;
}

EdgeId shared_edge(const ComputationalGraph& named, EdgeId id, const ComputationalGraph& graph)
{
    const Edge& edge = named.edge(id);
    const auto source = graph.find_node(named.node(edge.source));
    const auto target = graph.find_node(shared_node(named.node(edge.target), graph.shape()));
    return *graph.find_edge(*source, *target);
}

bool has_scores(const GraphFile& file)
{
    return std::ranges::any_of(file.edges, [](const auto& entry) { return entry.score != 0; });
}

// "a5.h3" of "a5.h3<q>": EAP-IG's layout lists whole nodes.
std::string listed_name(const Node& node)
{
    const std::string name = node_name(node);
    return name.substr(0, name.find('<'));
}

/// Where no edge has a score, something else says what belongs to the circuit: scores of nodes in
/// EAP-IG's layout, or marks alone. A ranking of nothing but zeros would be one by edge number.
void complete_scores(GraphFile& file, ScoredGraph& scored, std::string_view origin)
{
    if (has_scores(file))
        return;
    if (file.edges.empty())
        fail(origin, "edges: the list is empty, so nothing has a score and nothing is a circuit.");
    const bool of_nodes = std::ranges::any_of(
        file.nodes, [](const auto& named) { return named.second.score.value_or(0) != 0; });
    const bool marked
        = std::ranges::any_of(file.edges, [](const auto& entry) { return entry.marked; });
    if (of_nodes) {
        const auto entry_of = [&file](const Node& node) {
            const auto found = file.nodes.find(listed_name(node));
            return found == file.nodes.end() ? GraphFile::NodeEntry() : found->second;
        };
        for (GraphFile::Entry& entry : file.edges) {
            const GraphFile::NodeEntry source = entry_of(entry.source);
            entry.score = source.score.value_or(0);
            entry.marked = marked ? entry.marked : source.marked && entry_of(entry.target).marked;
        }
        scored.notes.push_back("The file is a circuit of nodes: it scores nodes, no edges. Each edge "
                               "has the score of the node that it comes from"
            + std::string(marked ? "." : "; it is in the circuit where both its nodes are."));
    } else if (marked && file.layout == GraphFile::Layout::scores) {
        return; // the marks say what the circuit is
    } else if (marked) {
        for (GraphFile::Entry& entry : file.edges)
            entry.score = entry.marked ? 1.0 : 0.0;
        scored.notes.push_back("The file has no scores, only the edges of a circuit: these count as "
                               "scored 1, all others 0. Among equals no order means anything.");
    } else if (file.scores_neurons) {
        fail(origin, "nodes: only single neurons have scores (neurons_scores), no edge and no node; "
                     "give a file that scores edges or whole nodes.");
    } else if (std::ranges::none_of(file.edges, &GraphFile::Entry::scored)) {
        fail(origin, "edges: none has a score, and none is marked as in_graph.");
    } else {
        fail(origin, "edges: all are scored 0 and none is marked as in the circuit, so nothing says "
                     "which come first.");
    }
}

/// The edges of `scored.graph` that an edge of the file's graph stands for.
std::vector<EdgeId> edges_for(
    const ComputationalGraph& named, EdgeId id, const ComputationalGraph& graph)
{
    const Edge& edge = named.edge(id);
    const Node& target = named.node(edge.target);
    const bool shared = target.kind == NodeKind::key || target.kind == NodeKind::value;
    const int sharing = shared ? graph.shape().kv_heads / named.shape().kv_heads : 1;
    if (sharing <= 1)
        return { shared_edge(named, id, graph) };
    std::vector<EdgeId> edges;
    const auto source = graph.find_node(named.node(edge.source));
    for (int head = 0; head < sharing; ++head)
        edges.push_back(*graph.find_edge(*source,
            *graph.find_node({ target.kind, target.layer, target.index * sharing + head })));
    return edges;
}

/// `names` is the shape of the graph whose edges the file names.
void add_edges(ScoredGraph& scored, const GraphFile& file, std::string_view origin,
    const GraphShape& names)
{
    const GraphShape& wanted = scored.graph.shape();
    const bool sums = wanted.kv_heads < names.kv_heads;
    const bool repeats = wanted.kv_heads > names.kv_heads;
    const ComputationalGraph named
        = sums || repeats ? ComputationalGraph(names, scored.graph.options()) : scored.graph;
    scored.scores.assign(scored.graph.edges().size(), 0);
    std::vector<bool> marks(scored.scores.size());
    std::vector<bool> seen(named.edges().size());
    const auto rounded = [precise = keeps_double(file.origin)](double score) {
        return precise ? score : static_cast<double>(static_cast<float>(score));
    };
    for (const GraphFile::Entry& entry : file.edges) {
        const auto name
            = [&entry] { return node_name(entry.source) + "->" + node_name(entry.target); };
        const auto source = named.find_node(entry.source);
        const auto target = named.find_node(entry.target);
        const auto edge = source && target ? named.find_edge(*source, *target) : std::nullopt;
        if (!edge)
            fail(origin, "edges: " + name() + " is no edge of this model's graph.");
        if (seen[static_cast<std::size_t>(edge->value)])
            fail(origin, "edges: " + name() + " is listed twice.");
        seen[static_cast<std::size_t>(edge->value)] = true;
        for (const EdgeId id : sums || repeats ? edges_for(named, *edge, scored.graph)
                                               : std::vector<EdgeId>{ *edge }) {
            const auto at = static_cast<std::size_t>(id.value);
            scored.scores[at] += rounded(entry.score);
            marks[at] = marks[at] || entry.marked;
        }
    }
    for (double& sum : scored.scores) {
        if (std::abs(sum) > std::numeric_limits<float>::max())
            fail(origin, "edges: the scores of one edge add up to more than a float holds.");
        sum = rounded(sum);
    }
    if (std::ranges::find(marks, true) != marks.end())
        scored.circuit = std::move(marks);
    if (repeats)
        scored.notes.push_back("The file has one <k> and one <v> for several query heads: each of "
                               "these heads got their score.");
    if (sums)
        scored.notes.push_back("The file has a <k> and a <v> for every query head, the model one "
                               "for several: their scores were summed, and an edge is in the "
                               "circuit where any of those it stands for is.");
    const auto missing = std::ranges::count(seen, false);
    if (missing > 0)
        scored.notes.push_back(std::to_string(missing) + " of the graph's "
            + std::to_string(seen.size()) + " edges are not in the file; they count as scored 0.");
}

} // namespace

ScoredGraph parse_graph_json(std::string_view text, std::string_view origin,
    const GraphShape& shape, KeyValueEdges wanted)
{
    GraphFile file = parse_graph_file(text, origin);
    if (file.layout == GraphFile::Layout::eap_ig)
        check_configuration(file, origin, shape);
    const GraphShape names = named_shape(file, origin, shape);
    const GraphShape kept = wanted == KeyValueEdges::as_in_file ? names
        : wanted == KeyValueEdges::per_query_head               ? ungrouped(shape)
                                                                : shape;
    ScoredGraph scored{ graph_of(file, origin, kept), {}, {}, file.method, file.baseline,
        file.positions, {}, file.origin };
    if (file.layout == GraphFile::Layout::eap_ig) {
        const auto mlp = scored.graph.find_node({ NodeKind::mlp_in, 0, -1 });
        const auto head = scored.graph.find_node({ NodeKind::head, 0, 0 });
        if (file.parallel == scored.graph.find_edge(*head, *mlp).has_value())
            fail(origin, "cfg: parallel_attn_mlp is not the model's.");
        scored.positions = "all"; // EAP-IG sums over all of them.
    }
    if (file.has_whole_heads)
        scored.notes.push_back(whole_heads_note);
    if (file.has_neurons)
        scored.notes.push_back(
            "The file marks single neurons of nodes; whole nodes are taken instead.");
    complete_scores(file, scored, origin);
    add_edges(scored, file, origin, names);
    return scored;
}

ScoredGraph read_graph_json(
    const std::filesystem::path& file, const GraphShape& shape, KeyValueEdges wanted)
{
    return parse_graph_json(read_circuit_text(file), file.string(), shape, wanted);
}

} // namespace circuitloom
