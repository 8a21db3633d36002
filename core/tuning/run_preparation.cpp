#include "core/tuning/run_preparation.h"

#include "core/base/error.h"
#include "core/discovery/memory.h"
#include "core/graph/require_edges.h"
#include "core/model/checkpoint.h"
#include "core/model/device.h"
#include "core/run/block_sharding.h"
#include "core/run/run_estimate.h"
#include "core/run/task_problems.h"
#include "core/tasks/capability_suite.h"
#include "core/tasks/worded_task.h"
#include "core/tokenizer/model_tokenizer.h"
#include "core/tuning/run_memory.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

namespace circuitloom {

namespace {

std::string software_json(torch::Device device, int processes)
{
    nlohmann::json software{ { "circuitloom", CIRCUITLOOM_VERSION },
        { "libtorch", torch_version() }, { "device", device_description(device) } };
    if (processes > 1)
        software["processes"] = processes;
    return software.dump();
}

/// What a configuration names, read in the order in which mistakes are cheapest to find: the tasks
/// before the weights.
class Preparation
{
public:
    Preparation(const RunConfig& config, const Announce& announce, const RunPlace& place = {})
        : config_(valid(config))
        , announce_(announce)
        , place_(place)
        , files_(open_model_files(config.model))
        , shape_(parse_model_config(files_.config_json, files_.config_origin))
        , device_(pick_device(place.device_of(config)))
        , dtype_(compute_type(config.dtype, device_))
        , tokenizer_(tokenizer_of(files_))
    {
    }

    EncodedTask task(const std::string& source) const
    {
        announce("reading the task " + source);
        EncodedTask task = load_model_task(source, files_, tokenizer_,
            std::min(config_.max_tokens, shape_.max_positions), config_.strict);
        for (const std::string& note : task.notes)
            announce(source + ": " + note);
        return task;
    }

    void require_graph() const { require_edges(shape_.graph_shape(), config_.graph); }

    /// One that circuits are scored on.
    EncodedTask scored_task(const std::string& source) const
    {
        EncodedTask read = task(source);
        if (const std::string problem = scoring_problem(read, config_); !problem.empty())
            throw InputError("The task " + source + " cannot be used: " + problem);
        return read;
    }

    /// At most as many examples as a run evaluates; none where the configuration names no such
    /// task.
    EncodedTask held_out_task(const EncodedTask& trained) const
    {
        if (config_.held_out_task.empty())
            return {};
        EncodedTask read = task(config_.held_out_task);
        if (const std::string note = held_out_note(trained, read); !note.empty())
            announce(note);
        return evaluated(std::move(read));
    }
    EncodedTask reference_task() const
    {
        return config_.reference_task.empty() ? EncodedTask()
                                              : evaluated(scored_task(config_.reference_task));
    }

    std::vector<PreparedSuite> suites() const
    {
        std::vector<PreparedSuite> read;
        for (const SuiteReference& suite : config_.capabilities) {
            announce("reading the suite " + suite.name);
            read.push_back(prepared_suite(load_suite(suite.name, suite.source), files_, tokenizer_,
                shape_.max_positions, config_.evaluation_items, config_.suite_bos));
            if (!read.back().note().empty())
                announce("suite " + suite.name + ": " + read.back().note());
        }
        return read;
    }

    PreparedTraining training(EncodedTask task, const EncodedTask& held_out = {}) const
    {
        const TaskSize size = size_of(task, held_out);
        require_memory(size);
        announce("loading the model " + config_.model);
        RunConfig planned = config_;
        planned.steps = planned_steps(config_, size).value_or(config_.steps);
        if (planned.warm_up >= planned.steps && planned.steps > 0 && planned.warm_up > 0)
            announce("The warm-up (optimizer.warm_up = " + std::to_string(planned.warm_up)
                + ") covers all of the run's " + std::to_string(planned.steps)
                + " steps: the learning rate reaches optimizer.learning_rate at the end at most.");
        return { std::move(planned), files_, load_transformer(files_, device_, dtype_, spread()),
            ComputationalGraph(shape_.graph_shape(), config_.graph), std::move(task) };
    }

private:
    static const RunConfig& valid(const RunConfig& config)
    {
        validate(config);
        return config;
    }

