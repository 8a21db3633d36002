#pragma once

#include "core/run/method_table.h"

#include <array>
#include <string_view>

namespace circuitloom {

/// What may change in a step. All share the loop, the order of the data and the evaluations.
enum class TuningMethod
{
    circuit,
    full,
    lora,
    fixed,
    random,
    gradient,
    gradient_redrawn,
    fisher,
    magnitude,
    snip,
    taylor,
    random_entries,
    bitfit
};

/// Which parameters a method's steps can reach at all.
enum class TunedPart
{
    circuit, ///< those that the edges of a circuit open (algorithm.md, section 4)
    everything,
    adapters, ///< the additions of LoraAdapter, none of the model's own
    entries, ///< single entries of the blocks' matrices
    biases ///< all of them, and no matrix
};

/// What configurations, command lines and dialogs know of a method of tuning. What it does stands
/// in core/tuning/methods, one file each.
struct TuningMethodInfo
{
    TuningMethod method;
    std::string_view name; ///< in files and on command lines
    std::string_view title; ///< in dialogs
    std::string_view help; ///< a sentence for users
    TunedPart part;
    bool chooses_once; ///< its first circuit is its only one
    /// The setting that decides how many parameters it opens; empty where none does.
    std::string_view size_setting;
    bool calibrates = false; ///< gradients over a calibration set choose what it opens
};

/// One row for each TuningMethod, in its order.
inline constexpr std::array tuning_methods{
    TuningMethodInfo{ TuningMethod::circuit, "circuit", "Circuit-tuning",
        "The circuit's parameters, chosen anew at every discovery.", TunedPart::circuit, false,
        "circuit.top_n" },
    TuningMethodInfo{ TuningMethod::full, "full", "Full fine-tuning",
        "Every parameter: the blocks' matrices and biases, all norms, the embeddings and the "
        "unembedding. The other methods leave norms and embeddings alone unless told otherwise.",
        TunedPart::everything, false, "" },
    TuningMethodInfo{ TuningMethod::lora, "lora", "LoRA",
        "Low-rank additions to the blocks' matrices (arXiv 2106.09685).", TunedPart::adapters,
        false, "lora.rank" },
    TuningMethodInfo{ TuningMethod::fixed, "fixed", "Fixed circuit",
        "The parameters of the first discovery's circuit, for good.", TunedPart::circuit, true,
        "circuit.top_n" },
    TuningMethodInfo{ TuningMethod::random, "random", "Random circuit",
        "The parameters of a random circuit of as many edges, redrawn at every discovery.",
        TunedPart::circuit, false, "circuit.top_n" },
    TuningMethodInfo{ TuningMethod::gradient, "gradient", "Largest gradients",
        "The entries of the blocks' matrices with the largest gradient of the loss, chosen once "
        "before the first step (arXiv 2412.13488).",
        TunedPart::entries, false, "mask.share", true },
    TuningMethodInfo{ TuningMethod::gradient_redrawn, "gradient-redrawn",
        "Largest gradients, redrawn",
        "The entries with the largest gradient, chosen anew from the step's batch at every "
        "discovery: circuit-tuning without a graph (arXiv 2406.15330).",
        TunedPart::entries, false, "mask.share" },
    TuningMethodInfo{ TuningMethod::fisher, "fisher", "Fisher information",
        "The entries whose squared gradient is the largest on average over examples, chosen once "
        "(arXiv 2111.09839).",
        TunedPart::entries, false, "mask.share", true },
    TuningMethodInfo{ TuningMethod::magnitude, "magnitude", "Largest weights",
        "The entries of the largest size, chosen once.", TunedPart::entries, false, "mask.share" },
    TuningMethodInfo{ TuningMethod::snip, "snip", "SNIP",
        "The entries whose size times the size of their gradient is the largest, chosen once (arXiv "
        "1810.02340).",
        TunedPart::entries, false, "mask.share", true },
    TuningMethodInfo{ TuningMethod::taylor, "taylor", "Taylor",
        "The entries for which the square of weight times gradient is the largest on average over "
        "examples, chosen once (arXiv 1906.10771).",
        TunedPart::entries, false, "mask.share", true },
    TuningMethodInfo{ TuningMethod::random_entries, "random-entries", "Random entries",
        "Entries of the blocks' matrices drawn once at random; they usually need a larger learning "
        "rate.",
        TunedPart::entries, false, "mask.share" },
    TuningMethodInfo{ TuningMethod::bitfit, "bitfit", "Biases",
        "The biases alone, where the model's family has them (arXiv 2106.10199).",
        TunedPart::biases, false, "" },
};
inline constexpr auto method_names = names_of(tuning_methods);

/// Throws InputError for a value that is none of the enumeration's.
const TuningMethodInfo& tuning_method_info(TuningMethod method);
/// Throws InputError with the names there are.
const TuningMethodInfo& tuning_method_named(std::string_view name);
/// Its name in files and on command lines. Throws as tuning_method_info() does.
std::string_view method_name(TuningMethod method);

} // namespace circuitloom
