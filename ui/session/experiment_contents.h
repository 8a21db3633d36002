#pragma once

#include "core/graph/circuit.h"
#include "core/store/stored_view.h"
#include "ui/session/run_history.h"

#include <optional>
#include <utility>
#include <vector>

namespace circuitloom::ui {

/// What of an experiment is read before it is shown.
struct ExperimentContents
{
    std::vector<RunHistory> runs; ///< only the current one's history is complete
    std::optional<StoredView> view; ///< how the file was left
    std::optional<RunId> current; ///< the preferred one, that of the view, or else the last
    std::vector<std::pair<int, Circuit>> circuits; ///< the last two of the current run
};

/// For the reader's thread. Throws Error.
ExperimentContents read_contents(const ExperimentReader& reader, std::optional<RunId> preferred);

} // namespace circuitloom::ui
