#include "core/tuning/run_loop.h"

#include "core/model/checkpoint.h"
#include "core/model/device.h"
#include "core/tasks/capability_suite.h"
#include "core/tokenizer/model_tokenizer.h"

#include <nlohmann/json.hpp>

namespace circuitloom {

namespace {

std::string software_json(torch::Device device)
{
    const nlohmann::json software{ { "circuitloom", CIRCUITLOOM_VERSION },
        { "libtorch", torch_version() }, { "device", device_description(device) } };
    return software.dump();
}

} // namespace

PreparedRun prepare_run(const RunConfig& config, RunObserver& observer)
{
    validate(config);
    observer.preparing("loading the model " + config.model);
    const ModelFiles files = open_model_files(config.model);
    const auto device = pick_device(config.device);
    const auto dtype = compute_type(config.dtype, device);
    Transformer model = load_transformer(files, device, dtype);
    ComputationalGraph graph(model.config().graph_shape(), config.graph);

    observer.preparing("reading the task " + config.task);
    const Tokenizer tokenizer = tokenizer_of(files);
    const int max_tokens = std::min(config.max_tokens, model.config().max_positions);
    EncodedTask task = load_encoded_task(config.task, tokenizer, max_tokens);
    EncodedTask held_out;
    if (!config.held_out_task.empty()) {
        held_out = load_encoded_task(config.held_out_task, tokenizer, max_tokens);
        if (config.evaluation_items > 0
            && held_out.examples.size() > static_cast<std::size_t>(config.evaluation_items))
            held_out.examples.resize(static_cast<std::size_t>(config.evaluation_items));
    }
    std::vector<PreparedSuite> suites;
    for (const SuiteReference& suite : config.capabilities) {
        observer.preparing("reading the suite " + suite.name);
        suites.emplace_back(load_suite(suite.name, suite.source), tokenizer,
            model.config().max_positions, config.evaluation_items);
    }

    RunDescription description;
    description.name = config.name;
    description.method = method_name(config.method);
    description.configuration = to_json(config);
    description.model = config.model;
    description.model_fingerprint = model_fingerprint(files);
    description.software = software_json(device);
    description.seed = config.seed;
    description.steps = config.steps;
    description.top_n = config.selection.rule == SelectionRule::threshold ? 0 : config.selection.n;
    description.parameters = model.weights().count();
    description.shape = graph.shape();
    description.graph = graph.options();
    return { config, std::move(model), std::move(graph), std::move(task), std::move(held_out),
        std::move(suites), std::move(description) };
}

} // namespace circuitloom