    EncodedTask evaluated(EncodedTask task) const
    {
        task.examples.resize(
            std::min(task.examples.size(), static_cast<std::size_t>(config_.evaluation_items)));
        return task;
    }

    /// Null where this process has all blocks.
    std::shared_ptr<SpreadBlocks> spread() const
    {
        return shards_blocks(config_, place_.processes)
            ? std::make_shared<SpreadBlocks>(place_.rank, place_.processes)
            : nullptr;
    }

    void require_memory(const TaskSize& size) const
    {
        const std::int64_t free = place_.free ? *place_.free : free_memory(device_);
        const std::int64_t available = free / place_.sharers;
        RunConfig here = config_;
        here.device = device_.is_cuda() ? "cuda" : "cpu";
        const RunEstimate estimate = estimate_run(here, shape_, size, place_.processes);
        const std::string device = device_description(device_);
        switch (memory_fit(estimate, available)) {
        case MemoryFit::fits:
            break;
        case MemoryFit::first_circuit:
            announce(may_grow(estimate.memory.total(), available, device, place_.sharers));
            break;
        case MemoryFit::none: {
            const auto fitting = fitting_run(
                config_, shape_, size, available, device_.is_cuda(), place_.processes);
            throw InputError(
                too_large(estimate.first_memory.total(), available, device, place_.sharers,
                    fitting ? changed_settings(config_, *fitting) : std::vector<std::string>()));
        }
        }
    }

    void announce(const std::string& what) const
    {
        if (announce_)
            announce_(what);
    }

    const RunConfig& config_;
    const Announce& announce_;
    RunPlace place_;
    ModelFiles files_;
    ModelConfig shape_;
    torch::Device device_;
    torch::Dtype dtype_;
    Tokenizer tokenizer_;
};

// `config` as the user gave it: a run that is resumed reads it again.
RunDescription describe(
    const RunConfig& config, const PreparedTraining& training, int processes)
{
    RunDescription description;
    description.name = config.name;
    description.method = method_name(config.method);
    description.configuration = to_json(config);
    description.model = config.model;
    description.model_fingerprint = model_fingerprint(training.files);
    description.software = software_json(training.model.device(), processes);
    description.seed = config.seed;
    description.steps = training.config.steps;
    description.top_n = config.selection.rule == SelectionRule::threshold ? 0 : config.selection.n;
    description.parameters = training.model.weights().count();
    description.shape = training.graph.shape();
    description.graph = training.graph.options();
    return description;
}

} // namespace

TaskSize size_of(const EncodedTask& task, const EncodedTask& held_out)
{
    std::size_t tokens = 1;
    std::size_t targets = 1;
    for (const EncodedExample& example : task.examples)
        tokens = std::max(tokens, example.ids.size());
    for (const EncodedTask* each : { &task, &held_out })
        for (const EncodedExample& example : each->examples)
            targets = std::max(targets, example.targets.size());
    return { static_cast<int>(tokens), static_cast<int>(task.examples.size()),
        static_cast<int>(targets), static_cast<int>(held_out.examples.size()) };
}

PreparedTraining prepare_training(const RunConfig& config, const Announce& announce)
{
    const Preparation preparation(config, announce);
    return preparation.training(preparation.task(config.task));
}

PreparedRun prepare_run(const RunConfig& config, RunObserver& observer, const RunPlace& place)
{
    const Announce announce = [&observer](const std::string& what) { observer.preparing(what); };
    const Preparation preparation(config, announce, place);
    preparation.require_graph();
    EncodedTask task = preparation.scored_task(config.task);
    EncodedTask held_out = preparation.held_out_task(task);
    EncodedTask reference = preparation.reference_task();
    PreparedTraining training = preparation.training(std::move(task), held_out);
    std::vector<PreparedSuite> suites = preparation.suites();
    RunDescription description = describe(config, training, place.processes);
    return { std::move(training), std::move(held_out), std::move(reference), std::move(suites),
        std::move(description) };
}

} // namespace circuitloom
