#include "app/cli/commands/models.h"
#include "app/cli/commands/commands.h"
#include "app/cli/commands/model_option.h"
#include "app/cli/commands/report_text.h"
#include "app/cli/commands/table.h"
#include "app/cli/commands/tokenizer_report.h"

#include "core/architecture/model_config.h"
#include "core/architecture/model_files.h"
#include "core/architecture/weight_matching.h"
#include "core/base/error.h"
#include "core/formats/tensor_decoding.h"
#include "core/graph/computational_graph.h"
#include "core/run/model_reference.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <functional>
#include <iostream>
#include <map>
#include <numeric>

namespace circuitloom {

namespace {

struct Options
{
    std::string model;
    int group_size = 0;
    bool json = false;
};

std::int64_t stored_entries(const ModelFiles& files)
{
    std::int64_t entries = 0;
    for (const TensorView& tensor : files.weights.tensors())
        entries += std::accumulate(
            tensor.shape.begin(), tensor.shape.end(), std::int64_t{ 1 }, std::multiplies<>());
    return entries;
}

/// How many tensors are stored as each type.
std::map<std::string, int> stored_types(const ModelFiles& files)
{
    std::map<std::string, int> types;
    for (const TensorView& tensor : files.weights.tensors())
        ++types[std::string(element_type_name(tensor.type))];
    return types;
}

// What sets the architecture apart, as words and in the JSON's fields.
std::string scaling_text(const RopeScaling& scaling)
{
    switch (scaling.kind) {
    case RopeKind::unscaled:
        break;
    case RopeKind::linear:
        return ", scaled linearly";
    case RopeKind::dynamic:
        return ", scaled dynamically beyond " + std::to_string(scaling.original_positions)
            + " tokens";
    case RopeKind::yarn:
        return ", scaled by YaRN";
    case RopeKind::longrope:
        return ", scaled by LongRoPE, otherwise beyond "
            + std::to_string(scaling.original_positions) + " tokens";
    case RopeKind::llama3:
        return ", scaled as in Llama 3.1";
    }
    return {};
}

std::string positions_text(const ModelConfig& config)
{
    if (config.position == PositionKind::learned)
        return "learned";
    std::string text = "rotary";
    if (config.rotary_dim > 0)
        text += ", " + std::to_string(config.rotary_dim) + " of a head's "
            + std::to_string(config.head_dim) + " coordinates";
    if (!config.turned_layers.empty())
        text += ", in " + std::to_string(std::ranges::count(config.turned_layers, 1)) + " of "
            + std::to_string(config.layers) + " layers";
    if (config.local_rope_theta > 0)
        text += ", with a base of their own in layers with a window";
    return text + scaling_text(config.rope_scaling);
}

std::string attention_text(const ModelConfig& config)
{
    std::string text = config.parallel_blocks ? "beside the MLP" : "before the MLP";
    if (config.qk_norm)
        text += config.qk_norm_joint ? ", q and k normed over all heads" : ", q and k normed";
    if (config.attention_bias)
        text += ", q, k and v with biases";
    if (config.attention_scale == 1)
        text += ", scores not scaled";
    if (config.scale_by_layer)
        text += ", scores divided by the layer's number";
    if (config.attention_cap > 0)
        text += ", scores capped";
    const auto& windows = config.attention_windows;
    if (!windows.empty())
        text += ", " + std::to_string(config.layers - std::ranges::count(windows, 0)) + " of "
            + std::to_string(config.layers) + " layers look back "
            + std::to_string(*std::ranges::max_element(windows)) + " tokens at most";
    return text;
}

std::string norms_text(const ModelConfig& config)
{
    std::string text = config.norm == NormKind::layer_norm ? "LayerNorm" : "RMS norm";
    if (!config.input_norms)
        text += " of what attention and MLP write";
    else if (config.output_norms)
        text += " before attention and MLP and of what they write";
    else if (config.shared_norm)
        text += ", one for attention and MLP";
    else
        text += " before attention and MLP";
    if (config.residual_scale != 1)
        text += "; what they write times " + fixed(config.residual_scale, 4);
    return text;
}

/// The architecture with what its weights, where there are any, say otherwise.
WeightMatches described(const ModelFiles& files)
{
    WeightMatches matches;
    matches.config = parse_model_config(files.config_json, files.config_origin);
    if (files.weights.tensors().empty())
        return matches;
    try {
        return match_weights(files);
    } catch (const InputError& reason) {
        matches.notes.push_back(std::string("The weights cannot be loaded: ") + reason.what());
    }
    return matches;
}

void inspect(const Options& options)
{
    // A directory with nothing but a config.json is worth inspecting as well.
    const std::string model = untouched_model(options.model);
    const ModelFiles files
        = has_weights(model) ? open_model_files(model) : open_model_description(model);
    const WeightMatches matches = described(files);
    const ModelConfig& config = matches.config;
    const ComputationalGraph full(config.graph_shape(), { GraphKind::full, options.group_size });
    const ComputationalGraph paper(config.graph_shape(), { GraphKind::paper, options.group_size });
    if (options.json) {
        const nlohmann::ordered_json result{ { "model", options.model },
            { "family", family_name(config.family) }, { "layers", config.layers },
            { "heads", config.heads }, { "kv_heads", config.kv_heads },
            { "head_dim", config.head_dim }, { "d_model", config.d_model },
            { "mlp_width", config.mlp_width }, { "vocabulary", config.vocabulary },
            { "max_positions", config.max_positions }, { "positions", positions_text(config) },
            { "attention", attention_text(config) }, { "norms", norms_text(config) },
            { "parallel_blocks", config.parallel_blocks },
            { "attention_windows", config.attention_windows },
            { "tied_unembedding", config.tied_unembedding },
            { "special_tokens", special_tokens_json(files) },
            { "parameters", stored_entries(files) }, { "stored_types", stored_types(files) },
            { "notes", matches.notes }, { "mlp_group_size", options.group_size },
            { "graph",
                { { "full",
                      { { "nodes", full.nodes().size() }, { "edges", full.edges().size() } } },
                    { "paper",
                        { { "nodes", paper.nodes().size() },
                            { "edges", paper.edges().size() } } } } } };
        std::cout << written(result);
        return;
    }
    const auto line = [](const std::string& name, const std::string& value) {
        std::cout << name << std::string(name.size() < 18 ? 18 - name.size() : 1, ' ')
                  << printable(value) << "\n";
    };
    const auto graph = [](const ComputationalGraph& shown) {
        return std::to_string(shown.edges().size()) + " edges, "
            + std::to_string(shown.upstream_count()) + " nodes that write and "
            + std::to_string(shown.downstream_count()) + " that read";
    };
    line("model", options.model);
    line("family", std::string(family_name(config.family)));
    line("layers", std::to_string(config.layers));
    line("attention heads",
        std::to_string(config.heads) + " of width " + std::to_string(config.head_dim));
    line("key/value heads", std::to_string(config.kv_heads));
    line("attention", attention_text(config));
    line("positions", positions_text(config));
    line("norms", norms_text(config));
    line("width", std::to_string(config.d_model));
    line("MLP width",
        std::to_string(config.mlp_width) + (config.gated_mlp ? ", gated" : "")
            + (options.group_size > 0
                    ? " in groups of " + std::to_string(options.group_size) + " neurons"
                    : ""));
    line("vocabulary", std::to_string(config.vocabulary) + " tokens");
    if (const std::string around = special_tokens_text(files); !around.empty())
        line("special tokens", around);
    line("context", std::to_string(config.max_positions) + " tokens");
    const std::int64_t stored = stored_entries(files);
    line("parameters", stored > 0 ? std::to_string(stored) : "no weights beside config.json");
    std::string types;
    for (const auto& [type, count] : stored_types(files))
        types += (types.empty() ? "" : ", ") + type + " (" + std::to_string(count) + " tensors)";
    if (!types.empty())
        line("stored as", types);
    line("unembedding", config.tied_unembedding ? "the embedding" : "of its own");
    line("graph full", graph(full));
    line("graph paper", graph(paper));
    for (const std::string& note : matches.notes)
        line("note", printable(note));
}

} // namespace

void add_models_inspect(CLI::App& models)
{
    const auto options = std::make_shared<Options>();
    CLI::App* command
        = models.add_subcommand("inspect", "architecture, sizes, nodes and edges of the graph");
    add_model_option(*command, options->model, "model",
        std::string(model_help) + "; config.json is enough");
    command->add_option("--mlp-group-size", options->group_size,
        "neurons to a node of the graph; 0 keeps MLPs whole");
    command->add_flag("--json", options->json, "print JSON");
    command->callback([options] { inspect(*options); });
}

void add_models_command(CLI::App& app, const AddModelsExport& add_export)
{
    CLI::App* models = app.add_subcommand("models", "Models on this machine.");
    models->require_subcommand(1);
    add_models_list(*models);
    add_models_inspect(*models);
    add_export(*models);
}

} // namespace circuitloom
