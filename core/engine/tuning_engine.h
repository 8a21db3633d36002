#pragma once

#include "core/run/engine.h"
#include "core/run/engine_options.h"

#include <memory>

namespace circuitloom {

/// The engine that LibTorch computes with.
std::unique_ptr<TuningEngine> make_tuning_engine(const EngineOptions& options = {});

} // namespace circuitloom
