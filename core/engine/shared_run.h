#pragma once

#include "core/run/engine.h"
#include "core/run/process_place.h"

#include <memory>
#include <stop_token>

namespace circuitloom {

/// The engine of the first of several processes that tune one model together: it waits for the
/// others, which must assist(), and gives them what it is to tune. Its runs cannot be paused.
/// Otherwise as make_tuning_engine().
std::unique_ptr<TuningEngine> make_shared_tuning_engine(const ProcessPlace& place);

/// What every other process does: takes part in the one run that the first one tunes or goes on
/// with, and writes nothing. Ends as that one does; a `stop` here stops it too. Throws as
/// TuningEngine::tune().
RunState assist(const ProcessPlace& place, std::stop_token stop);

} // namespace circuitloom
