#include "app/cli/engine_program.h"

#include "app/cli/commands/engine_commands.h"
#include "core/base/error.h"
#include "core/base/program_files.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <string>
#include <thread>

#include <sys/resource.h>
#include <unistd.h>

namespace circuitloom {

namespace {

constexpr rlim_t megabyte = 1'000'000;
/// With two threads LibTorch 1.13 and OpenBLAS began to compute in 1,050 MB of addresses; each
/// further thread has a stack, a heap and a buffer of OpenBLAS's.
constexpr rlim_t least_addresses = 1'200 * megabyte;
constexpr rlim_t addresses_per_thread = 110 * megabyte;

void require_addresses()
{
    rlimit limit{};
    if (::getrlimit(RLIMIT_AS, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY)
        return;
    const rlim_t threads = std::max(2U, std::thread::hardware_concurrency());
    const rlim_t needed = least_addresses + (threads - 2) * addresses_per_thread;
    if (limit.rlim_cur < needed)
        throw ResourceError("This command computes, for which LibTorch needs "
            + std::to_string(needed / megabyte) + " MB of address space to begin with; here "
            + std::to_string(limit.rlim_cur / megabyte)
            + " MB are allowed. Raise the limit (ulimit -v).");
}

} // namespace

bool needs_engine(CommandLine words)
{
    if (!words[0] || !words[1])
        return false;
    const std::string first = words[1];
    const std::string two = words[2] ? first + " " + words[2] : first;
    return std::ranges::any_of(engine_commands,
        [&](const EngineCommand& one) { return one.name == first || one.name == two; });
}

void become_engine_program(CommandLine words)
{
    require_addresses();
    const std::filesystem::path program = required_beside_program("circuitloom-cli-engine",
        "The program circuitloom-cli-engine, which computes,", "install both again, together.");
    ::execv(program.c_str(), words);
    throw ResourceError(program.string() + " cannot be started: " + std::strerror(errno) + ".");
}

} // namespace circuitloom
