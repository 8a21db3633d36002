#pragma once

#include "core/run/engine.h"
#include "core/run/engine_options.h"

#include <filesystem>
#include <memory>

namespace circuitloom {

/// Opens circuitloom-engine.so, which brings LibTorch, as core/base/program_files.h finds it
/// from the program's folder, and makes the engine. Meant for the worker's thread: it takes most of
/// a second. Throws ResourceError where the module is missing or does not load.
std::unique_ptr<TuningEngine> load_engine(
    const std::filesystem::path& program_folder, const EngineOptions& options = {});

} // namespace circuitloom
