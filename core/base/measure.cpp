#include "core/base/measure.h"

#include "core/base/answer_measures.h"
#include "core/base/number_text.h"
#include "core/base/written_factor.h"

#include <algorithm>
#include <array>

namespace circuitloom {

namespace {

constexpr std::array metrics{ measures::logit_diff, measures::log_prob, measures::prob_diff,
    measures::kl };
constexpr std::array known{ measures::loss, measures::logit_diff, measures::log_prob,
    measures::prob_diff, measures::kl, measures::learning_rate, measures::tunable_ratio,
    measures::tunable_count, measures::edges, measures::entered, measures::turnover,
    measures::edge_jaccard, measures::node_jaccard, measures::seconds, measures::accuracy,
    measures::exact_token, measures::accuracy_per_byte, measures::solved, measures::solved_loosely,
    measures::exact_match, measures::exact_match_loosely, measures::word_f1, measures::macro_f1,
    measures::macro_precision, measures::macro_recall, measures::macro_f1_loosely,
    measures::followed, measures::followed_loosely, measures::pronoun_bias, measures::perplexity };

} // namespace

std::span<const Measure> all_measures()
{
    return known;
}

std::span<const Measure> task_metrics()
{
    return metrics;
}

Measure measure_named(std::string_view name)
{
    const auto found = std::ranges::find(all_measures(), name, &Measure::name);
    if (found != all_measures().end())
        return *found;
    Measure plain;
    plain.name = plain.title = name;
    return plain;
}

bool is_task_metric(std::string_view name)
{
    return std::ranges::find(metrics, name, &Measure::name) != metrics.end();
}

bool is_better(const Measure& measure, double value, double than)
{
    switch (measure.better) {
    case Better::higher:
        return value > than;
    case Better::lower:
        return value < than;
    case Better::neither:
        break;
    }
    return false;
}

std::string value_text(const Measure& measure, double value)
{
    return value_text(measure.notation, value, measure.decimals);
}

std::string value_text(Notation notation, double value, int decimals)
{
    switch (notation) {
    case Notation::percent:
        return percent(value, decimals);
    case Notation::whole:
        return fixed(value, 0);
    case Notation::seconds:
        return short_duration(value);
    case Notation::plain:
        break;
    }
    return fixed(value, decimals);
}

std::string change_text(const Measure& measure, double change)
{
    return (change > 0 ? "+" : "")
        + fixed(written_factor(measure.notation) * change, measure.decimals);
}

} // namespace circuitloom
