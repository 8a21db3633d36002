#include "core/run/run_options.h"

#include "core/base/error.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>

namespace circuitloom {

namespace {

constexpr std::string_view kind_names[] = { "full", "paper" };

constexpr int many = 10'000'000;
constexpr int most_edges = 1 << 27;
// TOML's whole numbers are signed.
constexpr auto largest_seed = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());

template <class Enumeration>
Choice choice(Enumeration& value, std::span<const std::string_view> names)
{
    return { names, [&value] { return static_cast<std::size_t>(value); },
        [&value](std::size_t index) { value = static_cast<Enumeration>(index); } };
}

/// The rows of a table of methods that a setting may name.
template <class Row>
struct Choosable
{
    template <std::size_t count, class Useful>
    Choosable(const std::array<Row, count>& table, const Useful& useful)
    {
        for (const Row& row : table)
            if (useful(row)) {
                rows.push_back(&row);
                names.push_back(row.name);
                words.push_back({ row.title, row.help });
            }
    }

    std::vector<const Row*> rows;
    std::vector<std::string_view> names;
    std::vector<ChoiceWords> words;
};

template <class Row, class Enumeration>
Choice choice(Enumeration& value, const Choosable<Row>& choosable)
{
    const auto get = [&value, &choosable] {
        const auto found = std::ranges::find(choosable.rows, value, &Row::method);
        if (found == choosable.rows.end())
            throw InputError("A run cannot use the method that its configuration names; it must be "
                + alternatives(choosable.names) + ".");
        return static_cast<std::size_t>(found - choosable.rows.begin());
    };
    return { choosable.names, get,
        [&value, &choosable](std::size_t index) { value = choosable.rows[index]->method; },
        choosable.words };
}

const Choosable<AttributionInfo>& tuning_attributions()
{
    static const Choosable<AttributionInfo> choosable(attribution_methods,
        [](const AttributionInfo& info) { return info.not_for_tuning.empty(); });
    return choosable;
}

const Choosable<TuningMethodInfo>& choosable_methods()
{
    static const Choosable<TuningMethodInfo> choosable(
        tuning_methods, [](const TuningMethodInfo&) { return true; });
    return choosable;
}

template <class Number>
std::string number_text(Number number)
{
    char text[32];
    const auto result = std::to_chars(text, text + sizeof text, number);
    return { text, result.ptr };
}

struct ValueText
{
    std::string operator()(const std::string* value) const { return *value; }
    std::string operator()(const bool* value) const { return *value ? "true" : "false"; }
    std::string operator()(const Choice& choice) const
    {
        return std::string(choice.names[choice.get()]);
    }
    template <class Number>
    std::string operator()(const Bounded<Number>& bounded) const
    {
        return number_text(*bounded.value);
    }
};

struct AllowedValues
{
    std::string operator()(const std::string*) const { return "a text"; }
    std::string operator()(const bool*) const { return "true or false"; }
    std::string operator()(const Choice& choice) const { return alternatives(choice.names); }
    std::string operator()(const Bounded<double>& bounded) const
    {
        return range("a number", bounded);
    }
    template <class Number>
    std::string operator()(const Bounded<Number>& bounded) const
    {
        return range("a whole number", bounded);
    }

    template <class Number>
    static std::string range(const char* kind, const Bounded<Number>& bounded)
    {
        return std::string(kind) + " from " + number_text(bounded.least) + " to "
            + number_text(bounded.most);
    }
};

} // namespace

std::string RunOption::name() const
{
    return section.empty() ? std::string(key) : std::string(section) + "." + std::string(key);
}

std::string RunOption::text() const
{
    return std::visit(ValueText{}, value);
}

std::string RunOption::allowed() const
{
    return std::visit(AllowedValues{}, value);
}

std::string_view current_name(std::string_view name)
{
    return name == "optimizer.metric_penalty" ? "objective.metric_penalty" : name;
}

