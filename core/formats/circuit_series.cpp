#include "core/formats/circuit_series.h"

#include "core/base/error.h"
#include "core/formats/graph_json.h"
#include "core/formats/graph_json_events.h"
#include "core/graph/edge_order.h"
#include "core/graph/graph_limits.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>
#include <utility>

namespace circuitloom {

namespace {

constexpr std::int64_t most_edges = std::int64_t{ 1 } << 24;
constexpr std::size_t most_files = 100000;

using Files = std::vector<std::filesystem::path>;

int size_of(double given, const char* field, const std::string& origin)
{
    if (!(given >= 1 && given <= most_layers_or_heads) || given != std::floor(given))
        throw InputError(origin + ": " + field + " must be a whole number from 1 to "
            + std::to_string(most_layers_or_heads) + ".");
    return static_cast<int>(given);
}

/// The shape that a file tells of itself.
GraphShape shape_told_by(const GraphFile& file, const std::string& origin)
{
    GraphShape shape{ 1, 1, 1, 1, file.parallel };
    if (file.layout == GraphFile::Layout::eap_ig) {
        shape.layers = size_of(file.layers, "cfg: n_layers", origin);
        shape.heads = shape.kv_heads = size_of(file.heads, "cfg: n_heads", origin);
        return shape;
    }
    int groups = 0;
    for (const GraphFile::Entry& entry : file.edges)
        for (const Node& node : { entry.source, entry.target }) {
            if (std::max(node.layer, node.index) >= most_layers_or_heads)
                throw InputError(origin + ": the node " + node_name(node)
                    + " is of a model with more than " + std::to_string(most_layers_or_heads)
                    + " layers, heads or groups.");
            shape.layers = std::max(shape.layers, node.layer + 1);
            const bool shared = node.kind == NodeKind::key || node.kind == NodeKind::value;
            const bool grouped
                = node.kind == NodeKind::mlp_group || node.kind == NodeKind::mlp_group_in;
            int& size = grouped ? groups : shared ? shape.kv_heads : shape.heads;
            size = std::max(size, node.index + 1);
        }
    if (file.kv_heads > 0)
        shape.kv_heads = size_of(file.kv_heads, "kv_heads", origin);
    if (groups > 0 && file.group_size > 0 && file.group_size * groups <= most_edges)
        shape.mlp_width = static_cast<int>(file.group_size) * groups;
    return shape;
}

/// The number at the end of a file's name, less its ending.
std::optional<int> step_in_name(const std::filesystem::path& file)
{
    const std::string stem = file.stem().string();
    const std::size_t other = stem.find_last_not_of("0123456789");
    const std::string digits = other == std::string::npos ? stem : stem.substr(other + 1);
    int step = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), step);
    if (digits.empty() || error != std::errc() || end != digits.data() + digits.size())
        return std::nullopt;
    return step;
}

std::map<int, std::filesystem::path> by_step(
    std::span<const std::filesystem::path> files, std::vector<std::string>& notes)
{
    std::map<int, std::filesystem::path> found;
    if (files.size() == 1 && !step_in_name(files.front()))
        return { { 0, files.front() } };
    for (const std::filesystem::path& file : files) {
        const std::optional<int> step = step_in_name(file);
        if (!step) {
            notes.push_back(file.filename().string()
                + " was left out: its name does not end in a step, as 500.json does.");
            continue;
        }
        const auto [at, fresh] = found.emplace(*step, file);
        if (!fresh)
            throw InputError(file.string() + " and " + at->second.string() + " are both of step "
                + std::to_string(*step) + "; import one of them.");
    }
    if (found.empty())
        throw InputError(files.front().string()
            + ": its name must end in the step of its circuit, as in 500.json or "
              "ioi_checkpoint_500.json.");
    return found;
}

Circuit circuit_in(const ScoredGraph& scored)
{
    Circuit circuit;
    for (std::size_t e = 0; e < scored.scores.size(); ++e)
        if (scored.circuit.empty() ? scored.scores[e] != 0 : scored.circuit[e])
            circuit.push_back(
                { { static_cast<std::int32_t>(e) }, static_cast<float>(scored.scores[e]) });
    return circuit;
}

Files files_in(const std::filesystem::path& folder)
{
    Files files;
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
        if (entry.path().extension() == ".json")
            files.push_back(entry.path());
        if (files.size() > most_files)
            throw InputError(folder.string() + " has more than " + std::to_string(most_files)
                + " files of JSON.");
    }
    if (error)
        throw InputError(folder.string() + " cannot be read: " + error.message() + ".");
    if (files.empty())
        throw InputError(folder.string()
            + " holds no graph JSON (a .json file for each step, as EAP-IG writes them).");
    std::ranges::sort(files);
    return files;
}

std::string name_of(const std::filesystem::path& path)
{
    const std::filesystem::path whole = std::filesystem::absolute(path).lexically_normal();
    return (whole.has_filename() ? whole : whole.parent_path()).filename().string();
}

/// What the first file says that is sound.
struct Begun
{
    GraphShape shape;
    ScoredGraph scored;
};

