#include "core/tuning/run_loop.h"

#include "core/discovery/memory.h"
#include "core/model/checkpoint.h"
#include "core/model/device.h"
#include "core/run/run_estimate.h"
#include "core/tasks/capability_suite.h"
#include "core/tokenizer/model_tokenizer.h"
#include "core/tuning/run_memory.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace circuitloom {

namespace {

std::string software_json(torch::Device device)
{
    const nlohmann::json software{ { "circuitloom", CIRCUITLOOM_VERSION },
        { "libtorch", torch_version() }, { "device", device_description(device) } };
    return software.dump();
}

void keep_first(EncodedTask& task, int examples)
{
    task.examples.resize(std::min(task.examples.size(), static_cast<std::size_t>(examples)));
}

// Tokens of the longest example.
int longest(const EncodedTask& task)
{
    std::size_t tokens = 1;
    for (const EncodedExample& example : task.examples)
        tokens = std::max(tokens, example.ids.size());
    return static_cast<int>(tokens);
}

} // namespace

PreparedRun prepare_run(const RunConfig& config, RunObserver& observer)
{
    validate(config);
    const ModelFiles files = open_model_files(config.model);
    const ModelConfig shape = parse_model_config(files.config_json, files.origin);
    const auto device = pick_device(config.device);
    const auto dtype = compute_type(config.dtype, device);
    ComputationalGraph graph(shape.graph_shape(), config.graph);

    observer.preparing("reading the task " + config.task);
    const Tokenizer tokenizer = tokenizer_of(files);
    const int max_tokens = std::min(config.max_tokens, shape.max_positions);
    EncodedTask task = load_encoded_task(config.task, tokenizer, max_tokens);
    EncodedTask held_out;
    if (!config.held_out_task.empty()) {
        held_out = load_encoded_task(config.held_out_task, tokenizer, max_tokens);
        keep_first(held_out, config.evaluation_items);
    }
    EncodedTask reference;
    if (!config.reference_task.empty()) {
        observer.preparing("reading the task " + config.reference_task);
        reference = load_encoded_task(config.reference_task, tokenizer, max_tokens);
        keep_first(reference, config.evaluation_items);
    }
    const TaskSize size{ longest(task), static_cast<int>(task.examples.size()) };
    require_memory(
        estimate_run(config, shape, size).memory, free_memory(device), device_description(device));

    observer.preparing("loading the model " + config.model);
    Transformer model = load_transformer(files, device, dtype);
    std::vector<PreparedSuite> suites;
    for (const SuiteReference& suite : config.capabilities) {
        observer.preparing("reading the suite " + suite.name);
        suites.emplace_back(load_suite(suite.name, suite.source), tokenizer, shape.max_positions,
            config.evaluation_items);
    }

    RunDescription description;
    description.name = config.name;
    description.method = method_name(config.method);
    description.configuration = to_json(config);
    description.model = config.model;
    description.model_fingerprint = model_fingerprint(files);
    description.software = software_json(device);
    description.seed = config.seed;
    description.steps = planned_steps(config, size).value_or(config.steps);
    description.top_n = config.selection.rule == SelectionRule::threshold ? 0 : config.selection.n;
    description.parameters = model.weights().count();
    description.shape = graph.shape();
    description.graph = graph.options();
    RunConfig planned = config;
    planned.steps = description.steps;
    return { planned, std::move(model), std::move(graph), std::move(task), std::move(held_out),
        std::move(reference), std::move(suites), std::move(description) };
}

} // namespace circuitloom
