#include "core/run/run_options.h"

#include <algorithm>
#include <charconv>
#include <limits>
#include <numeric>

namespace circuitloom {

namespace {

constexpr std::string_view method_names[] = { "circuit", "full", "random" };
constexpr std::string_view kind_names[] = { "full", "paper" };

// A random circuit is a method of tuning: the scores need not be random as well.
constexpr std::span<const std::string_view> tuning_attributions(attribution_names.data(), 2);

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
    std::string operator()(const Choice& choice) const
    {
        std::string text;
        for (std::size_t i = 0; i < choice.names.size(); ++i) {
            if (i > 0)
                text += i + 1 < choice.names.size() ? ", " : " or ";
            text += choice.names[i];
        }
        return text;
    }
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

std::size_t edit_distance(std::string_view a, std::string_view b)
{
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{ 0 });
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t above = row[j];
            row[j] = std::min(
                { row[j] + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1) });
            diagonal = above;
        }
    }
    return row[b.size()];
}

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

std::vector<RunOption> options_of(RunConfig& c)
{
    return {
        { "", "name", &c.name },
        { "", "model", &c.model },
        { "", "seed", Bounded<std::uint64_t>{ &c.seed, 0, largest_seed } },
        { "", "device", &c.device },
        { "", "dtype", choice(c.dtype, precision_names) },
        { "task", "train", &c.task },
        { "task", "held_out", &c.held_out_task },
        { "task", "max_tokens", Bounded<int>{ &c.max_tokens, 2, 1 << 20 } },
        { "graph", "kind", choice(c.graph.kind, kind_names) },
        { "graph", "mlp_group_size", Bounded<int>{ &c.graph.mlp_group_size, 0, 1 << 20 } },
        { "circuit", "method", choice(c.method, method_names) },
        { "circuit", "discover_every", Bounded<int>{ &c.discover_every, 1, many } },
        { "circuit", "attribution", choice(c.discovery.method, tuning_attributions) },
        { "circuit", "metric", choice(c.discovery.metric, metric_names) },
        { "circuit", "baseline", choice(c.discovery.baseline, baseline_names) },
        { "circuit", "positions", choice(c.discovery.positions, position_names) },
        { "circuit", "integration_steps", Bounded<int>{ &c.discovery.integration_steps, 1, 1000 } },
        { "circuit", "integration_path", choice(c.discovery.path, integration_path_names) },
        { "circuit", "smoothing_beta1", Bounded<double>{ &c.smoothing_beta1, 0, 0.9999 } },
        { "circuit", "smoothing_beta2", Bounded<double>{ &c.smoothing_beta2, 0, 0.9999 } },
        { "circuit", "rule", choice(c.selection.rule, selection_rule_names) },
        { "circuit", "top_n", Bounded<int>{ &c.selection.n, 1, most_edges } },
        { "circuit", "threshold", Bounded<double>{ &c.selection.threshold, -1e9, 1e9 } },
        { "circuit", "by_signed_score", &c.selection.by_signed_score },
        { "circuit", "cross_layer", &c.selection.cross_layer },
        { "circuit", "prune_dead", &c.selection.prune_dead },
        { "circuit", "train_layer0_qkv", &c.train_layer0_qkv },
        { "optimizer", "learning_rate", Bounded<double>{ &c.learning_rate, 0, 100 } },
        { "optimizer", "momentum", Bounded<double>{ &c.momentum, 0, 0.9999 } },
        { "optimizer", "weight_decay", Bounded<double>{ &c.weight_decay, 0, 10 } },
        { "optimizer", "metric_penalty", Bounded<double>{ &c.metric_penalty, 0, 1e6 } },
        { "optimizer", "warm_up", Bounded<int>{ &c.warm_up, 0, many } },
        { "run", "steps", Bounded<int>{ &c.steps, 1, many } },
        { "run", "batch", Bounded<int>{ &c.batch, 1, 65536 } },
        { "run", "evaluate_every", Bounded<int>{ &c.evaluate_every, 0, many } },
        { "run", "evaluation_items", Bounded<int>{ &c.evaluation_items, 1, many } },
        { "run", "mark_accuracy", Bounded<double>{ &c.mark_accuracy, 0, 1 } },
    };
}

std::vector<std::string> nearest(std::string_view text, std::vector<std::string> candidates)
{
    constexpr std::size_t shown = 3;
    text = text.substr(0, 64);
    std::stable_sort(
        candidates.begin(), candidates.end(), [text](const std::string& a, const std::string& b) {
            return edit_distance(text, a) < edit_distance(text, b);
        });
    candidates.resize(std::min(candidates.size(), shown));
    return candidates;
}

} // namespace circuitloom
