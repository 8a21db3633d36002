#include "app/cli/engine_program.h"

#include "app/cli/commands/engine_commands.h"
#include "core/base/error.h"

#include <algorithm>
#include <array>
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

std::filesystem::path engine_program()
{
    const std::string name = "circuitloom-cli-engine";
    std::error_code error;
    const auto folder = std::filesystem::read_symlink("/proc/self/exe", error).parent_path();
    const std::array candidates{ folder / name,
        folder.parent_path() / "lib" / "circuitloom" / name };
    for (const std::filesystem::path& file : candidates)
        if (std::filesystem::exists(file, error))
            return file;
    throw ResourceError("The program " + name + ", which computes, was found neither in "
        + candidates[0].parent_path().string() + " nor in " + candidates[1].parent_path().string()
        + "; install both again, together.");
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
    const std::filesystem::path program = engine_program();
    ::execv(program.c_str(), words);
    throw ResourceError(program.string() + " cannot be started: " + std::strerror(errno) + ".");
}

} // namespace circuitloom
