#pragma once

#include "app/cli/commands/tune_compare.h"

#include <nlohmann/json.hpp>

#include <optional>
#include <string>
#include <vector>

namespace circuitloom {

/// What a fair comparison gives every method before the runs that are reported (algorithm.md,
/// section 5).
struct FairTerms
{
    /// Every method that has a size opens as many parameters on average as circuit-tuning does.
    bool match_budget = false;
    /// Each method's is chosen from these, on held-out examples that are not the reported ones.
    /// Empty: all have the configuration's.
    std::vector<double> learning_rates;
};

/// One method as it goes into the comparison.
struct FairEntry
{
    RunConfig config; ///< with the size and the learning rate that were found
    bool diverges = false; ///< with every rate that was tried: there is none to choose
    struct Tried
    {
        double learning_rate = 0;
        /// On the validation examples, after the last step: the share of preferred targets, or the
        /// metric's size where a penalty drives it to zero. Nothing where the training diverged.
        std::optional<double> score;
    };
    std::vector<Tried> tried;
};

/// Chooses sizes and learning rates for circuit-tuning and each of `methods`, by runs with the
/// configuration's seed and without capabilities, which go into a file of their own, rates_file().
/// The rate with the best score is taken, and of rates that are as good (within a percentage point,
/// or, of a metric that should be zero, within a twentieth of what it was before) the smallest.
/// Empty where `stop` ended it. Throws InputError where a method is unknown, where the held-out
/// task has too few examples for both, or where circuit-tuning diverged and its budget is wanted.
std::optional<std::vector<FairEntry>> fair_entries(const RunConfig& config,
    const std::vector<std::string>& methods, const FairTerms& terms,
    const std::filesystem::path& file, TuningProgress& progress, std::stop_token stop);
/// Beside `file`, with -rates at the end of its name.
std::filesystem::path rates_file(const std::filesystem::path& file);

/// Which rates were tried, with their scores, and which were taken; which examples decided it.
std::string fair_rates_table(const std::vector<FairEntry>& entries);
nlohmann::ordered_json fair_rates_json(const std::vector<FairEntry>& entries);

} // namespace circuitloom
