#pragma once

#include <concepts>
#include <span>
#include <string>
#include <string_view>

namespace circuitloom {

/// How a value is written for people.
enum class Notation
{
    plain,
    percent, ///< of a share, 0…1
    whole, ///< a count
    seconds
};

/// Which of two values is the better one.
enum class Better
{
    higher,
    lower,
    neither ///< it says how things are, not how good they are
};

/// What a value is measured on.
enum class MeasuredOn
{
    step, ///< the batch of an optimizer step
    iteration, ///< one discovery and its circuit
    evaluation ///< the held-out task or a capability suite
};

/// A figure of a run: what it is called in files and before people, its unit, and how to read it.
/// Every table, plot and column takes that from here; to add a measure, add it to `measures`.
struct Measure
{
    std::string_view name; ///< as .loom files, JSON and the command line call it
    std::string_view title; ///< of a plot or a column
    std::string_view unit; ///< of the stored value, as in "nats"; empty for a plain number
    Notation notation = Notation::plain;
    int decimals = 3; ///< that are usually shown
    Better better = Better::neither;
    MeasuredOn on = MeasuredOn::evaluation;
    /// A second reading of another measure, which tables that sum up leave out.
    bool detail = false;
};

namespace measures {

inline constexpr Measure loss{ "loss", "Loss", "nats", Notation::plain, 3, Better::lower,
    MeasuredOn::step };
// What a circuit is scored by. A step measures its batch in one of them, an evaluation the held-out
// task.
inline constexpr Measure logit_diff{ "logit-diff", "Logit difference", "logits", Notation::plain, 2,
    Better::higher, MeasuredOn::step };
inline constexpr Measure log_prob{ "log-prob", "Log-probability", "nats", Notation::plain, 3,
    Better::higher, MeasuredOn::step };
inline constexpr Measure prob_diff{ "prob-diff", "Probability difference", "", Notation::plain, 3,
    Better::higher, MeasuredOn::step };
inline constexpr Measure kl{ "kl", "KL divergence", "nats", Notation::plain, 3, Better::lower,
    MeasuredOn::step };
inline constexpr Measure learning_rate{ "learning_rate", "Learning rate", "", Notation::plain, 5,
    Better::neither, MeasuredOn::step };

inline constexpr Measure tunable_ratio{ "tunable_ratio", "Tunable ratio", "share",
    Notation::percent, 1, Better::neither, MeasuredOn::iteration };
inline constexpr Measure tunable_count{ "tunable_count", "Tunable parameters", "", Notation::whole,
    0, Better::neither, MeasuredOn::iteration };
inline constexpr Measure edges{ "edges", "Edges", "", Notation::whole, 0, Better::neither,
    MeasuredOn::iteration };
inline constexpr Measure entered{ "entered", "Edges entered", "", Notation::whole, 0,
    Better::neither, MeasuredOn::iteration };
/// Of a circuit's edges, the share that the circuit before did not have.
inline constexpr Measure turnover{ "turnover", "Turnover", "share", Notation::percent, 1,
    Better::neither, MeasuredOn::iteration };
inline constexpr Measure edge_jaccard{ "edge_jaccard", "Jaccard", "", Notation::plain, 2,
    Better::neither, MeasuredOn::iteration };
inline constexpr Measure node_jaccard{ "node_jaccard", "Jaccard of nodes", "", Notation::plain, 2,
    Better::neither, MeasuredOn::iteration };
inline constexpr Measure seconds{ "seconds", "Time", "s", Notation::seconds, 2, Better::lower,
    MeasuredOn::iteration };

inline constexpr Measure accuracy{ "accuracy", "Accuracy", "share", Notation::percent, 1,
    Better::higher, MeasuredOn::evaluation };
/// What "accuracy" is of a task, whose targets have alternatives: the name before people for
/// `accuracy` of that suite.
inline constexpr Measure prefers_target{ "accuracy", "Prefers the target", "share",
    Notation::percent, 1, Better::higher, MeasuredOn::evaluation };
/// Of a task: the target is the likeliest token of the whole vocabulary.
inline constexpr Measure exact_token{ "exact-token", "Exact next token", "share", Notation::percent,
    1, Better::higher, MeasuredOn::evaluation };
inline constexpr Measure accuracy_per_byte{ "accuracy-per-byte", "Accuracy per byte", "share",
    Notation::percent, 1, Better::higher, MeasuredOn::evaluation, true };
inline constexpr Measure perplexity{ "perplexity", "Perplexity", "", Notation::plain, 2,
    Better::lower, MeasuredOn::evaluation };

} // namespace measures

/// All of them, each once.
std::span<const Measure> all_measures();
/// The metrics that a run may be scored by, in the order of MetricKind.
std::span<const Measure> task_metrics();

/// The measure of that name. One that this version does not know, of a newer file, is called by its
/// name and written as a plain number; its name and title then point into `name`.
Measure measure_named(std::string_view name);
template <std::same_as<std::string> Temporary>
Measure measure_named(Temporary&&) = delete;
/// Whether `name` is that of one of task_metrics().
bool is_task_metric(std::string_view name);

/// Whether `value` is better than `than`; never where the measure is of no direction.
bool is_better(const Measure& measure, double value, double than);

/// As in "97.5 %" of an accuracy, "3.10" of a logit difference, "38.4 ms" of a time.
std::string value_text(const Measure& measure, double value);
/// The same with another number of decimals.
std::string value_text(Notation notation, double value, int decimals);
/// As in "+12.5" of an accuracy, in percentage points, or "-0.25".
std::string change_text(const Measure& measure, double change);

} // namespace circuitloom
