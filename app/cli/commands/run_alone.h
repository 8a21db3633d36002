#pragma once

#include "app/cli/commands/tuning_progress.h"

#include "core/base/error.h"

#include <concepts>
#include <cstddef>
#include <string>
#include <vector>

namespace circuitloom {

/// Trains one run of several. What only this run fails by, as where it diverges, is told under its
/// name and false is returned; what the others would fail by too, InputError, ResourceError and
/// Cancelled, is thrown on.
bool train_alone(
    TuningProgress& progress, const std::string& name, const std::invocable auto& train)
{
    try {
        train();
        return true;
    } catch (const InputError&) {
        throw;
    } catch (const ResourceError&) {
        throw;
    } catch (const Cancelled&) {
        throw;
    } catch (const Error& cause) {
        progress.note(name + ": " + cause.what());
        return false;
    }
}

/// As in "1 of the sweep's 3 runs failed: lora, seed 2. Of run R, circuitloom-cli runs FILE show R
/// says why", without the full stop: which of the `runs` of `whole` failed, by their names.
std::string failed_runs_text(const std::string& whole, const std::vector<std::string>& failed,
    std::size_t runs, const std::string& file);

} // namespace circuitloom
