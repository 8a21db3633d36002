#include "core/tuning/failure.h"

#include "core/base/error.h"
#include "core/distributed/ranks.h"

#include <c10/util/Exception.h>

#include <algorithm>
#include <array>
#include <new>
#include <string_view>

namespace circuitloom {

namespace {

// The words of LibTorch's allocators, for CPUs and for GPUs.
constexpr std::array<std::string_view, 4> no_memory{ "out of memory", "can't allocate memory",
    "not enough memory", "ALLOC_FAILED" };

bool says_no_memory(std::string_view text)
{
    return std::ranges::any_of(no_memory,
        [text](std::string_view words) { return text.find(words) != std::string_view::npos; });
}

/// The first line of LibTorch's text, without the place in its source and the name of its allocator.
std::string reason_of(const c10::Error& failure)
{
    std::string text = failure.what_without_backtrace();
    text.resize(std::min(text.size(), text.find('\n')));
    if (const std::size_t end = text.find("] "); text.starts_with("[enforce fail at ")
        && end != std::string::npos)
        text = text.substr(end + 2);
    constexpr std::string_view allocator = "DefaultCPUAllocator: ";
    if (const std::size_t at = text.find(allocator); at != std::string::npos)
        text = text.substr(at + allocator.size());
    while (!text.empty() && (text.back() == '.' || text.back() == ' '))
        text.pop_back();
    return text;
}

} // namespace

bool says_out_of_memory()
{
    try {
        throw;
    } catch (const c10::Error& failure) {
        return says_no_memory(failure.what_without_backtrace());
    } catch (const std::bad_alloc&) {
        return true;
    } catch (const MemoryElsewhere&) {
        return true;
    } catch (...) {
        return false;
    }
}

std::exception_ptr out_of_memory_in(const Ranks& ranks, const std::function<void()>& work)
{
    try {
        work();
    } catch (const MemoryElsewhere&) {
        return std::current_exception(); // they know
    } catch (...) {
        if (!says_out_of_memory())
            throw;
        ranks.say_out_of_memory();
        return std::current_exception();
    }
    return nullptr;
}

std::string failure_in_words(const std::string& less_memory)
{
    try {
        throw;
    } catch (const MemoryElsewhere& failure) {
        return failure.what() + (" " + less_memory);
    } catch (const Error& failure) {
        return failure.what();
    } catch (const c10::Error& failure) {
        const std::string reason = reason_of(failure);
        return says_no_memory(failure.what_without_backtrace())
            ? "There is not enough memory (" + reason + "). " + less_memory
            : "LibTorch could not go on: " + reason + ".";
    } catch (const std::bad_alloc&) {
        return "The computer ran out of memory. " + less_memory;
    } catch (const std::exception& failure) {
        return std::string("This failed: ") + failure.what();
    } catch (...) {
        return "This failed for an unknown reason.";
    }
}

} // namespace circuitloom
