#pragma once

#include "core/store/records.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace circuitloom {

/// The suite under whose name the evaluations of a Trainer are stored.
inline constexpr std::string_view trainer_suite = "trainer";

/// What trainer_state.json of Hugging Face's Trainer says of the steps so far.
struct TrainerLog
{
    /// Its losses and learning rates, ascending, each step once; the metric is not a number, and so
    /// is a loss that was not. A learning rate that is not written is 0.
    std::vector<StepRecord> steps;
    /// `eval_loss` as the measure loss, `eval_accuracy` and `eval_perplexity`; of unknown size.
    std::vector<EvaluationRecord> evaluations;
    /// Names of what an evaluation has besides and no measure fits, each once.
    std::vector<std::string> left_out;
    std::optional<std::int64_t> tokens; ///< num_input_tokens_seen, where it was counted
};

/// The measure that an evaluation of this name, as in `eval_loss`, is; empty where none fits.
std::string_view trainer_measure(std::string_view name);

/// Throws InputError naming file and field where it is no such file.
TrainerLog read_trainer_log(const std::filesystem::path& file);

} // namespace circuitloom
