#pragma once

#include "app/reference/program_reference.h"

namespace CLI {
class App;
}

namespace circuitloom {

/// What CLI11 knows of `app`, a whole program, and of all its commands.
ProgramReference reference_of(CLI::App& app);

} // namespace circuitloom
