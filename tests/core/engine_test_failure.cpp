#include "core/base/error.h"
#include "core/tuning/failure.h"

#include <c10/util/Exception.h>
#include <doctest/doctest.h>

#include <new>
#include <string>

using namespace circuitloom;

namespace {

template <class Thrown>
std::string words_for(const Thrown& thrown, bool of_command)
{
    try {
        throw thrown;
    } catch (...) {
        return of_command ? failure_in_words("Lower --batch.") : failure_in_words();
    }
}

c10::Error torch_error(const std::string& message)
{
    return c10::Error({ "here", "alloc_cpu.cpp", 75 }, message);
}

} // namespace

TEST_CASE("what LibTorch throws is one line without its backtrace, and says what to do")
{
    const c10::Error memory = torch_error("[enforce fail at alloc_cpu.cpp:75] err == 0. "
                                          "DefaultCPUAllocator: can't allocate memory: you tried to "
                                          "allocate 9 bytes. Error code 12 (Cannot allocate memory)");
    for (const bool of_command : { false, true })
        for (const c10::Error& thrown : { memory, torch_error("shapes differ\nframe #0: somewhere") }) {
            const std::string said = words_for(thrown, of_command);
            CAPTURE(said);
            CHECK(said.find("frame #") == std::string::npos);
            CHECK(said.find('\n') == std::string::npos);
        }
    CHECK(words_for(memory, true)
        == "There is not enough memory (can't allocate memory: you tried to allocate 9 bytes. Error "
           "code 12 (Cannot allocate memory)). Lower --batch.");
    CHECK(words_for(memory, false).find("run.batch") != std::string::npos);
    CHECK(words_for(std::bad_alloc(), true) == "The computer ran out of memory. Lower --batch.");
    CHECK(words_for(InputError("No such thing."), true) == "No such thing.");
}
