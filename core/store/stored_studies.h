#pragma once

#include "core/base/ids.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace circuitloom {

/// A question with many figures that take long to compute (algorithm.md, section 11), without them.
struct StoredStudy
{
    std::int64_t id = 0; ///< in its file, from 1
    RunId run; ///< whose circuits, or whose change, it is about
    RunId other; ///< whose models the circuits are put into; else `run`. It may be gone since
    std::string kind; ///< as study_names of core/run/studies.h has it
    std::string question; ///< JSON: all that the figures depend on
    std::int64_t created = 0; ///< seconds since 1970, UTC
};

/// One figure of a study. What source, target and series are depends on its kind: see the comments
/// of the table study_figure.
struct StudyFigure
{
    int source = 0;
    int target = 0;
    std::string series;
    int draw = 0; ///< of a random control, from 0; else 0
    std::string suite;
    std::string measure;
    double value = 0; ///< not a number: it cannot be said
    int items = 0; ///< how many it was measured on
};

inline constexpr std::size_t longest_study_question = 200'000; ///< bytes of UTF-8
inline constexpr std::size_t longest_study_name = 1'000; ///< of a series, a suite or a measure

/// The number of the study that asks the same of the same runs; one without figures is stored where
/// there is none. Throws InputError where the file or the run does not exist, the file is a mirror
/// of another machine's, or the question is longer than above; ResourceError where the file cannot
/// be written to.
std::int64_t begin_study(const std::filesystem::path& file, const StoredStudy& study);
/// Adds figures in one transaction, in place of those at the same place. Throws as begin_study(),
/// InputError also where the study went with its run.
void store_figures(
    const std::filesystem::path& file, std::int64_t study, std::span<const StudyFigure> figures);

} // namespace circuitloom
