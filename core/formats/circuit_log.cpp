#include "core/formats/circuit_series.h"

#include "core/base/error.h"
#include "core/base/utf8.h"
#include "core/formats/graph_json_events.h"
#include "core/formats/json_input.h"
#include "core/formats/text_file.h"
#include "core/graph/graph_limits.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <map>
#include <memory>
#include <utility>

namespace circuitloom {

namespace {

constexpr std::size_t longest_line = std::size_t{ 64 } << 20; // bytes; a value of JSON takes many more
constexpr std::size_t most_bytes = std::size_t{ 1 } << 30;
constexpr std::size_t most_unused = 10'000; ///< damaged lines that are named

/// An edge as the log names it. A target that is a whole head is of the kind NodeKind::head.
struct NamedEdge
{
    Node source;
    Node target;
    double score = 0;
};

std::optional<int> take_number(std::string_view& text)
{
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || value < 0 || value >= most_layers_or_heads || text.starts_with('-'))
        return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return value;
}

std::optional<Node> head_of(std::string_view rest, bool upstream)
{
    const auto layer = take_number(rest);
    if (!layer || !rest.starts_with('.'))
        return std::nullopt;
    rest.remove_prefix(1);
    const auto head = take_number(rest);
    if (!head)
        return std::nullopt;
    if (rest.empty())
        return Node{ NodeKind::head, *layer, *head };
    for (const auto& [ending, kind] : { std::pair(".q", NodeKind::query),
             std::pair(".k", NodeKind::key), std::pair(".v", NodeKind::value) })
        if (!upstream && rest == ending)
            return Node{ kind, *layer, *head };
    return std::nullopt;
}

/// `head.L.H`, `head.L.H.q`, `mlp.L`; the two ends of the stream as this program calls them.
std::optional<Node> node_called(std::string_view name, bool upstream)
{
    if (name.starts_with("head."))
        return head_of(name.substr(5), upstream);
    if (name.starts_with("mlp.")) {
        std::string_view rest = name.substr(4);
        const auto layer = take_number(rest);
        return layer && rest.empty()
            ? std::optional(Node{ upstream ? NodeKind::mlp : NodeKind::mlp_in, *layer, -1 })
            : std::nullopt;
    }
    return name == "input" || name == "logits" ? parse_node_name(name, upstream) : std::nullopt;
}

NamedEdge named_edge(const nlohmann::json& entry, const std::string& where)
{
    if (!entry.is_array() || entry.size() != 3 || !entry[0].is_string() || !entry[1].is_string()
        || !entry[2].is_number())
        throw InputError(where + " must be a list of the source's name, the target's and a score.");
    const auto node = [&](const nlohmann::json& name, bool upstream) {
        const auto found = node_called(name.get_ref<const std::string&>(), upstream);
        if (!found)
            throw InputError(where + ": \"" + for_message(name.get_ref<const std::string&>())
                + "\" names no node that can be the " + (upstream ? "source" : "target")
                + " of an edge; expected head.L.H" + (upstream ? "" : ", head.L.H.q, .k, .v")
                + " or mlp.L.");
        return *found;
    };
    NamedEdge edge{ node(entry[0], true), node(entry[1], false), entry[2].get<double>() };
    if (!(std::abs(edge.score) <= std::numeric_limits<float>::max()))
        throw InputError(where + ": its score is larger than a float holds.");
    return edge;
}

struct LoggedCircuit
{
    int step = 0;
    std::vector<NamedEdge> edges;
};

/// Nothing where the line has no field `edges`.
std::optional<LoggedCircuit> circuit_on(std::string_view line, const std::string& where)
{
    const nlohmann::json json = parse_json(line, where);
    const JsonObject whole(json, where);
    if (!whole.has("edges"))
        return std::nullopt;
    const JsonObject logged = whole.object("edges");
    LoggedCircuit found;
    found.step
        = static_cast<int>(logged.integer("step", 0, std::numeric_limits<std::int32_t>::max()));
    for (const nlohmann::json& entry : logged.array("edges"))
        found.edges.push_back(
            named_edge(entry, where + ": edges[" + std::to_string(found.edges.size()) + "]"));
    return found;
}

/// Where a circuit stands in the text.
struct Place
{
    std::size_t first = 0;
    std::size_t length = 0;
    std::string where; ///< file and line
};

struct Log
{
    std::string text;
    std::map<int, Place> circuits; ///< by step
    GraphShape shape{ 1, 1, 1, 1, false };
    bool whole_heads = false;
    bool has_ends = false; ///< the input or the logits
    int written_again = 0; ///< steps that a later line has once more
    std::vector<UnusedCircuit> unused; ///< damaged lines
};

void take_names(Log& log, const std::vector<NamedEdge>& edges)
{
    for (const NamedEdge& edge : edges) {
        log.whole_heads = log.whole_heads || edge.target.kind == NodeKind::head;
        for (const Node& node : { edge.source, edge.target }) {
            log.shape.layers = std::max(log.shape.layers, node.layer + 1);
            log.shape.heads = std::max(log.shape.heads, node.index + 1);
            log.has_ends = log.has_ends || node.kind == NodeKind::input
                || node.kind == NodeKind::logits;
        }
    }
    log.shape.kv_heads = log.shape.heads;
}

/// Takes the line's circuit, if it has one. Throws InputError where the line is damaged.
void take_line(Log& log, std::size_t first, std::size_t length, const std::string& where)
{
    if (length > longest_line)
        throw InputError(where + ": the line has " + std::to_string(length >> 20) + " MB; at most "
            + std::to_string(longest_line >> 20)
            + " MB are read. Each circuit stands in a line of its own.");
    const std::string_view line = std::string_view(log.text).substr(first, length);
    if (line.find_first_not_of(" \t\r") == std::string_view::npos)
        return;
    const auto found = circuit_on(line, where);
    if (!found)
        return;
    take_names(log, found->edges);
    const bool fresh
        = log.circuits.insert_or_assign(found->step, Place{ first, length, where }).second;
    log.written_again += fresh ? 0 : 1;
}

std::shared_ptr<const Log> read_log(const std::filesystem::path& file)
{
    auto log = std::make_shared<Log>();
    log->text = read_text_file(file, most_bytes);
    std::optional<InputError> wrong; ///< with the first damaged line
    std::size_t number = 1;
    for (std::size_t first = 0; first < log->text.size(); ++number) {
        const std::size_t end = std::min(log->text.find('\n', first), log->text.size());
        const std::string line = ":" + std::to_string(number);
        try {
            take_line(*log, first, end - first, file.string() + line);
        } catch (const InputError& error) {
            if (!wrong)
                wrong = error;
            if (log->unused.size() < most_unused)
                log->unused.push_back(
                    unused_circuit(file.filename().string() + line, error.what()));
        }
        first = end + 1;
    }
    if (log->circuits.empty() && wrong)
        throw InputError(*wrong);
    if (log->circuits.empty())
        throw InputError(file.string()
            + ": no line has edges, as in {\"edges\": {\"step\": 100, \"edges\": [[\"head.0.1\", "
              "\"mlp.2\", 0.5]]}}.");
    return log;
}

Circuit circuit_in(
    const ComputationalGraph& graph, const LoggedCircuit& logged, const std::string& where)
{
    Circuit circuit;
    std::map<EdgeId, std::size_t> place; // in the circuit
    const int sharing = graph.shape().heads / graph.shape().kv_heads;
    const auto add = [&](std::size_t at, Node source, Node target, double score) {
        const bool shared = target.kind == NodeKind::key || target.kind == NodeKind::value;
        if (shared)
            target.index /= sharing;
        const auto from = graph.find_node(source);
        const auto to = graph.find_node(target);
        const EdgeId none{ -1 };
        const EdgeId edge = from && to ? graph.find_edge(*from, *to).value_or(none) : none;
        const std::string name = where + ": edges[" + std::to_string(at) + "], "
            + node_name(source) + "->" + node_name(target) + ",";
        if (edge == none)
            throw InputError(name + " is no edge of the model's graph.");
        const auto [found, fresh] = place.emplace(edge, circuit.size());
        if (fresh) {
            circuit.push_back({ edge, static_cast<float>(score) });
            return;
        }
        if (!shared || sharing == 1)
            throw InputError(name + " is listed twice.");
        float& sum = circuit[found->second].score;
        sum += static_cast<float>(score);
        if (!std::isfinite(sum))
            throw InputError(name + " has scores that add up to more than a float holds.");
    };
    for (std::size_t i = 0; i < logged.edges.size(); ++i) {
        const NamedEdge& edge = logged.edges[i];
        if (edge.target.kind != NodeKind::head) {
            add(i, edge.source, edge.target, edge.score);
            continue;
        }
        for (const NodeKind kind : head_inputs)
            add(i, edge.source, { kind, edge.target.layer, edge.target.index },
                edge.score / static_cast<double>(head_inputs.size()));
    }
    return circuit;
}

} // namespace

