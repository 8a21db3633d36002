#pragma once

#include "core/run/run_config.h"

#include <string>

namespace circuitloom {

/// Every setting with its value in `config`, what it does and what it may be, for a terminal.
std::string setting_list(RunConfig config);

/// The page of the documentation on all settings, in Markdown, with the values that they have where
/// nobody says otherwise.
std::string settings_page();

} // namespace circuitloom
