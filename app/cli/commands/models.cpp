#include "app/cli/commands/commands.h"
#include "app/cli/commands/table.h"

#include "core/formats/model_files.h"
#include "core/formats/tensor_decoding.h"
#include "core/graph/computational_graph.h"
#include "core/model/model_config.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <filesystem>
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

void inspect(const Options& options)
{
    // A directory with nothing but a config.json is worth inspecting as well.
    const bool bare = std::filesystem::is_directory(options.model)
        && !std::filesystem::exists(std::filesystem::path(options.model) / "model.safetensors");
    const ModelFiles files
        = bare ? open_model_description(options.model) : open_model_files(options.model);
    const ModelConfig config = parse_model_config(files.config_json, files.origin);
    const ComputationalGraph full(config.graph_shape(), { GraphKind::full, options.group_size });
    const ComputationalGraph paper(config.graph_shape(), { GraphKind::paper, options.group_size });
    if (options.json) {
        const nlohmann::ordered_json result{ { "model", options.model },
            { "family", family_name(config.family) }, { "layers", config.layers },
            { "heads", config.heads }, { "kv_heads", config.kv_heads },
            { "head_dim", config.head_dim }, { "d_model", config.d_model },
            { "mlp_width", config.mlp_width }, { "vocabulary", config.vocabulary },
            { "max_positions", config.max_positions },
            { "tied_unembedding", config.tied_unembedding },
            { "parameters", stored_entries(files) }, { "stored_types", stored_types(files) },
            { "mlp_group_size", options.group_size },
            { "graph",
                { { "full",
                      { { "nodes", full.nodes().size() }, { "edges", full.edges().size() } } },
                    { "paper",
                        { { "nodes", paper.nodes().size() },
                            { "edges", paper.edges().size() } } } } } };
        std::cout << result.dump(2) << "\n";
        return;
    }
    const auto line = [](const std::string& name, const std::string& value) {
        std::cout << name << std::string(name.size() < 18 ? 18 - name.size() : 1, ' ') << value
                  << "\n";
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
    line("width", std::to_string(config.d_model));
    line("MLP width",
        std::to_string(config.mlp_width) + (config.gated_mlp ? ", gated" : "")
            + (options.group_size > 0
                    ? " in groups of " + std::to_string(options.group_size) + " neurons"
                    : ""));
    line("vocabulary", std::to_string(config.vocabulary) + " tokens");
    line("context", std::to_string(config.max_positions) + " tokens");
    const std::int64_t stored = stored_entries(files);
    line("parameters", stored > 0 ? std::to_string(stored) : "no weights beside config.json");
    std::string types;
    for (const auto& [type, count] : stored_types(files))
        types += (types.empty() ? "" : ", ") + type + " (" + std::to_string(count) + " tensors)";
    if (!types.empty())
        line("stored as", types);
    line("graph full", graph(full));
    line("graph paper", graph(paper));
}

} // namespace

void add_models_command(CLI::App& app)
{
    const auto options = std::make_shared<Options>();
    CLI::App* models = app.add_subcommand("models", "Models on this machine.");
    models->require_subcommand(1);
    CLI::App* command
        = models->add_subcommand("inspect", "architecture, sizes, nodes and edges of the graph");
    command
        ->add_option("model", options->model,
            "demo, a .gguf file, or a directory in the Hugging Face layout (config.json is enough)")
        ->required();
    command->add_option("--mlp-group-size", options->group_size,
        "neurons to a node of the graph; 0 keeps MLPs whole");
    command->add_flag("--json", options->json, "print JSON");
    command->callback([options] { inspect(*options); });
}

} // namespace circuitloom
