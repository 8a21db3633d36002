#pragma once

#include "app/cli/commands/tuning_progress.h"

#include "core/base/error.h"

#include <concepts>
#include <string>

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

} // namespace circuitloom
