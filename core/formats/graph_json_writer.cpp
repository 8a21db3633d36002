#include "core/base/error.h"
#include "core/base/number_text.h"
#include "core/formats/graph_json.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <set>

namespace circuitloom {

namespace {

/// The shortest text that reads back as the same number of the precision that was computed in.
std::string number(const ScoredGraph& scored, std::size_t edge)
{
    const double value = scored.scores[edge];
    return keeps_double(scored.origin) ? shortest(value) : shortest(static_cast<float>(value));
}

/// A count, which JSON readers hold as a double, without a decimal point.
std::optional<std::int64_t> whole(const std::optional<double>& count)
{
    if (!count)
        return std::nullopt;
    return static_cast<std::int64_t>(std::clamp(*count, -9e15, 9e15));
}

const char* flag(bool value)
{
    return value ? "true" : "false";
}

bool marked(const ScoredGraph& scored, std::size_t edge)
{
    return !scored.circuit.empty() && scored.circuit[edge];
}

// As it stands behind an edge's score.
std::string certainty_fields(const ScoredGraph& scored, std::size_t e)
{
    if (!scored.resampled)
        return {};
    const EdgeCertainty& edge = scored.resampled->certainty.edges[e];
    return ",\"inclusion\":" + shortest(edge.inclusion) + ",\"low\":" + shortest(edge.low)
        + ",\"high\":" + shortest(edge.high);
}

// The query heads that a node of the file stands for in the graph: itself, but for a shared key or
// value.
std::vector<Node> repeated(const Node& node, const GraphShape& shape)
{
    if (node.kind != NodeKind::key && node.kind != NodeKind::value)
        return { node };
    const int sharing = shape.heads / shape.kv_heads;
    std::vector<Node> nodes;
    for (int head = 0; head < sharing; ++head)
        nodes.push_back({ node.kind, node.layer, node.index * sharing + head });
    return nodes;
}

/// The head or MLP that computes with what a reader reads, as EAP-IG names both: `a0.h1` of
/// `a0.h1<q>`.
std::string unit_name(const Node& reader)
{
    const std::string name = node_name(reader);
    return name.substr(0, name.find('<'));
}

} // namespace

nlohmann::ordered_json certainty_json(const ResampledScores& resampled)
{
    const ScoreCertainty& found = resampled.certainty;
    const CertaintyCounts counts = count_classes(found, resampled.bounds);
    const nlohmann::ordered_json size = resampled.rule == "threshold"
        ? nlohmann::ordered_json(resampled.size)
        : nlohmann::ordered_json(static_cast<std::int64_t>(resampled.size));
    return { { "resamples", found.resamples }, { "seed", found.seed },
        { "examples", found.examples }, { "blocks", found.blocks },
        { "baseline", "that of all examples, in every resample" }, { "rule", resampled.rule },
        { resampled.rule == "threshold" ? "threshold" : "top_n", size },
        { "core_from", resampled.bounds.core }, { "noise_below", resampled.bounds.noise },
        { "stability", found.stability.jaccard },
        { "stability_of_random_circuits", found.stability.chance }, { "core", counts.core },
        { "contingent", counts.contingent }, { "noise", counts.noise },
        { "never_included", counts.never }, { "sign_certain", counts.sign_certain } };
}

std::string eap_ig_json(const ScoredGraph& scored, int d_model)
{
    const ComputationalGraph& graph = scored.graph;
    const GraphShape& shape = graph.shape();
    if (graph.options() != GraphOptions{})
        throw InputError("EAP-IG's graph JSON holds graphs with input, logits and whole MLPs; this "
                         "one has neuron groups or lacks its ends.");
    const auto first_mlp = graph.find_node({ NodeKind::mlp_in, 0, -1 });
    const auto first_head = graph.find_node({ NodeKind::head, 0, 0 });
    const bool parallel = !graph.find_edge(*first_head, *first_mlp);

    std::string edges;
    std::set<std::string> sources, targets; // of edges in the circuit
    for (std::size_t e = 0; e < graph.edges().size(); ++e) {
        const std::string source = node_name(graph.node(graph.edges()[e].source));
        for (const Node& target : repeated(graph.node(graph.edges()[e].target), shape)) {
            edges += std::string(edges.empty() ? "" : ", ") + "\"" + source + "->"
                + node_name(target) + "\": {\"score\": " + number(scored, e)
                + ", \"in_graph\": " + flag(marked(scored, e)) + "}";
            if (marked(scored, e)) {
                sources.insert(source);
                targets.insert(unit_name(target));
            }
        }
    }
    nlohmann::ordered_json nodes;
    for (int u = 0; u < graph.upstream_count(); ++u) {
        const std::string name = node_name(graph.node({ u }));
        nodes[name]["in_graph"]
            = sources.contains(name) && (name == "input" || targets.contains(name));
    }
    nodes["logits"]["in_graph"] = true;
    const nlohmann::ordered_json configuration{ { "n_layers", shape.layers },
        { "n_heads", shape.heads }, { "parallel_attn_mlp", parallel }, { "d_model", d_model } };
    return "{\"cfg\": " + configuration.dump() + ", \"nodes\": " + nodes.dump() + ", \"edges\": {"
        + edges + "}}\n";
}

std::string scores_json(const ScoredGraph& scored, std::string_view model)
{
    const ComputationalGraph& graph = scored.graph;
    const ScoreOrigin& origin = scored.origin;
    nlohmann::ordered_json header{ { "model", model } };
    const auto say = [&header](const char* field, const auto& value, bool known) {
        if (known)
            header[field] = value;
    };
    const auto say_text = [&say](const char* field, const std::string& value) {
        say(field, value, !value.empty());
    };
    const auto say_number = [&say](const char* field, const auto& value) {
        say(field, value.value_or(0), value.has_value());
    };
    say_text("task", origin.task);
    header["graph"] = graph_kind_name(graph.options().kind);
    header["mlp_group_size"] = graph.options().mlp_group_size;
    header["kv_heads"] = graph.shape().kv_heads;
    say_text("method", scored.method);
    say_number("steps", whole(origin.steps));
    say_text("path", origin.path);
    say_text("points", origin.points);
    say_text("baseline", scored.baseline);
    say_text("positions", scored.positions);
    say_text("metric", origin.metric);
    say_number("metric_value", origin.metric_value);
    say_number("examples", whole(origin.examples));
    say_text("dtype", origin.dtype);
    say_number("seed", origin.seed);
    say_text("version", origin.version);
    if (scored.resampled)
        header["certainty"] = certainty_json(*scored.resampled);
    std::string text = header.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    text.back() = ',';
    text += "\"edges\":[";
    for (std::size_t e = 0; e < graph.edges().size(); ++e) {
        const Edge& edge = graph.edges()[e];
        text += std::string(e == 0 ? "" : ",") + "{\"source\":\""
            + node_name(graph.node(edge.source)) + "\",\"target\":\""
            + node_name(graph.node(edge.target)) + "\",\"score\":" + number(scored, e)
            + certainty_fields(scored, e) + (marked(scored, e) ? ",\"in_circuit\":true}" : "}");
    }
    return text + "]}\n";
}

} // namespace circuitloom
