#pragma once

#include "core/base/measure.h"

namespace circuitloom {

/// What a value is multiplied by where it is written without its unit: 100 of a share.
constexpr double written_factor(Notation notation)
{
    return notation == Notation::percent ? 100 : 1;
}

} // namespace circuitloom
