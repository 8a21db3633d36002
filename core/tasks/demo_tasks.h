#pragma once

#include "core/tasks/capability_suite.h"
#include "core/tasks/task.h"

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace circuitloom {

/// The tasks and suites of the demo language (core/demo/demo.h) in the form of all others. What
/// they are called, how they are drawn and what they throw stands there.

std::vector<TaskExample> demo_task(
    std::string_view name, std::size_t examples = 2000, std::uint64_t seed = 1);

CapabilitySuite demo_suite(std::string_view name, std::size_t items = 500, std::uint64_t seed = 1);

} // namespace circuitloom
