#pragma once

#include "core/engine/answers.h"
#include "core/run/studies.h"

#include <filesystem>
#include <set>
#include <span>
#include <string>
#include <tuple>
#include <vector>

namespace circuitloom {

/// A cell of a study: figures that are computed and stored together.
struct StudyCell
{
    int source = 0;
    int target = 0;
    std::string series;
    int draw = 0;
    auto operator<=>(const StudyCell&) const = default;
};

/// Which cells of a study are there, and where new ones go: into the answer, and into the run's
/// file as soon as they are known. Throws as begin_study() and store_figures() do.
class StudyCells
{
public:
    /// `study` with every number settled; what the file has of it goes into `answer`. `context` and
    /// `answer` must outlive this.
    StudyCells(const StudyQuestion& question, const Study& study, const AnswerContext& context,
        StudyAnswer& answer);
    StudyCells(const StudyCells&) = delete;
    StudyCells& operator=(const StudyCells&) = delete;

    /// What there is to be; to be called once, before the first of the others.
    void expect(std::span<const StudyCell> cells);
    bool has(const StudyCell& cell) const { return there_.contains(cell); }
    /// Whether as many cells were added as the question asked for.
    bool enough() const { return most_ > 0 && added_ >= most_; }
    /// Says how far the study is: `what` is being done. Throws Cancelled once a stop was requested.
    void tell(const std::string& what) const { context_.tell(what, answer_.done, answer_.total); }
    /// The context for what a cell needs: its progress is told beside that of the study, whose
    /// share that is done says how long it will still take.
    const AnswerContext& context() const { return inner_; }
    /// Adds figures of one cell or of what stands beside the cells; `cells` counts the former.
    void add(const std::vector<StudyFigure>& figures, int cells);

private:
    const std::filesystem::path file_; ///< empty: nothing is stored
    const AnswerContext& context_;
    AnswerProgress inner_progress_;
    AnswerContext inner_;
    StudyAnswer& answer_;
    int most_;
    int added_ = 0;
    std::set<StudyCell> there_;
};

/// The figures that evaluations gave, at the place of a cell.
std::vector<StudyFigure> figures_at(
    const StudyCell& cell, const std::vector<EvaluationRecord>& records);

} // namespace circuitloom
