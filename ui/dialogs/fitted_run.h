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

/// What to type for the same run, quoted for a shell, an option a line: the nearest preset and what
/// differs from it; where a preset and settings cannot say it, the run saved as run.toml (see
/// to_toml()).
QString tune_command(const RunConfig& config);

} // namespace circuitloom::ui
