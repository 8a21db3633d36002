#include "core/tuning/benchmark.h"

#include "core/base/error.h"
#include "core/evaluation/task_metric.h"
#include "core/model/checkpoint.h"
#include "core/model/device.h"
#include "core/tasks/encoded_task.h"
#include "core/tasks/task.h"
#include "core/tokenizer/model_tokenizer.h"
#include "core/tuning/data_order.h"
#include "core/tuning/tuner.h"

#include <torch/autograd.h>
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
        , optimizer_(model.weights(), { config.momentum, config.weight_decay })
        , everything_(ParameterMask::everything(model.weights()))
    {
        model.set_requires_grad(true);
    }

    void step(const ScoredBatch& batch)
    {
        const auto loss = next_token_loss(model_, model_.hidden(batch.ids), batch);
        torch::autograd::variable_list all;
        for (auto* tensor : model_.weights().all())
            all.push_back(*tensor);
        const auto gradients = torch::autograd::grad({ loss }, all, {}, /*retain_graph=*/false,
            /*create_graph=*/false, /*allow_unused=*/true);
        optimizer_.step(model_.weights(), everything_, gradients, config_.learning_rate);
    }

private:
    Transformer& model_;
    const RunConfig& config_;
    MaskedSgd optimizer_;
    ParameterMask everything_;
};

} // namespace

StepTimes time_steps(const RunConfig& config, int pairs, int warm_up)
{
    const ModelFiles files = open_model_files(config.model);
    const auto device = pick_device(config.device);
    const auto dtype = compute_type(config.dtype, device);
    Transformer tuned = load_transformer(files, device, dtype);
    Transformer plain = load_transformer(files, device, dtype);
    const ComputationalGraph graph(tuned.config().graph_shape(), config.graph);
    const Tokenizer tokenizer = tokenizer_of(files);
    const EncodedTask task = encode_task(load_task(config.task), tokenizer,
        std::min(config.max_tokens, tuned.config().max_positions));
    if (task.examples.empty())
        throw InputError(
            "The task " + config.task + " has no example this model can be scored on.");

    Tuner tuner(tuned, graph, config);
    PlainTuner plain_tuner(plain, config);
    DataOrder order(task.examples.size(), config.seed);
    std::vector<double> tuning_times, plain_times, ratios;
    for (int pair = 0; pair < pairs + warm_up; ++pair) {
        std::vector<const EncodedExample*> examples;
        for (const std::size_t index : order.next(static_cast<std::size_t>(config.batch)))
            examples.push_back(&task.examples[index]);
        const ScoredBatch batch = make_batch(examples, device, dtype);
        const double tuning = milliseconds(device, [&] { tuner.step(batch, 1); });
        const double ordinary = milliseconds(device, [&] { plain_tuner.step(batch); });
        if (pair < warm_up)
            continue;
        tuning_times.push_back(tuning);
        plain_times.push_back(ordinary);
        ratios.push_back(tuning / ordinary);
    }
    return { median(tuning_times), median(plain_times), median(ratios), pairs };
}

} // namespace circuitloom