std::vector<RunOption> options_of(RunConfig& c)
{
    return {
        { "", "name", "What the run is called in lists and legends.", &c.name },
        { "", "description", "A sentence about what the run is for.", &c.description },
        { "", "model",
            "demo, a model's directory, a GGUF file, or the id of a model in the "
            "Hugging Face cache.",
            &c.model },
        { "", "seed",
            "Everything random follows from it: the same seed on the same machine gives "
            "the same run.",
            Bounded<std::uint64_t>{ &c.seed, 0, largest_seed } },
        { "", "device", "Where to compute: auto (a GPU where there is one), cpu, cuda or cuda:N.",
            &c.device },
        { "", "dtype",
            "The type of the weights; float32 suits most, bfloat16 halves the "
            "memory, float64 is exact and slow.",
            choice(c.dtype, precision_names) },
        { "task", "train",
            "The task to learn: a task file, a ready-made task or one of the demo's.", &c.task },
        { "task", "held_out",
            "Examples that are never trained on; how often the target is preferred to its "
            "alternative, how often it is the likeliest token of all, and the metric are "
            "evaluated on them. May be empty.",
            &c.held_out_task },
        { "task", "reference",
            "A task whose circuit in the untouched model is scored once and kept "
            "to compare with, such as the opposite of the one learnt. May be "
            "empty.",
            &c.reference_task },
        { "task", "max_tokens", "Longer examples are cut to so many tokens.",
            Bounded<int>{ &c.max_tokens, 2, 1 << 20 } },
        { "task", "strict",
            "Refuses tasks with targets that look like mistakes, as where only one of "
            "the two answers begins with a space.",
            &c.strict },
        { "graph", "kind",
            "full has every node; paper leaves out input and logits, as the paper's "
            "experiments do.",
            choice(c.graph.kind, kind_names) },
        { "graph", "mlp_group_size",
            "Neurons to an MLP node; 0 makes each MLP one node, of which an "
            "edge then opens two thirds of a layer.",
            Bounded<int>{ &c.graph.mlp_group_size, 0, 1 << 20 } },
        { "circuit", "method", "What may change in a step.",
            choice(c.method, choosable_methods()) },
        { "circuit", "discover_every",
            "Optimizer steps from one discovery of the circuit to the "
            "next.",
            Bounded<int>{ &c.discover_every, 1, many } },
        { "circuit", "attribution", "How edges are scored.",
            choice(c.discovery.method, tuning_attributions()) },
        { "circuit", "metric",
            "What the scores explain: logit-diff and prob-diff compare target "
            "and alternative, log-prob takes the target alone, kl the distance "
            "from the untouched model.",
            choice(c.discovery.metric, metric_names) },
        { "circuit", "baseline",
            "What an edge is compared with: the mean over the batch, zero, or "
            "the paired corrupted prompt.",
            choice(c.discovery.baseline, baseline_names) },
        { "circuit", "positions",
            "Where edges are scored: at the positions that predict a target, "
            "or at all.",
            choice(c.discovery.positions, position_names) },
        { "circuit", "integration_steps", "Points that eap-ig takes its mean over.",
            Bounded<int>{ &c.discovery.integration_steps, 1, 1000 } },
        { "circuit", "integration_path",
            "What eap-ig moves from the baseline to the input: inputs moves the embedding, as "
            "EAP-IG-inputs; activations what each layer's heads, MLP and the embedding write, one "
            "after another, as EAP-IG-activations; outputs does so too and scores in each pass "
            "only the edges out of what moves.",
            choice(c.discovery.path, integration_path_names) },
        { "circuit", "integration_points",
            "Which points k/m of the way eap-ig takes: left is k = 0 to m-1, right is k = 1 to m; "
            "eap-ig is left with the path inputs and right with the others, as EAP-IG has it.",
            choice(c.discovery.points, integration_point_names) },
        { "circuit", "score_on",
            "What edges are scored on: batch is the step's own examples, as in the paper; probe is "
            "the same examples at every iteration, so that what changes is the model alone, and "
            "needs passes of its own.",
            choice(c.score_on, scored_on_names) },
        { "circuit", "probe_examples",
            "How many examples of the task the probe has, drawn once with the seed.",
            Bounded<int>{ &c.probe_examples, 1, many } },
        { "circuit", "resamples",
            "Bootstrap resamples of the scored examples at each discovery, which say how sure each "
            "edge of the circuit is; 200 is usual, 0 for none.",
            Bounded<int>{ &c.resamples, 0, 10'000 } },
        { "circuit", "smoothing_beta1",
            "Above 0, edges are ranked by scores smoothed over the "
            "discoveries; near 1 is smoother.",
            Bounded<double>{ &c.smoothing_beta1, 0, 0.9999 } },
        { "circuit", "smoothing_beta2",
            "How smooth the scores' uncertainty is, which the ranking "
            "multiplies with.",
            Bounded<double>{ &c.smoothing_beta2, 0, 0.9999 } },
        { "circuit", "rule",
            "How the circuit is chosen: the strongest top_n edges, all over a "
            "threshold, or the best edges of the best nodes.",
            choice(c.selection.rule, selection_rule_names) },
        { "circuit", "top_n", "N, the edges in a circuit.",
            Bounded<int>{ &c.selection.n, 1, most_edges } },
        { "circuit", "top_n_schedule",
            "How N goes from top_n_start to top_n; constant is top_n "
            "from the first discovery on.",
            choice(c.top_n_schedule, schedule_names) },
        { "circuit", "top_n_start", "N at the first discovery, where it has a schedule.",
            Bounded<int>{ &c.top_n_start, 1, most_edges } },
        { "circuit", "top_n_iterations",
            "Discoveries until N has reached top_n, where it has a "
            "schedule.",
            Bounded<int>{ &c.top_n_iterations, 1, many } },
        { "circuit", "threshold", "The least strength of an edge, for the rule threshold.",
            Bounded<double>{ &c.selection.threshold, -1e9, 1e9 } },
        { "circuit", "by_signed_score",
            "Rank by the score itself, so that edges which lower the "
            "metric come last, instead of by its size.",
            &c.selection.by_signed_score },
        { "circuit", "cross_layer", "Whether edges may run from one layer to another.",
            &c.selection.cross_layer },
        { "circuit", "prune_dead", "Drop edges that no path from input to logits uses.",
            &c.selection.prune_dead },
        { "circuit", "train_layer0_qkv",
            "In the paper's graph, let the first layer's q, k and v "
            "train always: no edge reaches them.",
            &c.train_layer0_qkv },
        { "circuit", "train_norms", "Let the norms train as well.", &c.train_norms },
        { "circuit", "train_embeddings", "Let the token and position embeddings train as well.",
            &c.train_embeddings },
        { "circuit", "train_unembedding",
            "Let the unembedding train as well; in a model that ties "
            "it, this is the token embedding.",
            &c.train_unembedding },
        { "circuit", "random_ratio",
            "A control: this share of the nodes outside the first circuit, "
            "drawn once, may train too.",
            Bounded<double>{ &c.random_ratio, 0, 1 } },
        { "mask", "share",
            "Which share of the entries of the blocks' matrices trains, for the methods that "
            "choose single entries.",
            Bounded<double>{ &c.mask_share, 1e-9, 1 } },
        { "mask", "examples",
            "How many examples of the task, drawn with the seed, decide which entries those are, "
            "for the methods gradient, fisher, snip and taylor.",
            Bounded<int>{ &c.mask_examples, 1, many } },
        { "lora", "rank", "The rank of each addition, for the method lora.",
            Bounded<int>{ &c.lora_rank, 1, 65536 } },
        { "lora", "alpha", "The additions count alpha / rank times.",
            Bounded<double>{ &c.lora_alpha, 1e-6, 1e6 } },
        { "lora", "targets", "Which matrices get an addition: any of q,k,v,o,mlp.",
            &c.lora_targets },
        { "lora", "learning_rate",
            "The learning rate of the method lora, which usually needs a larger one; 0 takes "
            "optimizer.learning_rate.",
            Bounded<double>{ &c.lora_learning_rate, 0, 100 } },
        { "objective", "loss",
            "standard learns the whole text, weighted gives each target token "
            "the weight 1/p, target-only learns the target tokens alone.",
            choice(c.loss, loss_names) },
        { "objective", "metric_penalty",
            "The weight of the metric's size in the loss; it drives a "
            "preference to zero, as de-biasing wants.",
            Bounded<double>{ &c.metric_penalty, 0, 1e6 } },
        { "optimizer", "kind", "sgd with momentum, as in the paper, or adamw.",
            choice(c.optimizer, optimizer_names) },
        { "optimizer", "learning_rate", "The step size after the warm-up.",
            Bounded<double>{ &c.learning_rate, 0, 100 } },
        { "optimizer", "momentum", "How much of its last update sgd keeps.",
            Bounded<double>{ &c.momentum, 0, 0.9999 } },
        { "optimizer", "beta1", "How slowly adamw's mean gradient changes.",
            Bounded<double>{ &c.beta1, 0, 0.9999 } },
        { "optimizer", "beta2", "How slowly adamw's mean squared gradient changes.",
            Bounded<double>{ &c.beta2, 0, 0.999999 } },
        { "optimizer", "epsilon", "What adamw adds to its divisor.",
            Bounded<double>{ &c.epsilon, 1e-16, 1 } },
        { "optimizer", "weight_decay", "How strongly what trains is drawn to zero.",
            Bounded<double>{ &c.weight_decay, 0, 10 } },
        { "optimizer", "clip_norm",
            "A gradient longer than this is shortened to it; 0 clips "
            "nothing.",
            Bounded<double>{ &c.clip_norm, 0, 1e9 } },
        { "optimizer", "warm_up", "Steps over which the learning rate rises from 0.",
            Bounded<int>{ &c.warm_up, 0, many } },
        { "optimizer", "schedule",
            "What the learning rate does after the warm-up: stay, or fall to "
            "0 in a line or half a cosine.",
            choice(c.rate_schedule, schedule_names) },
        { "run", "steps", "Optimizer steps; where run.epochs is above 0, that counts instead.",
            Bounded<int>{ &c.steps, 1, many } },
        { "run", "epochs", "How often every example is seen; 0 lets run.steps count.",
            Bounded<int>{ &c.epochs, 0, 10000 } },
        { "run", "batch", "Examples computed at a time.", Bounded<int>{ &c.batch, 1, 65536 } },
        { "run", "accumulate",
            "Batches whose gradients make one optimizer step: as a batch so many "
            "times as large, in the memory of one.",
            Bounded<int>{ &c.accumulate, 1, most_accumulated } },
        { "run", "recompute_blocks",
            "Keep only the input of each block for the backward pass and compute the block anew "
            "there: the activations of one block at a time, for one more forward pass. Weights and "
            "circuits stay the same but for rounding, since edges are scored in smaller batches.",
            &c.recompute_blocks },
        { "run", "offload_inputs",
            "With run.recompute_blocks: these inputs wait in the main memory, not on the card.",
            &c.offload_inputs },
        { "run", "shard_blocks",
            "With run.recompute_blocks, in a run of several processes: each keeps the weights of "
            "its part of the blocks alone, and the others get a block from it while they pass it. "
            "For models that do not fit one card.",
            &c.shard_blocks },
        { "run", "evaluate_every", "Steps between evaluations; 0 for none.",
            Bounded<int>{ &c.evaluate_every, 0, many } },
        { "run", "evaluation_items", "At most so many items of each suite are evaluated.",
            Bounded<int>{ &c.evaluation_items, 1, many } },
        { "run", "mark_accuracy",
            "The share of held-out targets preferred to their alternative that earns a mark on the "
            "timeline.",
            Bounded<double>{ &c.mark_accuracy, 0, 1 } },
        { "suite", "bos",
            "What stands before the suites' texts: auto puts the BOS token (else EOS) before a "
            "choice without a prompt and before a text, as lm-evaluation-harness does; always, "
            "before all; never, no special token, so that a first token is not scored.",
            choice(c.suite_bos, bos_rule_names) },
        { "stop", "measure",
            "End the run early by this, as evaluated: task.accuracy, task.exact-token, "
            "task.logit-diff, task. and the name of circuit.metric, as in task.kl, or a "
            "capability's name with .accuracy or .perplexity. Empty for never.",
            &c.stop_measure },
        { "stop", "reach", "End once the measure has reached this value; 0 for no such end.",
            Bounded<double>{ &c.stop_reach, -1e9, 1e9 } },
        { "stop", "patience",
            "End after so many evaluations in a row without a better value; 0 for no such end.",
            Bounded<int>{ &c.stop_patience, 0, many } },
        { "checkpoint", "every",
            "Steps between checkpoints that are kept; 0 makes them only at pause, stop and end.",
            Bounded<int>{ &c.checkpoint_every, 0, many } },
        { "checkpoint", "seconds",
            "The latest checkpoint is at most so old, so that a killed run has no more to do "
            "again; older where writing would take more than a fiftieth of the time. It is not "
            "kept beyond the next one. 0 makes none by time.",
            Bounded<double>{ &c.checkpoint_seconds, 0, 1e9 } },
        { "checkpoint", "keep",
            "How many checkpoints are kept: the latest, and the others spread evenly over the run. "
            "Those before bookmarks stay beside them.",
            Bounded<int>{ &c.checkpoint_keep, 1, 1000 } },
        { "checkpoint", "keep_best",
            "Keep the best checkpoint too: by stop.measure, else by how often the held-out target "
            "is preferred.",
            &c.checkpoint_keep_best },
        { "checkpoint", "keep_optimizer",
            "Keep what the optimizer remembers once the run is finished. Models can be taken out "
            "of the file without it, and it takes about as much room as the weights, with adamw "
            "twice that; a run that was stopped has it anyway.",
            &c.checkpoint_keep_optimizer },
        { "checkpoint", "limit_mb",
            "The most that a run's checkpoints may take, in MiB; the oldest "
            "go first.",
            Bounded<int>{ &c.checkpoint_limit_mb, 1, many } },
    };
}

} // namespace circuitloom
