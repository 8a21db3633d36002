#pragma once

#include "ui/difference/compared_circuits.h"
#include "ui/panels/compared_with.h"

#include <optional>
#include <vector>

namespace circuitloom::ui {

// Which circuits stand beside A where the user chose none, or where what was chosen is no more.
// Plain functions of what was read of the file.

/// One more beside those that are `there`: of another run than A's that has none there yet, or else
/// the first iteration of A's run.
ComparedWith one_more(const ComparedCircuits& found, const std::vector<ComparedWith>& there);

/// What stands there now, in the places of those before: where the window shows a run that stood
/// beside A, it changes places with A's run `before`, and in place of a run that is not in the file
/// any more another one comes. `before` is nothing where A's run before is of no account.
std::vector<ComparedWith> still_there(const std::vector<ComparedWith>& earlier,
    const ComparedCircuits& found, std::optional<RunId> before);

} // namespace circuitloom::ui
