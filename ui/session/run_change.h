#pragma once

#include "ui/session/run_history.h"

namespace circuitloom::ui {

/// What became of a run that is known, as its row in the file tells. Others may write to the file.
enum class RunChange
{
    none,
    news, ///< it grew, or has another state
    written_anew ///< rows that are known are not in the file any more: it went on from a checkpoint
};

RunChange change_of(const RunHistory& known, const RunSummary& found);

} // namespace circuitloom::ui
