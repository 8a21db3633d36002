#pragma once

#include "core/graph/parameter_part.h"
#include "core/run/asked_model.h"
#include "core/run/model_reference.h"

#include <optional>
#include <vector>

namespace circuitloom {

/// How far had a run moved each part of its model from where it began?
struct DriftQuestion
{
    ModelReference model; ///< a moment of a run
    ComputeOptions compute;
};

/// How far parameters moved; Frobenius norms.
struct Moved
{
    double distance = 0; ///< ‖after − before‖
    double before = 0; ///< ‖before‖

    /// ‖after − before‖ / ‖before‖; 0 where nothing moved, empty where something moved away from
    /// nothing but zeros.
    std::optional<double> relative() const
    {
        if (distance == 0)
            return 0.0;
        return before > 0 ? std::optional(distance / before) : std::nullopt;
    }
};

struct MovedPart
{
    ParameterPart part;
    Moved moved;
};

struct DriftAnswer
{
    ModelShown model;
    std::vector<MovedPart> parts; ///< in the order of parameter_parts()
    Moved whole; ///< all parameters together
};

/// Several parts as one; of none nothing moved.
Moved together(const std::vector<MovedPart>& parts);

} // namespace circuitloom
