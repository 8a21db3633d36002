// Answers SwapStudy: parameters of one iteration in the models of others.
#include "core/engine/study_kinds.h"

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/engine/run_evaluation.h"
#include "core/engine/study_cells.h"
#include "core/run/imported_run.h"
#include "core/store/experiment_reader.h"
#include "core/tuning/graft.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

namespace circuitloom {

namespace {

using Parts = std::vector<ParameterPart>;

/// As many parts of each kind as `chosen` has, of those that it has not; fewer where there are no
/// more.
Parts random_parts(const ComputationalGraph& graph, const Parts& chosen, std::uint64_t seed)
{
    const std::set<ParameterPart> taken(chosen.begin(), chosen.end());
    std::map<ParameterPart::Kind, Parts> others;
    for (const ParameterPart& part : parameter_parts(graph))
        if (!taken.contains(part))
            others[part.kind].push_back(part);
    std::map<ParameterPart::Kind, std::size_t> wanted;
    for (const ParameterPart& part : chosen)
        ++wanted[part.kind];
    Random random(seed);
    Parts drawn;
    for (const auto& [kind, count] : wanted) {
        Parts& from = others[kind];
        random.shuffle(from);
        drawn.insert(drawn.end(), from.begin(),
            from.begin() + static_cast<std::ptrdiff_t>(std::min(count, from.size())));
    }
    return drawn;
}

std::vector<StudyCell> cells_of(const SwapStudy& study, int draws)
{
    std::vector<StudyCell> cells;
    for (const int model : study.models) {
        cells.push_back({ 0, model, std::string(study_series::model), 0 });
        cells.push_back({ 0, model, std::string(study_series::found), 0 });
        for (int draw = 0; draw < draws; ++draw)
            cells.push_back({ 0, model, std::string(study_series::random), draw });
    }
    return cells;
}

} // namespace

StudyAnswer answer_study(
    const SwapStudy& asked, const StudyQuestion& question, const AnswerContext& context)
{
    const ExperimentReader reader(question.file);
    const RunSummary run = reader.run(question.run);
    const RunConfig config = config_of(run.description);
    for (const int iteration : asked.models)
        if (iteration >= run.iterations)
            throw reader.no_iteration(question.run, { iteration });
    const ComputationalGraph graph(run.description.shape, run.description.graph);
    const Parts chosen = named_parts(graph, asked.parts);
    if (chosen.empty())
        throw InputError("Name the parts that are swapped, as in a0.h1,m0.");
    SwapStudy study = asked;
    std::ranges::sort(study.models);
    study.models.erase(std::ranges::unique(study.models).begin(), study.models.end());
    study.parts.clear();
    for (const ParameterPart& part : chosen)
        study.parts.push_back(parameter_part_name(part));

    StudyAnswer answer;
    StudyCells cells(question, study, context, answer);
    const std::size_t others = random_parts(graph, chosen, config.seed).size();
    if (others < chosen.size())
        answer.notes.push_back("There are " + std::to_string(others)
            + " other parts of the kinds of the " + std::to_string(chosen.size())
            + " that are swapped, so the random choices are smaller.");
    const std::vector<StudyCell> all = cells_of(study, others == 0 ? 0 : study.random_draws);
    cells.expect(all);
    if (answer.done == answer.total)
        return answer;

    const auto model_of = [&](int iteration) {
        return cells.context().model(
            RunMoment{ question.file, question.run, RunMoment::Kind::iteration, iteration },
            question.compute);
    };
    cells.tell("the model that the parameters are of");
    const SourcedModel source = model_of(study.source);
    const SourcedModel untouched = cells.context().model(
        RunMoment{ question.file, question.run, RunMoment::Kind::start, 0 }, question.compute);
    const RunEvaluation evaluation(config, source);
    answer.dropped = evaluation.dropped();
    answer.notes.insert(answer.notes.end(), evaluation.notes().begin(), evaluation.notes().end());
    std::optional<std::pair<int, SourcedModel>> into;
    for (const StudyCell& cell : all) {
        if (cells.enough())
            return answer;
        if (cells.has(cell))
            continue;
        const auto say
            = [&] { cells.tell("swapping in iteration " + std::to_string(cell.target)); };
        say();
        if (!into || into->first != cell.target)
            into = { cell.target, model_of(cell.target) };
        const Transformer& before = *into->second.model;
        Parts parts;
        if (cell.series == study_series::found)
            parts = chosen;
        else if (cell.series == study_series::random)
            parts
                = random_parts(graph, chosen, config.seed + static_cast<std::uint64_t>(cell.draw));
        const Transformer swapped = Graft(graph, before, *source.model).with_parts(parts);
        cells.add(figures_at(cell, evaluation.of(swapped, *untouched.model, say)), 1);
    }
    return answer;
}

} // namespace circuitloom
