#include "app/cli/commands/run_studies.h"

#include "app/cli/commands/device_option.h"

#include "core/base/error.h"
#include "core/graph/parameter_part.h"
#include "core/store/experiment_reader.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>

namespace circuitloom {

namespace {

constexpr int usual_iterations = 8;

/// The parts that the circuit's strongest edges use: those of the greatest sum of |score|.
std::vector<std::string> strongest_parts(
    const ExperimentReader& reader, RunId run, int iteration, int count)
{
    const RunDescription description = reader.run(run).description;
    const ComputationalGraph graph(description.shape, description.graph);
    std::map<ParameterPart, double> sums;
    for (const ScoredEdge& scored : reader.circuit(run, { iteration }))
        for (const NodeId end : { graph.edge(scored.edge).source, graph.edge(scored.edge).target })
            sums[part_of(graph.node(end))] += std::abs(static_cast<double>(scored.score));
    std::vector<std::pair<ParameterPart, double>> parts(sums.begin(), sums.end());
    std::ranges::stable_sort(parts, std::greater{}, [](const auto& part) { return part.second; });
    std::vector<std::string> names;
    for (const auto& [part, sum] : parts)
        if (static_cast<int>(names.size()) < count)
            names.push_back(parameter_part_name(part));
    return names;
}

int iterations_of(const ExperimentReader& reader, RunId run)
{
    const int iterations = reader.run(run).iterations;
    if (iterations == 0)
        throw InputError("Run " + std::to_string(run.value) + " of " + reader.file().string()
            + " has no iteration yet.");
    return iterations;
}

} // namespace

std::vector<CLI::Option*> add_study_options(CLI::App& runs, RunStudyOptions& options)
{
    std::vector<CLI::Option*> asking{
        runs.add_option("--transfer", options.transfer,
                "how faithful this run's circuits are to its models at other iterations (R), or to "
                "the "
                "models of another run (R,S), as a matrix, random circuits of as many edges beside "
                "it")
            ->delimiter(',')
            ->expected(1, 2),
        runs.add_option("--graft", options.graft,
            "how little of what this run changed carries what it learnt and what it lost: the "
            "strongest "
            "share of the change alone, by the circuit's scores, by how far things moved, at "
            "random"),
        runs.add_option("--swap", options.swap,
            "what this run's models do with some parts taken from one of its iterations, beside as "
            "many "
            "other parts"),
    };
    for (CLI::Option* one : asking)
        for (CLI::Option* other : asking)
            if (one != other)
                one->excludes(other);
    runs.add_option("--iterations", options.iterations,
            "with --transfer: of the circuits; with --swap: of the models that the parts are put "
            "into. "
            "By default 8, evenly spread")
        ->delimiter(',')
        ->check(CLI::NonNegativeNumber);
    runs.add_option("--models", options.models,
            "with --transfer: iterations of the models; by default as the circuits', or 8 of the "
            "other run")
        ->delimiter(',')
        ->check(CLI::NonNegativeNumber)
        ->needs(asking[0]);
    runs.add_option("--from", options.from,
            "with --graft: the iteration whose circuit ranks; with --swap: whose parts are taken "
            "(the "
            "last one)")
        ->check(CLI::NonNegativeNumber);
    runs.add_option("--shares", options.shares,
            "with --graft: shares of the parts that moved, as in 0,0.1,0.5,1")
        ->delimiter(',')
        ->check(CLI::Range(0.0, 1.0))
        ->needs(asking[1]);
    runs.add_flag("--entries", options.entries,
            "with --graft: shares of the single entries that moved, not of parts")
        ->needs(asking[1]);
    CLI::Option* parts = runs.add_option("--parts", options.parts,
                                 "with --swap: what is taken, as in a0.h1,a1.h0<q>,m0, or all")
                             ->delimiter(',')
                             ->needs(asking[2]);
    runs.add_option("--top-parts", options.top_parts,
            "with --swap: so many of the parts that the circuit's strongest edges use (5)")
        ->check(CLI::Range(1, 1'000'000))
        ->needs(asking[2])
        ->excludes(parts);
    runs.add_option("--random", options.random_draws,
            "with --transfer, --graft or --swap: random choices beside each figure (5)")
        ->check(CLI::Range(0, 1'000));
    runs.add_option("--examples", options.examples,
            "with --transfer: the first so many of the run's task; 0 for all")
        ->check(CLI::NonNegativeNumber)
        ->needs(asking[0]);
    runs.add_option("--cells", options.cells,
            "with --transfer, --graft or --swap: compute at most so many figures now; the same "
            "command "
            "goes on with the others")
        ->check(CLI::NonNegativeNumber);
    add_device_option(runs, options.device);
    return asking;
}

StudyQuestion study_question(const RunStudyOptions& options, const std::string& file)
{
    const ExperimentReader reader(file);
    StudyQuestion question;
    question.file = file;
    question.compute.device = options.device;
    question.cells = options.cells;
    question.run = { !options.transfer.empty() ? options.transfer.front()
            : options.graft                    ? *options.graft
                                               : *options.swap };
    const int iterations = iterations_of(reader, question.run);
    const int last = options.from.value_or(iterations - 1);
    const std::vector<int> some = options.iterations.empty()
        ? evenly_chosen(iterations, usual_iterations)
        : options.iterations;
    if (!options.transfer.empty()) {
        question.other = { options.transfer.back() };
        const bool same = question.other == question.run;
        const std::vector<int> models = !options.models.empty() ? options.models
            : same                                              ? some
                   : evenly_chosen(iterations_of(reader, question.other), usual_iterations);
        question.study = TransferStudy{ some, models, options.random_draws, options.examples };
    } else if (options.graft) {
        question.study = GraftStudy{ last, -1, options.entries,
            options.shares.empty() ? usual_graft_shares() : options.shares, options.random_draws };
    } else {
        question.study = SwapStudy{ last, some,
            options.parts.empty() ? strongest_parts(reader, question.run, last, options.top_parts)
                                  : options.parts,
            options.random_draws };
    }
    return question;
}

} // namespace circuitloom
