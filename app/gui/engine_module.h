#pragma once

namespace circuitloom {
class TuningEngine;
struct EngineOptions;
}

/// What is exported by circuitloom-engine.so. The caller owns the result. May throw.
extern "C" circuitloom::TuningEngine* circuitloom_make_engine(
    const circuitloom::EngineOptions& options);

/// The version of the engine's interface (core/run/engine.h and what it passes) that the module was
/// built with.
extern "C" int circuitloom_engine_interface();

/// To be raised with every change of core/run/engine.h, engine_options.h, questions.h, run_config.h
/// or what they include: a window and an engine of different versions would misread each other.
inline constexpr int engine_interface_version = 8;

inline constexpr const char* circuitloom_engine_interface_symbol = "circuitloom_engine_interface";
/// Its name, for dlsym().
inline constexpr const char* circuitloom_make_engine_symbol = "circuitloom_make_engine";
