#include "core/tuning/failure.h"

#include "core/base/error.h"

#include <c10/util/Exception.h>

#include <algorithm>
#include <array>
#include <new>
#include <string_view>

namespace circuitloom {

namespace {

constexpr const char* less_memory = " Lower run.batch or task.max_tokens, or choose a smaller "
                                    "model; what the run stored is kept.";

// The words of LibTorch's allocators, for CPUs and for GPUs.
constexpr std::array<std::string_view, 3> no_memory{ "out of memory", "can't allocate memory",
    "not enough memory" };

bool says_no_memory(std::string_view text)
{
    return std::ranges::any_of(no_memory,
        [text](std::string_view words) { return text.find(words) != std::string_view::npos; });
}

} // namespace

std::string failure_in_words()
{
    try {
        throw;
    } catch (const Error& failure) {
        return failure.what();
    } catch (const c10::Error& failure) {
        // LibTorch's own text carries a backtrace; its first line says what happened.
        const std::string text = failure.what_without_backtrace();
        const std::string first = text.substr(0, text.find('\n'));
        return says_no_memory(text) ? "The device ran out of memory (" + first + ")." + less_memory
                                    : "LibTorch could not go on: " + first;
    } catch (const std::bad_alloc&) {
        return std::string("The computer ran out of memory.") + less_memory;
    } catch (const std::exception& failure) {
        return std::string("This failed: ") + failure.what();
    } catch (...) {
        return "This failed for an unknown reason.";
    }
}

} // namespace circuitloom
