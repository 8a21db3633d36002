#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace circuitloom {

struct AnswerLimits
{
    std::size_t bytes = 4 << 20;
    std::chrono::milliseconds time{ 60000 };
};

/// What a program writes on its standard output until it ends; `input` is what it can read. `meanwhile`
/// is called several times a second. Throws ResourceError, with what it wrote on the standard error, where it fails; also where it
/// writes more than it may, or takes longer: it is killed then.
std::string answer_of(const std::vector<std::string>& words, const AnswerLimits& limits,
    const std::function<void()>& meanwhile, std::string_view input = {});

} // namespace circuitloom
