#include "core/tuning/benchmark.h"

#include "core/discovery/edge_discovery.h"
#include "core/evaluation/task_metric.h"
#include "core/model/checkpoint.h"
#include "core/model/device.h"
#include "core/model/generation.h"
#include "core/tasks/encoded_task.h"
#include "core/tokenizer/model_tokenizer.h"
#include "core/tuning/data_order.h"
#include "core/tuning/masked_sgd.h"
#include "core/tuning/slice_gradients.h"
#include "core/tuning/tuner.h"

#include <torch/cuda.h>

#include <algorithm>
#include <chrono>

namespace circuitloom {

namespace {

double median(std::vector<double> values)
{
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

// A GPU works on after a call returns; its time counts too.
template <class Work>
double milliseconds(torch::Device device, const Work& work)
{
    if (device.is_cuda())
        torch::cuda::synchronize();
    const auto before = std::chrono::steady_clock::now();
    work();
    if (device.is_cuda())
        torch::cuda::synchronize();
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - before)
        .count();
}

// Full fine-tuning as it is written without circuits: forward, loss, backward, update.
class PlainTuner
{
public:
    PlainTuner(Transformer& model, const RunConfig& config)
        : model_(model)
        , config_(config)
        , optimizer_({ config.momentum, config.weight_decay })
        , everything_(ParameterMask::everything(model.weights()))
    {
        model.set_requires_grad(true);
    }

    void step(const ScoredBatch& batch)
    {
        const auto loss = next_token_loss(model_, model_.hidden(batch.ids), batch);
        optimizer_.step(model_.weights().all(), everything_,
            slice_gradients(loss, {}, everything_, model_.weights()), config_.learning_rate);
    }

private:
    Transformer& model_;
    const RunConfig& config_;
    MaskedSgd optimizer_;
    ParameterMask everything_;
};

} // namespace

StepTimes time_steps(const RunConfig& config, int rounds, int warm_up)
{
    const ModelFiles files = open_model_files(config.model);
    const auto device = pick_device(config.device);
    const auto dtype = compute_type(config.dtype, device);
    Transformer tuned = load_transformer(files, device, dtype);
    Transformer plain = load_transformer(files, device, dtype);
    const ComputationalGraph graph(tuned.config().graph_shape(), config.graph);
    const Tokenizer tokenizer = tokenizer_of(files);
    const EncodedTask task = load_encoded_task(
        config.task, tokenizer, std::min(config.max_tokens, tuned.config().max_positions));

    RunConfig tuning = config;
    tuning.discover_every = 8; // step 1 discovers, step 2 follows
    Tuner tuner(tuned, graph, tuning);
    PlainTuner plain_tuner(plain, config);
    DataOrder order(task.examples.size(), config.seed);
    DiscoveryPlan everywhere;
    everywhere.options.positions = ScoredPositions::all;
    everywhere.batch = config.batch;
    StepTimes times;
    times.rounds = rounds;
    times.edges = static_cast<std::int64_t>(graph.edges().size());
    std::vector<double> plain_times, discovering, following, every, eighth, discovery;
    for (int round = 0; round < rounds + warm_up; ++round) {
        std::vector<EncodedExample> examples;
        for (const std::size_t index : order.next(static_cast<std::size_t>(config.batch)))
            examples.push_back(task.examples[index]);
        std::vector<const EncodedExample*> pointers;
        for (const EncodedExample& example : examples)
            pointers.push_back(&example);
        const ScoredBatch batch = make_batch(pointers, device, dtype);
        StepOutcome outcome;
        const double ordinary = milliseconds(device, [&] { plain_tuner.step(batch); });
        const double first = milliseconds(device, [&] { outcome = tuner.step(batch, 1); });
        const double next = milliseconds(device, [&] { tuner.step(batch, 2); });
        const double scoring
            = milliseconds(device, [&] { discover_edges(tuned, graph, examples, everywhere); });
        if (round < warm_up)
            continue;
        plain_times.push_back(ordinary);
        discovering.push_back(first);
        following.push_back(next);
        every.push_back(first / ordinary);
        eighth.push_back((first + 7 * next) / 8 / ordinary);
        discovery.push_back(scoring);
        times.tunable_share += static_cast<double>(outcome.discovery->tunable_count)
            / static_cast<double>(tuned.weights().count()) / rounds;
        times.tokens = batch.mask.sum().item<std::int64_t>();
    }
    times.plain_ms = median(plain_times);
    times.discovering_ms = median(discovering);
    times.following_ms = median(following);
    times.every_step = median(every);
    times.every_eighth_step = median(eighth);
    times.discovery_ms = median(discovery);
    return times;
}

GenerationTimes time_generation(const RunConfig& config, int tokens, int rounds, int warm_up)
{
    const ModelFiles files = open_model_files(config.model);
    const auto device = pick_device(config.device);
    const Transformer model = load_transformer(files, device, compute_type(config.dtype, device));
    const Tokenizer tokenizer = tokenizer_of(files);
    const EncodedTask task = load_encoded_task(
        config.task, tokenizer, std::min(config.max_tokens, model.config().max_positions));
    GenerationTimes times;
    std::vector<std::vector<std::int32_t>> prompts;
    for (const EncodedExample& example : task.examples) {
        if (std::ssize(prompts) == config.batch)
            break;
        const auto half = std::max<std::ptrdiff_t>(std::ssize(example.ids) / 2, 1);
        prompts.emplace_back(example.ids.begin(), example.ids.begin() + half);
        times.prompt_tokens += half;
    }
    GenerationOptions options;
    options.tokens = tokens;
    options.batch = config.batch;
    std::vector<double> seconds;
    for (int round = 0; round < rounds + warm_up; ++round) {
        std::vector<GeneratedText> made;
        const double spent = milliseconds(device, [&] { made = generate(model, prompts, options); });
        times.tokens = 0;
        for (const GeneratedText& text : made)
            times.tokens += std::ssize(text.ids);
        if (round >= warm_up)
            seconds.push_back(spent / 1e3);
    }
    times.seconds = median(seconds);
    times.tokens_per_second = static_cast<double>(times.tokens) / times.seconds;
    return times;
}

} // namespace circuitloom
