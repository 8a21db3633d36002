#pragma once

#include "core/run/studies.h"

#include <array>
#include <filesystem>
#include <optional>
#include <variant>
#include <vector>

namespace circuitloom::ui {

/// One study of a run, as the file has it or as an answer gave it.
struct ShownStudy
{
    Study study;
    std::vector<StudyFigure> figures; ///< those that are there
    bool complete = false;
};

/// A run's studies, one of each kind at most, in the order of study_names.
using RunStudies = std::array<std::optional<ShownStudy>, std::variant_size_v<Study>>;

/// Those of a run that were begun last; of transfers only those into the run's own models. Throws
/// as ExperimentReader does. For any thread.
RunStudies read_studies(const std::filesystem::path& file, RunId run);

/// Whether every figure that the study asks for is there.
bool is_complete(const Study& study, const std::vector<StudyFigure>& figures);

/// Whether a question's study is the one that is shown: a graft that is asked of as far as its run
/// has come is that of `steps_done` steps.
bool asks_for(const Study& asked, const Study& shown, int steps_done);

} // namespace circuitloom::ui
