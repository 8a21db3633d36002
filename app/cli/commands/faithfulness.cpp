#include "app/cli/commands/ask.h"
#include "app/cli/commands/choices.h"
#include "app/cli/commands/commands.h"
#include "app/cli/commands/engine_commands.h"
#include "app/cli/commands/report_text.h"
#include "app/cli/commands/table.h"

#include "core/analysis/faithfulness_area.h"
#include "core/analysis/spread.h"
#include "core/base/counted.h"
#include "core/base/error.h"
#include "core/store/experiment_reader.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <iostream>
#include <variant>

namespace circuitloom {

namespace {

using Json = nlohmann::ordered_json;

struct Options
{
    AskOptions ask;
    FaithfulnessQuestion question;
};

/// The sizes of MIB's shares, and that of the iteration's own circuit.
std::vector<int> usual_sizes(const RunMoment& moment)
{
    const ExperimentReader reader(moment.file);
    const RunDescription run = reader.run(moment.run).description;
    const auto edges = ComputationalGraph::count_edges(run.shape, run.graph);
    std::vector<int> sizes = sizes_of_shares(edges);
    if (const auto found = reader.iterations(moment.run, { moment.number }); !found.empty())
        sizes.push_back(found.front().edges);
    std::ranges::sort(sizes);
    sizes.erase(std::unique(sizes.begin(), sizes.end()), sizes.end());
    return sizes;
}

void print_json(const FaithfulnessAnswer& answer)
{
    Json sizes = Json::array();
    for (const FaithfulnessOfSize& one : answer.sizes)
        sizes.push_back({ { "edges", one.edges },
            { "k", static_cast<double>(one.edges) / answer.edges }, { "live_edges", one.live },
            { "metric", number(one.metric) }, { "faithfulness", number(one.faithfulness) },
            { "random", one.random } });
    std::cout << written({ { "step", answer.model.step }, { "edges", answer.edges },
        { "circuit", answer.circuit },
        { "metric", metric_names[static_cast<std::size_t>(answer.metric)] },
        { "baseline", baseline_names[static_cast<std::size_t>(answer.baseline)] },
        { "positions", position_names[static_cast<std::size_t>(answer.positions)] },
        { "examples", answer.examples }, { "whole_model", number(answer.whole) },
        { "nothing_kept", number(answer.empty) }, { "sizes", std::move(sizes) } });
}

void print(const FaithfulnessAnswer& answer)
{
    const std::string metric( metric_names[static_cast<std::size_t>(answer.metric)]);
    std::cout << answer.edges << " edges, of which the iteration stored " << answer.circuit << "; "
              << metric << " with all " << fixed(answer.whole, 4) << ", with none "
              << fixed(answer.empty, 4) << ", over "
              << counted(static_cast<std::size_t>(answer.examples), "example") << "\n\n";
    Table table({ { "edges", true }, { "k", true }, { "live", true }, { metric, true },
        { "f", true }, { "random f", true } });
    for (const FaithfulnessOfSize& one : answer.sizes) {
        const Spread random = spread_of(one.random);
        table.add({ std::to_string(one.edges) + (one.edges == answer.circuit ? " *" : ""),
            fixed(static_cast<double>(one.edges) / answer.edges, 4), std::to_string(one.live),
            fixed(one.metric, 4), fixed_or_dash(one.faithfulness, 4),
            one.random.empty() ? "-"
                               : fixed(random.mean, 4) + " ± " + fixed(random.deviation, 4) });
    }
    std::cout << table.text() << "\n* the stored circuit; random: circuits of as many edges, mean ± "
              << "standard deviation\n";
}

void faithfulness(Options& options)
{
    FaithfulnessQuestion& question = options.question;
    ModelReference model;
    set_model(options.ask, model, question.compute);
    const auto* moment = std::get_if<RunMoment>(&model);
    if (!moment || moment->kind != RunMoment::Kind::iteration)
        throw InputError(options.ask.model
            + " is no iteration of a run: its circuit is what is judged. Name one as "
              "FILE.loom:R@I.");
    question.model = *moment;
    if (question.sizes.empty())
        question.sizes = usual_sizes(*moment);
    const auto answer = std::get<FaithfulnessAnswer>(ask(question));
    tell_model(answer.model);
    tell_remarks(answer.dropped, answer.notes);
    options.ask.json ? print_json(answer) : print(answer);
}

} // namespace

void add_faithfulness_command(CLI::App& app)
{
    const auto options = std::make_shared<Options>();
    FaithfulnessQuestion& question = options->question;
    CLI::App* command = add_engine_command(app, "faithfulness");
    add_ask_options(*command, options->ask);
    command
        ->add_option("--sizes", question.sizes,
            "numbers of edges, separated by commas; by default MIB's shares of the graph and the "
            "stored circuit's")
        ->delimiter(',')
        ->check(CLI::NonNegativeNumber);
    command->add_option("--random", question.random_draws, "random circuits of each size beside it")
        ->check(CLI::Range(0, 1'000));
    command->add_option("--examples", question.examples, "the first so many; 0 for all")
        ->check(CLI::NonNegativeNumber);
    command
        ->add_option_function<int>(
            "--memory",
            [&question](
                int megabytes) { question.memory_bytes = std::int64_t{ megabytes } << 20; },
            "MiB that ablation may hold at a time (default: 512)")
        ->check(CLI::Range(1, 1 << 22));
    command->callback([options] { faithfulness(*options); });
}

} // namespace circuitloom
