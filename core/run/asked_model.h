#pragma once

#include "core/base/precision.h"

#include <optional>
#include <string>

namespace circuitloom {

/// Where and in which numbers a question is computed. A run's model is rebuilt as the run computed
/// it, and converted afterwards.
struct ComputeOptions
{
    std::string device = "auto"; ///< as device_choice() reads it
    /// Nothing: float32, or what the run computed in.
    std::optional<Precision> dtype;
    bool operator==(const ComputeOptions&) const = default;
};

/// The model that an answer is about.
struct ModelShown
{
    std::string name; ///< as it was asked for
    int step = -1; ///< optimizer steps that the run had taken; -1 for a model that is no run's
    bool operator==(const ModelShown&) const = default;
};

} // namespace circuitloom
