#pragma once

#include "core/base/ids.h"

#include <csignal>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace circuitloom {

/// What can be told to a run that circuitloom-cli trains in another process, and the signal that
/// tells it. A run waits, or stops, after the step under way, with a checkpoint.
enum class RunOrder
{
    stop,
    pause,
    resume
};

inline constexpr int stop_signal = SIGTERM;
inline constexpr int pause_signal = SIGUSR1;
inline constexpr int resume_signal = SIGUSR2;

std::string_view run_order_name(RunOrder order);
std::optional<RunOrder> run_order(std::string_view name);

/// Tells the process on this machine that trains a run of `file`; returns at once, with a sentence on
/// what was done. The same order twice does no more than once. Throws InputError where the run is not
/// in training, or its process does not understand the order: a window, an older circuitloom-cli, or
/// one that cannot pause.
std::string give_order(const std::filesystem::path& file, RunId run, RunOrder order);

} // namespace circuitloom
