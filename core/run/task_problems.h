#pragma once

#include "core/run/run_config.h"
#include "core/tasks/encoded_task.h"

#include <string>

namespace circuitloom {

/// Why a run cannot score the edges of a circuit on this task, where its metric or its baseline
/// needs what examples have not; empty where it can. Of a probe, of which a run knows only later
/// which examples it has, it is said where so many lack it that one of them must be among them.
std::string scoring_problem(const EncodedTask& task, const RunConfig& config);

/// A sentence where held-out examples are trained on as well; empty where none is.
std::string held_out_note(const EncodedTask& trained, const EncodedTask& held_out);

} // namespace circuitloom
