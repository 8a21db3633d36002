#pragma once

#include "core/run/run_config.h"

#include <QString>

namespace circuitloom::ui {

/// A preset with another model or task. Another task brings its own held-out examples where it is
/// built in, otherwise none, and no reference task; what is written in the demo model's language is
/// neither evaluated nor held out for another model.
RunConfig fitted_run(RunConfig preset, const std::string& model, const std::string& task);
/// One sentence about what fitted_run() left out of `preset`; empty where it left nothing out.
QString left_out(const RunConfig& preset, const RunConfig& fitted);

} // namespace circuitloom::ui
