#include "core/run/run_config.h"

#include "core/base/error.h"
#include "core/base/nearest.h"
#include "core/base/utf8.h"
#include "core/run/device_choice.h"
#include "core/run/model_reference.h"
#include "core/run/run_measures.h"
#include "core/run/run_options.h"

#include <algorithm>
#include <charconv>

namespace circuitloom {

namespace {


[[noreturn]] void refuse(const RunOption& option, std::string_view text)
{
    throw InputError(
        option.name() + " is " + for_message(text) + "; it must be " + option.allowed() + ".");
}

template <class Number>
Number parse_number(const RunOption& option, std::string_view text)
{
    Number value{};
    const char* end = text.data() + text.size();
    const auto parsed = std::from_chars(text.data(), end, value);
    if (parsed.ec != std::errc() || parsed.ptr != end)
        refuse(option, text);
    return value;
}

struct AssignText
{
    const RunOption& option;
    std::string_view text;

    void operator()(std::string* value) const { *value = text; }
    void operator()(bool* value) const
    {
        if (text != "true" && text != "false")
            refuse(option, text);
        *value = text == "true";
    }
    void operator()(const Choice& choice) const
    {
        const auto found = std::find(choice.names.begin(), choice.names.end(), text);
        if (found == choice.names.end())
            refuse(option, text);
        choice.set(static_cast<std::size_t>(found - choice.names.begin()));
    }
    template <class Number>
    void operator()(const Bounded<Number>& bounded) const
    {
        const auto number = parse_number<Number>(option, text);
        if (!(number >= bounded.least && number <= bounded.most))
            refuse(option, text);
        *bounded.value = number + Number{}; // a zero without a sign
    }
};

template <class Number>
void require_range(const RunOption& option, const Bounded<Number>& bounded)
{
    if (!(*bounded.value >= bounded.least && *bounded.value <= bounded.most))
        refuse(option, std::to_string(*bounded.value));
}

// Settings that are each in range but have no use together.
void require_sense(const RunConfig& config)
{
    const AttributionInfo& attribution = attribution_info(config.discovery.method);
    const TuningMethodInfo& method = tuning_method_info(config.method);
    if (!attribution.not_for_tuning.empty())
        throw InputError("circuit.attribution cannot be " + std::string(attribution.name) + ": "
            + std::string(attribution.not_for_tuning));
    if (config.discovery.metric == MetricKind::kl && !attribution.explains_kl)
        throw InputError("circuit.metric = \"kl\" is flat at the untouched model, where "
            + std::string(attribution.name)
            + " would score every edge 0; choose circuit.attribution = \"eap-ig\".");
    if (config.discovery.metric == MetricKind::kl && config.selection.by_signed_score)
        throw InputError("circuit.by_signed_score would rank those edges first that raise the "
                         "metric, and circuit.metric = \"kl\" is better the lower it is; leave it "
                         "false.");
    if (config.selection.prune_dead && config.graph.kind == GraphKind::paper)
        throw InputError("circuit.prune_dead needs graph.kind = \"full\": the paper's graph has "
                         "neither input nor logits, so no edge is dead.");
    if (config.selection.rule == SelectionRule::threshold && config.selection.threshold <= 0
        && !config.selection.by_signed_score)
        throw InputError("circuit.rule = \"threshold\" needs a circuit.threshold above 0; at 0 "
                         "every edge is in.");
    if (config.resamples == 1)
        throw InputError("circuit.resamples is 1, and one resample cannot be compared with another; "
                         "it must be 0 for none, or at least 2.");
    if (config.smoothing_beta2 > 0 && config.smoothing_beta1 == 0)
        throw InputError("circuit.smoothing_beta2 needs a circuit.smoothing_beta1 above 0: without "
                         "it nothing is smoothed.");
    if (config.top_n_schedule != Schedule::constant
        && config.selection.rule == SelectionRule::threshold)
        throw InputError(
            "circuit.top_n_schedule needs circuit.rule = \"top-n\" or \"top-nodes\": a "
            "threshold has no number of edges.");
    if (method.chooses_once && config.top_n_schedule != Schedule::constant)
        throw InputError("circuit.top_n_schedule has no use with circuit.method = \""
            + std::string(method.name) + "\", which chooses its circuit once.");
}

// What is opened beside must be something that the method could leave closed.
void require_tuned_part(const RunConfig& config)
{
    lora_targets(config.lora_targets);
    const TuningMethodInfo& method = tuning_method_info(config.method);
    if (method.part == TunedPart::circuit || method.part == TunedPart::everything)
        return;
    const std::string named = "circuit.method = \"" + std::string(method.name) + "\"";
    if (method.part != TunedPart::entries
        && (config.train_norms || config.train_embeddings || config.train_unembedding))
        throw InputError(named + " trains its "
            + (method.part == TunedPart::adapters ? "additions" : "biases") + " alone; leave circuit.train_norms, train_embeddings and "
              "train_unembedding false.");
    if (config.random_ratio > 0)
        throw InputError(
            "circuit.random_ratio has no use with " + named + ", which opens no nodes.");
}

// A run must be able to find its model again, which that of another run's moment is not.
void require_model(const std::string& model)
{
    if (model.empty())
        throw InputError("model is empty; it must be demo or a folder with a model.");
    if (std::holds_alternative<RunMoment>(parse_model_reference(model)))
        throw InputError("model is " + for_message(model)
            + ", the model of a run, which no other run can begin with; write it to a folder with "
              "`models export` and name that.");
}

// The measure must be one that the run evaluates.
void require_stop(const RunConfig& config)
{
    if (config.stop_measure.empty()) {
        if (config.stop_reach != 0 || config.stop_patience > 0)
            throw InputError("stop.reach and stop.patience need a stop.measure, such as "
                             "task.accuracy.");
        return;
    }
    const auto dot = config.stop_measure.rfind('.');
    const std::string suite = config.stop_measure.substr(0, dot);
    const bool task = suite == task_suite && !config.held_out_task.empty();
    const bool capability = std::any_of(config.capabilities.begin(), config.capabilities.end(),
        [&suite](const SuiteReference& one) { return one.name == suite; });
    const std::string measure
        = dot == std::string::npos ? std::string() : config.stop_measure.substr(dot + 1);
    const std::string_view metric = measure_of(config.discovery.metric).name;
    const bool known = measure == measures::accuracy.name
        || (task
            && (measure == measures::exact_token.name || measure == measures::logit_diff.name
                || measure == metric))
        || (capability
            && (measure == measures::accuracy_per_byte.name
                || measure == measures::perplexity.name));
    if (!known || !(task || capability))
        throw InputError("stop.measure is " + for_message(config.stop_measure)
            + "; it must be task.accuracy, task.exact-token, task.logit-diff or task. and the "
              "circuit.metric, with a task.held_out, or the name of one of the capabilities with .accuracy, "
              ".accuracy-per-byte or .perplexity.");
    if (config.stop_reach == 0 && config.stop_patience == 0)
        throw InputError("stop.measure needs a stop.reach or a stop.patience; both are 0.");
    if (config.evaluate_every == 0)
        throw InputError("stop.measure needs run.evaluate_every above 0: without it nothing is "
                         "evaluated on the way.");
}

void require_sharding(const RunConfig& config)
{
    if (!config.shard_blocks)
        return;
    if (!config.recompute_blocks)
        throw InputError("run.shard_blocks is true but run.recompute_blocks is false: a backward pass "
                         "then needs all blocks at once. Set both to true, or neither.");
    if (tuning_method_info(config.method).part != TunedPart::circuit)
        throw InputError("run.shard_blocks is true but circuit.method is "
            + std::string(tuning_method_info(config.method).name)
            + ": only what circuits leave frozen is spread over the processes. Set it to false, or "
              "choose a method that trains a circuit.");
    if (config.discovery.metric == MetricKind::kl)
        throw InputError("run.shard_blocks is true but circuit.metric is kl, which needs a second, "
                         "untouched model in every process. Set it to false, or choose another metric.");
}

} // namespace

void set_run_option(RunConfig& config, std::string_view assignment)
{
    const auto equals = assignment.find('=');
    if (equals == std::string_view::npos)
        throw InputError("\"" + for_message(assignment)
            + "\" is no setting; write it as in optimizer.learning_rate=0.01.");
    const std::string_view name = current_name(assignment.substr(0, equals));
    std::vector<std::string> names;
    for (const RunOption& option : options_of(config)) {
        names.push_back(option.name());
        if (option.name() == name) {
            std::visit(AssignText{ option, assignment.substr(equals + 1) }, option.value);
            return;
        }
    }
    std::string hint;
    for (const std::string& one : nearest(name, std::move(names)))
        hint += (hint.empty() ? "" : ", ") + one;
    throw InputError(
        "There is no setting \"" + for_message(name) + "\"; the nearest are " + hint + ".");
}

std::vector<std::string> changed_settings(const RunConfig& from, const RunConfig& to)
{
    RunConfig before = from;
    RunConfig after = to;
    const std::vector<RunOption> old_options = options_of(before);
    std::vector<std::string> changes;
    for (std::size_t i = 0; const RunOption& option : options_of(after)) {
        const std::string text = option.text();
        if (text != old_options[i++].text())
            changes.push_back(option.name() + "=" + text);
    }
    return changes;
}

void validate(const RunConfig& config)
{
    RunConfig copy = config;
    for (const RunOption& option : options_of(copy)) {
        if (const auto* number = std::get_if<Bounded<int>>(&option.value))
            require_range(option, *number);
        else if (const auto* real = std::get_if<Bounded<double>>(&option.value))
            require_range(option, *real);
        else if (const auto* seed = std::get_if<Bounded<std::uint64_t>>(&option.value))
            require_range(option, *seed);
    }
    require_model(config.model);
    if (config.task.empty())
        throw InputError("task.train is empty; it must be a task file, or a built-in one such as "
                         "demo/disagreement.");
    if (!device_choice(config.device))
        throw InputError("device is " + config.device + "; it must be " + std::string(device_choices) + ".");
    if (config.offload_inputs && !config.recompute_blocks)
        throw InputError("run.offload_inputs is true but run.recompute_blocks is false: all "
                         "activations stay on the device then. Set both to true, or neither.");
    require_sharding(config);
    require_sense(config);
    require_tuned_part(config);
    require_stop(config);
    std::vector<std::string> names;
    for (const SuiteReference& suite : config.capabilities) {
        if (suite.name.empty() || suite.source.empty())
            throw InputError("A capability needs both a name and a source.");
        if (std::find(names.begin(), names.end(), suite.name) != names.end())
            throw InputError("Two capabilities have the name \"" + suite.name + "\".");
        names.push_back(suite.name);
    }
}

LoraTargets lora_targets(std::string_view words)
{
    LoraTargets targets;
    for (std::size_t first = 0; first <= words.size();) {
        const std::size_t end = std::min(words.find(',', first), words.size());
        const std::string_view word = words.substr(first, end - first);
        bool* target = word == "q" ? &targets.query
            : word == "k"          ? &targets.key
            : word == "v"          ? &targets.value
            : word == "o"          ? &targets.output
            : word == "mlp"        ? &targets.mlp
                                   : nullptr;
        if (target == nullptr)
            throw InputError("lora.targets is \"" + for_message(words)
                + "\"; it must be one or more of q,k,v,o,mlp with commas between them.");
        *target = true;
        first = end + 1;
    }
    return targets;
}

} // namespace circuitloom
