#include "core/run/task_problems.h"

#include "core/base/counted.h"

#include <algorithm>

namespace circuitloom {

namespace {

/// As in "24 of 30 examples"; `have` is in the singular for one.
std::string of_examples(std::size_t some, std::size_t all)
{
    return std::to_string(some) + " of " + counted(all, "example") + (some == 1 ? " has" : " have");
}

std::string name_of(MetricKind metric)
{
    return std::string(metric_names[static_cast<std::size_t>(metric)]);
}

bool compares_answers(MetricKind metric)
{
    return metric == MetricKind::logit_diff || metric == MetricKind::prob_diff;
}

} // namespace

std::string scoring_problem(const EncodedTask& task, const RunConfig& config)
{
    const std::size_t all = task.examples.size();
    const Lacking& single = task.without_alternative;
    if (compares_answers(config.discovery.metric) && single.examples > 0)
        return "The metric " + name_of(config.discovery.metric)
            + " compares each target with an alternative; " + of_examples(single.examples, all)
            + " a target without one, as " + single.first
            + ". Give each an alternative, or set circuit.metric = \"log-prob\" or \"kl\".";
    const std::size_t scored = config.score_on == ScoredOn::probe
        ? std::min(all, static_cast<std::size_t>(config.probe_examples))
        : all;
    const Lacking& plain = task.without_corrupted;
    if (config.discovery.baseline == Baseline::corrupted && plain.examples > all - scored)
        return "The baseline corrupted needs a corrupted text of as many tokens as the text; "
            + of_examples(plain.examples, all) + " none that fits, as " + plain.first
            + ". circuitloom-cli tasks check says why; mend them, or set circuit.baseline = "
              "\"mean\".";
    return {};
}

std::string held_out_note(const EncodedTask& trained, const EncodedTask& held_out)
{
    const std::size_t shared = shared_examples(trained, held_out);
    if (shared == 0)
        return {};
    return std::to_string(shared) + " of " + counted(held_out.examples.size(), "held-out example")
        + (shared == 1 ? " is" : " are")
        + " also in the task that is trained on, so the held-out figures say "
        + (shared == held_out.examples.size() ? "nothing" : "less") + " about new sentences.";
}

} // namespace circuitloom