Begun begun_with(const std::filesystem::path& file, const SeriesOptions& options)
{
    const std::string text = read_circuit_text(file);
    const GraphShape shape = options.shape
        ? *options.shape
        : shape_told_by(parse_graph_file(text, file.string()), file.string());
    graph_of_series(shape, {}, file.string()); // before the scores of an absurd one take room
    return { shape, parse_graph_json(text, file.string(), shape) };
}

/// Takes damaged files away from the beginning of `steps`. Throws what is wrong with the first of
/// them where all are damaged.
Begun first_sound(std::map<int, std::filesystem::path>& steps, const SeriesOptions& options,
    std::vector<UnusedCircuit>& unused)
{
    std::optional<InputError> wrong;
    while (!steps.empty()) {
        const std::filesystem::path file = steps.begin()->second;
        try {
            return begun_with(file, options);
        } catch (const InputError& error) {
            if (!wrong)
                wrong = error;
            unused.push_back(unused_circuit(file.filename().string(), error.what()));
            steps.erase(steps.begin());
        }
    }
    throw InputError(wrong.value());
}

} // namespace

UnusedCircuit unused_circuit(const std::string& name, const std::string& message)
{
    const std::string place = name + ": ";
    const std::size_t at = message.find(place);
    return { name, at == std::string::npos ? message : message.substr(at + place.size()) };
}

SeriesCircuit strongest_of(Circuit circuit, std::size_t top_n)
{
    SeriesCircuit found;
    found.circuit = strongest_first(std::move(circuit));
    if (top_n > 0 && found.circuit.size() > top_n) {
        found.circuit.resize(top_n);
        found.notes.push_back("Of each circuit the strongest " + std::to_string(top_n)
            + " edges were taken; the files have more.");
    }
    return found;
}

ComputationalGraph graph_of_series(
    const GraphShape& shape, const GraphOptions& options, const std::string& origin)
{
    try {
        if (ComputationalGraph::count_edges(shape, options) > most_edges)
            throw InputError("The graph of " + std::to_string(shape.layers) + " layers and "
                + std::to_string(shape.heads) + " heads has more than 2^24 edges.");
        return ComputationalGraph(shape, options);
    } catch (const InputError& cause) {
        throw InputError(origin + ": " + cause.what());
    }
}

CircuitSeries open_graph_json_series(
    std::span<const std::filesystem::path> files, std::string name, const SeriesOptions& options)
{
    std::vector<std::string> notes;
    std::vector<UnusedCircuit> unused;
    auto steps = by_step(files, notes);
    const auto [shape, begun] = first_sound(steps, options, unused);
    if (!options.shape && begun.graph.shape().heads == begun.graph.shape().kv_heads)
        notes.push_back("Without the model's own sizes every query head counts as having a key and "
                        "a value of its own, and the width of the MLPs is not known.");
    CircuitSeries series{ std::move(name), "graph JSON", begun.origin.model, begun.graph, {}, {},
        std::move(notes), {}, std::move(unused) };
    Files in_order;
    for (const auto& [step, file] : steps) {
        series.steps.push_back(step);
        series.names.push_back(file.filename().string());
        in_order.push_back(file);
    }
    series.read = [in_order, shape = shape, graph = begun.graph.options(), top_n = options.top_n](
                      std::size_t index) {
        const std::filesystem::path& file = in_order.at(index);
        const ScoredGraph scored = read_graph_json(file, shape);
        if (scored.graph.options() != graph)
            throw InputError(file.string() + ": its graph (" + std::string(graph_kind_name(
                scored.graph.options().kind)) + ", groups of "
                + std::to_string(scored.graph.options().mlp_group_size)
                + " neurons) is not that of the first file.");
        SeriesCircuit found = strongest_of(circuit_in(scored), top_n);
        found.notes.insert(found.notes.end(), scored.notes.begin(), scored.notes.end());
        return found;
    };
    return series;
}

std::vector<CircuitSeries> open_circuit_series(
    std::span<const std::filesystem::path> paths, const SeriesOptions& options)
{
    std::vector<CircuitSeries> found;
    Files single;
    for (const std::filesystem::path& path : paths) {
        std::error_code error;
        if (std::filesystem::is_directory(path, error))
            found.push_back(open_graph_json_series(files_in(path), name_of(path), options));
        else if (path.extension() == ".jsonl")
            found.push_back(open_circuit_log(path, options));
        else if (path.extension() == ".json")
            single.push_back(path);
        else if (!std::filesystem::exists(path, error))
            throw InputError(path.string() + " does not exist.");
        else
            throw InputError(path.string()
                + ": circuits are read from .json (graph JSON of EAP-IG, or scores.json), a folder of "
                  "them, or a .jsonl log.");
    }
    if (!single.empty()) {
        const std::string name = single.size() == 1
            ? single.front().stem().string()
            : name_of(std::filesystem::absolute(single.front()).parent_path());
        found.push_back(open_graph_json_series(single, name, options));
    }
    if (found.empty())
        throw InputError("There is nothing to import.");
    return found;
}

} // namespace circuitloom
