#include "core/engine/failure_words.h"

#include "core/tuning/failure.h"

#include <c10/util/Exception.h>

#include <algorithm>
#include <array>
#include <new>
#include <string_view>

namespace circuitloom {

namespace {

/// The words of LibTorch's allocators, for CPUs and for GPUs.
constexpr std::array<std::string_view, 3> no_memory{ "out of memory", "can't allocate memory",
    "not enough memory" };

/// LibTorch's first line, without the place in its source and the name of its allocator.
std::string reason_of(const c10::Error& failure)
{
    std::string text = failure.what_without_backtrace();
    text = text.substr(0, text.find('\n'));
    if (text.starts_with("[enforce fail at "))
        text = text.substr(std::min(text.find("] "), text.size() - 2) + 2);
    constexpr std::string_view allocator = "DefaultCPUAllocator: ";
    if (const std::size_t at = text.find(allocator); at != std::string::npos)
        text = text.substr(at + allocator.size());
    while (!text.empty() && (text.back() == '.' || text.back() == ' '))
        text.pop_back();
    return text;
}

} // namespace

std::string failure_in_words(const std::string& advice)
{
    try {
        throw;
    } catch (const c10::Error& failure) {
        const std::string text = failure.what_without_backtrace();
        if (std::ranges::any_of(no_memory, [&text](std::string_view words) {
                return text.find(words) != std::string::npos;
            }))
            return "There is not enough memory (" + reason_of(failure) + "). " + advice;
        return circuitloom::failure_in_words();
    } catch (const std::bad_alloc&) {
        return "The computer ran out of memory. " + advice;
    } catch (...) {
        return circuitloom::failure_in_words();
    }
}

} // namespace circuitloom
