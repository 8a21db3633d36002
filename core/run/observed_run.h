#pragma once

#include "core/run/model_reference.h"
#include "core/store/records.h"

#include <filesystem>
#include <string>
#include <string_view>

namespace circuitloom {

/// The method of a run made of checkpoints that others trained (algorithm.md, section 12). Its
/// models lie where they were found; it cannot be trained, resumed as a training, or replayed.
inline constexpr std::string_view observed_method = "observed";

inline bool is_observed(const RunDescription& run)
{
    return run.method == observed_method;
}

/// Throws InputError where `run` was observed, so that nothing of it can be trained or replayed.
void require_tuned(const RunDescription& run);

/// A checkpoint that an observed run scored.
struct ObservedModel
{
    int step = 0;
    std::filesystem::path directory; ///< where it lay
    std::string fingerprint; ///< model_fingerprint() of it then
};

/// How an observed run keeps it, in the transaction of its iteration.
MarkRecord mark_of(const ObservedModel& model);
/// Whether a mark is one of mark_of(): not for the timeline, where every iteration would have one.
bool is_observed_model(const MarkRecord& mark);
/// The model of an observed run at `moment`: of its start the first checkpoint, of its end the last
/// one, of a step the last one until then, else the first. Throws InputError where there is no such
/// iteration, or the file does not say where it lay.
ObservedModel observed_model(const RunMoment& moment, const ExperimentReader& reader);

} // namespace circuitloom
