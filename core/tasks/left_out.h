#pragma once

#include "core/tasks/task.h"

#include <cstddef>
#include <string>
#include <vector>

namespace circuitloom {

/// As in `Example 3 (When Mary and John went…)`; `index` counts from 0.
std::string example_name(std::size_t index, const TaskExample& example);

/// How often something was left out for one reason.
struct ReasonCount
{
    std::string reason;
    std::size_t count = 0;
    std::vector<std::string> where; ///< the first few places
};

/// Every reason once, the most frequent first.
std::vector<ReasonCount> count_reasons(const std::vector<LeftOut>& left_out);

} // namespace circuitloom
