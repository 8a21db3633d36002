#pragma once

namespace circuitloom {
class TuningEngine;
}

/// The one symbol of circuitloom-engine.so. The caller owns the result. May throw.
extern "C" circuitloom::TuningEngine* circuitloom_make_engine();

/// Its name, for dlsym().
inline constexpr const char* circuitloom_make_engine_symbol = "circuitloom_make_engine";
