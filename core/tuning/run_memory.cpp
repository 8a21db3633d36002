#include "core/tuning/run_memory.h"

#include "core/base/error.h"
#include "core/discovery/memory.h"
#include "core/model/weight_layout.h"
#include "core/tuning/lora.h"

#include <algorithm>
#include <cstdio>
#include <string>

namespace circuitloom {

namespace {

std::int64_t entries_of(const ModelConfig& model)
{
    std::int64_t entries = 0;
    for (const StoredTensor& stored : stored_tensors(model)) {
        std::int64_t size = 1;
        for (const std::int64_t length : stored_shape(model, stored))
            size *= length;
        entries += size;
    }
    return entries;
}

std::string gigabytes(std::int64_t bytes)
{
    char text[32];
    std::snprintf(text, sizeof text, "%.1f GB", static_cast<double>(bytes) / 1e9);
    return text;
}

} // namespace

RunMemory run_memory(const RunConfig& config, const ModelConfig& model,
    const ComputationalGraph& graph, torch::Device device, std::int64_t positions)
{
    const std::int64_t element = config.dtype == Precision::float64 ? 8
        : config.dtype == Precision::bfloat16                       ? 2
                                                                    : 4;
    const std::int64_t all = entries_of(model);
    const std::int64_t embedding = std::int64_t{ model.vocabulary } * model.d_model;
    const std::int64_t outside = embedding * (model.tied_unembedding ? 1 : 2);
    const std::int64_t blocks = std::max<std::int64_t>(0, all - outside);
    std::int64_t tuned = config.method == TuningMethod::full ? all : blocks;
    RunMemory needed;
    needed.weights = all * element;
    if (config.method == TuningMethod::lora) {
        tuned = config.lora_rank
            * LoraAdapter::entries_per_rank(model, lora_targets(config.lora_targets));
        needed.weights += (blocks + tuned) * element;
    }
    if (config.discovery.metric == MetricKind::kl)
        needed.weights += all * element;
    needed.gradients = tuned * element;
    needed.optimizer = tuned * element * (config.optimizer == OptimizerKind::adamw ? 2 : 1);

    // Logits, their logarithms and the gradient of either.
    const std::int64_t tokens = std::int64_t{ config.batch } * positions;
    const std::int64_t logits = 3 * tokens * model.vocabulary * element;
    DiscoveryMemory division = divide_memory(model, device, 0, config.batch, positions, element);
    division.batch = config.batch;
    needed.passes
        = predicted_memory(model, graph, division, positions, config.batch, element) + logits;
    return needed;
}

void require_memory(const RunMemory& needed, std::int64_t available, const std::string& device)
{
    if (available == 0 || needed.total() <= available) // 0: the system does not tell
        return;
    throw InputError("This run needs about " + gigabytes(needed.total()) + " (weights "
        + gigabytes(needed.weights) + ", gradients " + gigabytes(needed.gradients) + ", optimizer "
        + gigabytes(needed.optimizer) + ", passes " + gigabytes(needed.passes) + "), but " + device
        + " has " + gigabytes(available)
        + " free. Lower run.batch or task.max_tokens (run.accumulate makes up for a smaller "
          "batch), or choose a smaller model.");
}

} // namespace circuitloom
