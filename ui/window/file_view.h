#pragma once

#include "core/base/ids.h"
#include "ui/circuit/view_state.h"
#include "ui/curves/curves_view.h"
#include "ui/panels/candidate_words.h"
#include "ui/panels/compared_with.h"
#include "ui/panels/named_ablation.h"
#include "ui/timeline/playback.h"

#include <QString>

#include <optional>
#include <string>
#include <vector>

namespace circuitloom::ui {

/// How a file is looked at: all that should be there again when it is opened the next time.
struct FileView
{
    int iteration = -1; ///< of the run shown; -1 for the last one, whichever that is by then
    std::optional<LoopRange> loop;
    bool looping = false;
    std::vector<RunId> overlaid; ///< runs whose curves stand beside those of the run shown
    int chosen = 0; ///< the iteration that ColorChoice::since_chosen compares with
    WidthScale width = WidthScale::root;
    CurvesView curves;
    QString sentence; ///< that models are tried on
    CandidateWords candidates; ///< that may follow it
    std::vector<NamedAblation> ablations; ///< lists of what can be switched off
    std::vector<ComparedWith> compared; ///< circuits beside the one shown; empty: none was chosen
    ViewState state; ///< its supernodes are the file's own and not stored here

    bool operator==(const FileView&) const = default;
};

/// JSON, with the time of its making: of two the newer one counts.
std::string file_view_text(const FileView& view, std::int64_t saved_ms);

struct ReadFileView
{
    FileView view;
    std::int64_t saved_ms = 0; ///< since 1970, UTC; 0 where it is not told
};

/// What of it makes sense: files are untrusted, and may come from another version. Node and edge
/// numbers are those of any graph; see fitted_to(). Nothing where it is no JSON object.
std::optional<ReadFileView> read_file_view(const std::string& text);

/// Without nodes and edges that `graph` lacks.
FileView fitted_to(FileView view, const ComputationalGraph& graph);

} // namespace circuitloom::ui
