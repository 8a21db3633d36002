// Answers GraftStudy: how little of a change carries what it did.
#include "core/engine/study_kinds.h"

#include "core/base/error.h"
#include "core/engine/run_evaluation.h"
#include "core/engine/study_cells.h"
#include "core/run/imported_run.h"
#include "core/store/experiment_reader.h"
#include "core/tuning/graft.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <utility>

namespace circuitloom {

namespace {

struct Ranking
{
    std::string_view series;
    GraftRanking by;
};
constexpr std::array rankings{ Ranking{ study_series::by_circuit, GraftRanking::circuit },
    Ranking{ study_series::by_drift, GraftRanking::drift },
    Ranking{ study_series::random, GraftRanking::random } };

/// Point by point: the smallest share of every ranking first.
std::vector<std::pair<StudyCell, GraftRanking>> points_of(const GraftStudy& study, bool has_circuit)
{
    std::vector<std::pair<StudyCell, GraftRanking>> points;
    for (int place = 0; place < static_cast<int>(study.shares.size()); ++place)
        for (const Ranking& ranking : rankings) {
            if (ranking.by == GraftRanking::circuit && !has_circuit)
                continue;
            const int draws = ranking.by == GraftRanking::random ? study.random_draws : 1;
            for (int draw = 0; draw < draws; ++draw)
                points.push_back({ { place, 0, std::string(ranking.series), draw }, ranking.by });
        }
    return points;
}

/// `share` of `all`, rounded.
std::int64_t share_of(double share, std::int64_t all)
{
    return std::clamp<std::int64_t>(std::llround(share * static_cast<double>(all)), 0, all);
}

RunMoment moment_of(const StudyQuestion& question, const GraftStudy& study)
{
    return { question.file, question.run,
        study.step < 0 ? RunMoment::Kind::end : RunMoment::Kind::step, std::max(study.step, 0) };
}

GraftStudy settled(
    const GraftStudy& asked, const StudyQuestion& question, const ExperimentReader& reader)
{
    GraftStudy study = asked;
    study.step = step_of(moment_of(question, asked), reader);
    std::ranges::sort(study.shares);
    study.shares.erase(std::ranges::unique(study.shares).begin(), study.shares.end());
    if (study.shares.empty() || study.shares.front() < 0 || study.shares.back() > 1)
        throw InputError("The shares of a graft are numbers from 0 to 1, as in 0,0.1,0.5,1.");
    if (study.step == 0)
        throw InputError("Run " + std::to_string(question.run.value) + " of "
            + question.file.string()
            + " has taken no step, so there is no change of which a share could be kept.");
    return study;
}

Transformer grafted(const Graft& graft, const GraftStudy& study, double share, GraftRanking by,
    const Circuit& circuit, std::uint64_t seed)
{
    if (study.entries)
        return graft.with_entries(share_of(share, graft.moved_entries()), by, circuit, seed);
    const auto parts = graft.ranked(by, circuit, seed);
    const auto count = share_of(share, static_cast<std::int64_t>(parts.size()));
    return graft.with_parts(std::span(parts).first(static_cast<std::size_t>(count)));
}

} // namespace

StudyAnswer answer_study(
    const GraftStudy& asked, const StudyQuestion& question, const AnswerContext& context)
{
    const ExperimentReader reader(question.file);
    const RunDescription run = reader.run(question.run).description;
    const RunConfig config = config_of(run);
    const GraftStudy study = settled(asked, question, reader);
    const Circuit circuit = reader.circuit(question.run, { study.iteration });
    StudyAnswer answer;
    StudyCells cells(question, study, context, answer);
    std::vector<StudyCell> expected;
    const auto points = points_of(study, !circuit.empty());
    for (const auto& [cell, by] : points)
        expected.push_back(cell);
    cells.expect(expected);
    if (circuit.empty())
        answer.notes.push_back("Iteration " + std::to_string(study.iteration)
            + " has no circuit, so nothing is ranked by it.");
    if (answer.done == answer.total)
        return answer;

    cells.tell("the two models");
    const SourcedModel start = cells.context().model(
        RunMoment{ question.file, question.run, RunMoment::Kind::start, 0 }, question.compute);
    const SourcedModel end = cells.context().model(moment_of(question, study), question.compute);
    const RunEvaluation evaluation(config, start);
    answer.dropped = evaluation.dropped();
    for (const std::string& note : evaluation.notes())
        answer.notes.push_back(note);
    const Graft graft(ComputationalGraph(run.shape, run.graph), *start.model, *end.model);
    for (const auto& [cell, by] : points) {
        if (cells.enough())
            return answer;
        if (cells.has(cell))
            continue;
        const auto say = [&cells] { cells.tell("grafting"); };
        say();
        const double share = study.shares[static_cast<std::size_t>(cell.source)];
        const Transformer model = grafted(
            graft, study, share, by, circuit, config.seed + static_cast<std::uint64_t>(cell.draw));
        auto figures = figures_at(cell, evaluation.of(model, *start.model, say));
        figures.push_back({ cell.source, cell.target, cell.series, cell.draw,
            std::string(change_suite), std::string(kept_figure), graft.kept(model),
            static_cast<int>(graft.moved().size()) });
        cells.add(figures, 1);
    }
    return answer;
}

} // namespace circuitloom