CircuitSeries open_circuit_log(const std::filesystem::path& file, const SeriesOptions& options)
{
    const std::shared_ptr<const Log> log = read_log(file);
    std::vector<std::string> notes;
    if (!options.shape)
        notes.push_back("The log does not say how large the model is: " + std::to_string(
            log->shape.layers) + " layers and " + std::to_string(log->shape.heads)
            + " heads are the most that its edges name.");
    if (log->whole_heads)
        notes.push_back(whole_heads_note);
    if (log->written_again > 0)
        notes.push_back("The log has some steps more than once; the last of each was taken.");
    const GraphOptions kind{ log->has_ends ? GraphKind::full : GraphKind::paper, 0 };
    CircuitSeries series{ file.stem().string(), "the log of circuit-tuning's repository", {},
        graph_of_series(options.shape.value_or(log->shape), kind, file.string()), {}, {},
        std::move(notes), {}, log->unused };
    std::vector<Place> places;
    for (const auto& [step, place] : log->circuits) {
        series.steps.push_back(step);
        series.names.push_back(std::filesystem::path(place.where).filename().string());
        places.push_back(place);
    }
    series.read = [log, places, graph = series.graph, top_n = options.top_n](std::size_t index) {
        const Place& place = places.at(index);
        const auto line = std::string_view(log->text).substr(place.first, place.length);
        return strongest_of(
            circuit_in(graph, circuit_on(line, place.where).value(), place.where), top_n);
    };
    return series;
}

} // namespace circuitloom
