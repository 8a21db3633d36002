#include "core/run/memory_estimate.h"

#include "core/architecture/model_size.h"
#include "core/run/block_sharding.h"
#include "core/run/held_at_once.h"
#include "core/run/lora_matrices.h"
#include "core/run/recomputation.h"
#include "core/tasks/capability_suite.h"

#include <algorithm>

namespace circuitloom {

namespace {

/// What the tensor library, the database and the encoded tasks hold.
constexpr std::int64_t held_beside = std::int64_t{ 12 } << 20;

/// Bytes of one number.
struct NumberSizes
{
    std::int64_t weight; ///< of weights, activations and their gradients
    std::int64_t exact; ///< of scores, logits and what the optimizer keeps
};

NumberSizes number_sizes(Precision precision)
{
    switch (precision) {
    case Precision::float64:
        return { 8, 8 };
    case Precision::bfloat16:
        return { 2, 4 };
    case Precision::float32:
        break;
    }
    return { 4, 4 };
}

/// The largest of `parts` equal shares.
std::int64_t share(std::int64_t all, std::int64_t parts)
{
    return (all + parts - 1) / parts;
}

std::int64_t entries_outside_blocks(const ModelConfig& model)
{
    return std::int64_t{ model.vocabulary } * model.d_model * (model.tied_unembedding ? 1 : 2);
}

std::int64_t bias_entries(const ModelConfig& model)
{
    std::int64_t entries = 0;
    for (const LayerPart part : { LayerPart::qkv_bias, LayerPart::output_bias,
             LayerPart::mlp_in_bias, LayerPart::mlp_out_bias, LayerPart::attention_norm_bias,
             LayerPart::mlp_norm_bias })
        entries += entry_count(model, ParameterPlace{ 0, part });
    return entries * model.layers + entry_count(model, ModelPart::final_norm_bias)
        + entry_count(model, ModelPart::unembedding_bias);
}

/// The bits that say which entries are open, ever were, and are remembered by the optimizer, in
/// bytes. They are the same ones where the entries are chosen once.
std::int64_t bits_of_entries(const RunConfig& config, std::int64_t entries)
{
    if (tuning_method_info(config.method).part != TunedPart::entries)
        return 0;
    return entries / 8 * (config.method == TuningMethod::gradient_redrawn ? 3 : 1);
}

/// Bytes that an evaluation holds beside the weights, on texts of `length` tokens and, of suites
/// that are texts, on windows of the model's context.
std::int64_t evaluation_bytes(const RunConfig& config, const ModelConfig& model,
    std::int64_t length, std::int64_t targets, const NumberSizes& number)
{
    if (config.evaluate_every == 0)
        return 0;
    const auto pass = [&](std::int64_t tokens, std::int64_t positions, std::int64_t rows) {
        // Logits and what becomes of them.
        const std::int64_t logits = std::min(rows * model.vocabulary, logits_at_once);
        return tokens * passed_per_token(model, positions) * number.weight
            + 2 * logits * number.exact;
    };
    std::int64_t most = 0;
    if (!config.held_out_task.empty())
        most = pass(evaluated_at_once * length, length, evaluated_at_once * targets);
    for (const SuiteReference& suite : config.capabilities) {
        const bool text = is_text_suite(suite.source);
        const std::int64_t positions = text ? model.max_positions : length;
        const std::int64_t tokens = std::max(suite_tokens_at_once, positions);
        most = std::max(most, pass(tokens, positions, tokens));
    }
    return most;
}

/// Examples that a discovery passes at a time.
std::int64_t scored_at_once(
    const RunConfig& config, const ModelConfig& model, std::int64_t examples)
{
    return config.recompute_blocks ? examples_scored_anew(model, examples) : examples;
}

/// Numbers that the passes keep for their backward passes, of `examples` of `length` tokens each.
std::int64_t activation_numbers(const RunConfig& config, const ModelConfig& model,
    std::int64_t length, std::int64_t examples, std::int64_t scored_at_once)
{
    const std::int64_t scoring = scored_at_once * length * kept_per_token(model, length);
    if (!config.recompute_blocks)
        return scoring;
    // In the main memory, where the processor's own passes are too.
    const bool elsewhere = config.offload_inputs && config.device != "cpu";
    const std::int64_t inputs = elsewhere ? 0 : kept_inputs_per_token(model);
    return std::max(
        scoring, examples * length * (inputs + recomputed_per_token(model, length)));
}

/// The gradients at what the readers read, of all `tokens`; the sums over the `scored` ones of them,
/// what a stretch of these holds, and the weights that readers read through.
std::int64_t discovery_bytes(const ModelConfig& model, const ComputationalGraph& graph,
    std::int64_t tokens, std::int64_t scored, const NumberSizes& number, bool sharded)
{
    const std::int64_t width = model.d_model;
    const std::int64_t sums
        = std::int64_t{ graph.downstream_count() } * (graph.upstream_count() + width);
    const std::int64_t heads = model.heads + 2 * std::int64_t{ model.kv_heads };
    const std::int64_t gates = model.gated_mlp ? 2 : 1;
    const std::int64_t row = scoring_row(model, graph);
    const std::int64_t rows
        = std::min(scored, rows_at_once(model, graph, default_scoring_memory, number.exact));
    std::int64_t copies = read_through_entries(model, graph.options()) * number.exact;
    if (copies > kept_read_through || sharded)
        copies /= model.layers;
    const std::int64_t gradients = tokens * model.layers
        * (heads * model.head_dim
            + (graph.options().mlp_group_size == 0 ? width : gates * std::int64_t{ model.mlp_width }));
    return gradients * number.weight + (sums + rows * row) * number.exact + copies;
}

/// Bytes of the log-probabilities that the metric kl compares with: of a batch's targets, twice as
/// they are formed, and of the held-out task's, which are kept. Both are dealt out among so many
/// processes, the latter batch by batch.
std::int64_t reference_bytes(const RunConfig& config, const ModelConfig& model,
    const TaskSize& task, std::int64_t targets, const NumberSizes& number, int processes)
{
    if (config.discovery.metric != MetricKind::kl)
        return 0;
    const std::int64_t held_out = config.held_out_task.empty() ? 0
        : task.held_out > 0 ? std::min(task.held_out, config.evaluation_items)
                            : config.evaluation_items;
    const std::int64_t batches = share(held_out, evaluated_at_once);
    const std::int64_t kept = std::min(held_out, share(batches, processes) * evaluated_at_once);
    return (2 * share(config.batch, processes) + kept) * targets * model.vocabulary * number.exact;
}

} // namespace

std::int64_t MemoryParts::total() const
{
    std::int64_t sum = 0;
    for (const NamedMemory& part : named(*this))
        sum += part.bytes;
    return sum;
}

std::vector<NamedMemory> named(const MemoryParts& memory)
{
    return { { "weights", memory.weights }, { "untouched weights", memory.untouched },
        { "float32 weights", memory.masters }, { "optimizer", memory.optimizer },
        { "gradients", memory.gradients }, { "activations", memory.activations },
        { "logits", memory.logits }, { "discovery", memory.discovery },
        { "evaluation", memory.evaluation }, { "rest", memory.rest } };
}

MemoryParts times(const MemoryParts& memory, int count)
{
    return { memory.weights * count, memory.untouched * count, memory.masters * count,
        memory.optimizer * count, memory.gradients * count, memory.activations * count,
        memory.logits * count, memory.discovery * count, memory.evaluation * count,
        memory.rest * count };
}

MemoryParts estimate_memory(const RunConfig& config, const ModelConfig& model,
    const ComputationalGraph& graph, const TaskSize& task, double opened, int processes)
{
    const NumberSizes number = number_sizes(config.dtype);
    const std::int64_t parameters = parameter_count(model);
    const std::int64_t table = std::int64_t{ model.vocabulary } * model.d_model;
    const std::int64_t known = task.longest > 0 ? task.longest : config.max_tokens;
    const std::int64_t length
        = std::min<std::int64_t>({ known, config.max_tokens, model.max_positions });
    const std::int64_t examples = share(config.batch, processes);
    const std::int64_t tokens = length * examples;
    const std::int64_t targets = std::max(1, task.targets);

    const TunedPart part = tuning_method_info(config.method).part;
    const std::int64_t changed = changed_entries(config, model, opened);
    const bool whole_tables = part == TunedPart::everything
        || ((part == TunedPart::circuit || part == TunedPart::entries)
            && (config.train_embeddings || config.train_unembedding));
    MemoryParts memory;
    const bool sharded = shards_blocks(config, processes);
    const std::int64_t held = held_parameters(
        config, model, parameters, entries_outside_blocks(model), processes);
    memory.weights = held * number.weight;
    if (part == TunedPart::adapters)
        memory.untouched += (parameters - entries_outside_blocks(model)) * number.weight;
    if (config.discovery.metric == MetricKind::kl)
        memory.untouched += memory.weights;
    if (config.dtype == Precision::bfloat16 || sharded)
        memory.masters = changed * number.exact;
    memory.optimizer = changed * number.exact * (config.optimizer == OptimizerKind::adamw ? 2 : 1);
    const std::int64_t in_blocks = parameters - entries_outside_blocks(model);
    memory.optimizer += bits_of_entries(config, in_blocks);
    if (part == TunedPart::entries && config.optimizer == OptimizerKind::adamw)
        memory.optimizer += changed * number.exact; // counts of each one's steps
    // The gradient of a tied embedding is two until they are added.
    // Where gradients choose the entries, those of all are there until they have.
    const bool all_first = tuning_method_info(config.method).calibrates
        || config.method == TuningMethod::gradient_redrawn;
    memory.gradients = ((all_first ? std::max(changed, in_blocks) : changed)
                           + (whole_tables ? table : 0))
        * number.weight;
    // The sum of the batches before stands beside those of one; later what is added up over all
    // processes is copied, and rounded to bfloat16 afterwards.
    const std::int64_t accumulated = config.accumulate > 1 ? number.weight : 0;
    const std::int64_t exchanged = processes == 1 ? 0
        : number.exact + (config.dtype == Precision::bfloat16 ? number.weight : 0);
    memory.gradients += changed * std::max(accumulated, exchanged);
    const std::int64_t in_a_pass = scored_at_once(config, model, examples);
    memory.activations
        = activation_numbers(config, model, length, examples, in_a_pass) * number.weight;
    const std::int64_t passed = length * in_a_pass;
    const std::int64_t scored = config.discovery.positions == ScoredPositions::all
        ? passed
        : std::min(passed, in_a_pass * targets);
    // A discovery comes before the gradients, and the loss keeps its log-probabilities meanwhile
    // unless it is summed in parts. The backward pass is through with the logits before the weights'
    // gradients take their room.
    const std::int64_t discovery = discovery_bytes(model, graph, passed, scored, number, sharded);
    memory.discovery = std::max<std::int64_t>(0, discovery - memory.gradients);
    const std::int64_t logits
        = std::min(tokens * model.vocabulary, logits_at_once) * number.exact;
    const std::int64_t scored_logits = passed * model.vocabulary;
    const std::int64_t kept = scored_logits <= logits_at_once ? scored_logits * number.exact : 0;
    memory.logits = reference_bytes(config, model, task, targets, number, processes)
        + std::max({ 3 * logits, discovery + kept, memory.gradients })
        - memory.gradients - memory.discovery;
    const std::int64_t step
        = memory.gradients + memory.activations + memory.logits + memory.discovery;
    memory.evaluation
        = std::max<std::int64_t>(0, evaluation_bytes(config, model, length, targets, number) - step);
    memory.rest = held_beside;
    return memory;
}

std::int64_t bytes_of_weight(Precision precision)
{
    return number_sizes(precision).weight;
}

std::int64_t changed_entries(const RunConfig& config, const ModelConfig& model, double opened)
{
    switch (tuning_method_info(config.method).part) {
    case TunedPart::everything:
        return parameter_count(model);
    case TunedPart::adapters:
        return config.lora_rank * lora_entries_per_rank(model, lora_targets(config.lora_targets));
    case TunedPart::biases:
        return bias_entries(model);
    case TunedPart::entries:
        if (config.method != TuningMethod::gradient_redrawn)
            opened = config.mask_share;
        break;
    case TunedPart::circuit:
        break;
    }
    const auto blocks = static_cast<double>(parameter_count(model) - entries_outside_blocks(model));
    const std::int64_t table = std::int64_t{ model.vocabulary } * model.d_model;
    const int both = (config.train_embeddings ? 1 : 0) + (config.train_unembedding ? 1 : 0);
    return static_cast<std::int64_t>(blocks * std::clamp(opened, 0.0, 1.0))
        + table * (model.tied_unembedding ? std::min(1, both) : both);
}

} // namespace circuitloom
