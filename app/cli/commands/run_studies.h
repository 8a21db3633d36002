#pragma once

#include "core/run/studies.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace CLI {
class App;
class Option;
} // namespace CLI

namespace circuitloom {

/// What `runs FILE --transfer`, `--graft` and `--swap` take.
struct RunStudyOptions
{
    std::vector<std::int64_t> transfer; ///< a run, or whose circuits and whose models
    std::optional<std::int64_t> graft;
    std::optional<std::int64_t> swap;
    std::vector<int> iterations; ///< of the circuits; empty: some, evenly spread
    std::vector<int> models; ///< iterations of the models; empty: as `iterations`
    std::optional<int> from; ///< whose circuit ranks, or whose parameters are taken
    std::vector<double> shares; ///< empty: usual_graft_shares()
    bool entries = false;
    std::vector<std::string> parts;
    int top_parts = 5; ///< where no part is named
    int random_draws = 5;
    int examples = 0;
    int cells = 0;
    std::string device = "auto";

    bool asked() const { return !transfer.empty() || graft || swap; }
};

/// Answers with progress on stderr.
using StudySource = std::function<StudyAnswer(const StudyQuestion& question)>;

/// Adds the options to `runs`, and gives those that ask.
std::vector<CLI::Option*> add_study_options(CLI::App& runs, RunStudyOptions& options);

/// What the options ask about `file`. Throws InputError where the file has no such run or
/// iteration.
StudyQuestion study_question(const RunStudyOptions& options, const std::string& file);

} // namespace circuitloom
