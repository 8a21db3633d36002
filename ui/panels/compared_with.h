#pragma once

#include "core/analysis/counterpart.h"
#include "core/base/ids.h"

#include <cstddef>
#include <optional>

namespace circuitloom::ui {

/// Which circuit stands beside the one that the window shows.
struct ComparedWith
{
    RunId run;
    Alignment by = Alignment::step;
    std::optional<int> chosen; ///< the iteration; where empty, the shown one's counterpart
    bool operator==(const ComparedWith&) const = default;
};

/// How many stand beside it at most: six circuits in all, A to F.
inline constexpr std::size_t most_compared = 5;

} // namespace circuitloom::ui
