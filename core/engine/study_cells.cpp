#include "core/engine/study_cells.h"

#include "core/store/experiment_reader.h"

#include <algorithm>

namespace circuitloom {

StudyCells::StudyCells(const StudyQuestion& question, const Study& study,
    const AnswerContext& context, StudyAnswer& answer)
    : file_(question.file)
    , context_(context)
    , inner_progress_([this](const std::string& what, int done, int total) {
        if (context_.progress)
            context_.progress(
                what + " (" + std::to_string(done) + " of " + std::to_string(total) + ")",
                answer_.done, answer_.total);
    })
    , inner_{ context.models, inner_progress_, context.stop, context.live }
    , answer_(answer)
    , most_(question.cells)
{
    answer.study = study;
    if (file_.empty())
        return;
    const RunId other = question.other.value == 0 ? question.run : question.other;
    answer.stored = begin_study(file_,
        { 0, question.run, other, std::string(study_name(study)),
            study_json(study, question.compute.dtype), 0 });
    answer.figures = ExperimentReader(file_).study_figures(answer.stored);
    for (const StudyFigure& one : answer.figures)
        there_.insert({ one.source, one.target, one.series, one.draw });
}

void StudyCells::expect(std::span<const StudyCell> cells)
{
    answer_.total = static_cast<int>(cells.size());
    answer_.done = static_cast<int>(
        std::ranges::count_if(cells, [this](const StudyCell& cell) { return has(cell); }));
}

void StudyCells::add(const std::vector<StudyFigure>& figures, int cells)
{
    if (answer_.stored > 0)
        store_figures(file_, answer_.stored, figures);
    for (const StudyFigure& one : figures)
        there_.insert({ one.source, one.target, one.series, one.draw });
    answer_.figures.insert(answer_.figures.end(), figures.begin(), figures.end());
    answer_.done += cells;
    added_ += cells;
}

std::vector<StudyFigure> figures_at(
    const StudyCell& cell, const std::vector<EvaluationRecord>& records)
{
    std::vector<StudyFigure> figures;
    for (const EvaluationRecord& record : records)
        figures.push_back({ cell.source, cell.target, cell.series, cell.draw, record.suite,
            record.measure, record.value, record.items });
    return figures;
}

} // namespace circuitloom
