#include "app/gui/engine_module.h"

#include "core/tuning/tuning_engine.h"

extern "C" __attribute__((visibility("default"))) circuitloom::TuningEngine*
circuitloom_make_engine()
{
    return circuitloom::make_tuning_engine().release();
}
