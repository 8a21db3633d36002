#include "app/gui/engine_module.h"

#include "core/engine/tuning_engine.h"

extern "C" __attribute__((visibility("default"))) circuitloom::TuningEngine*
circuitloom_make_engine(const circuitloom::EngineOptions& options)
{
    return circuitloom::make_tuning_engine(options).release();
}

extern "C" __attribute__((visibility("default"))) int circuitloom_engine_interface()
{
    return engine_interface_version;
}
