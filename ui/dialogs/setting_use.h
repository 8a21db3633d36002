#pragma once

#include "core/run/run_config.h"

#include <QString>

#include <string>

namespace circuitloom::ui {

/// Why a run like that has no use for a setting, as a sentence; empty where it has.
QString why_unused(const std::string& setting, const RunConfig& config);

} // namespace circuitloom::ui
