#include "app/cli/commands/ask.h"
#include "app/cli/commands/commands.h"
#include "app/cli/commands/engine_commands.h"
#include "app/cli/commands/report_text.h"
#include "app/cli/commands/table.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <array>
#include <functional>
#include <iostream>
#include <limits>
#include <map>

namespace circuitloom {

namespace {

using Json = nlohmann::ordered_json;
using Kind = ParameterPart::Kind;

struct Options
{
    AskOptions ask;
    DriftQuestion question;
    int parts = 20; ///< listed
};

constexpr std::array kind_names{ "query", "key", "value", "output", "mlp", "shared", "embedding",
    "unembedding" };

Json figures(const Moved& moved)
{
    return { { "relative", number(moved.relative()) }, { "distance", moved.distance },
        { "before", moved.before } };
}

void print_json(const DriftAnswer& answer)
{
    Json parts = Json::array();
    for (const auto& [part, moved] : answer.parts) {
        Json one{ { "part", parameter_part_name(part) },
            { "kind", kind_names[static_cast<std::size_t>(part.kind)] } };
        if (part.layer >= 0)
            one["layer"] = part.layer;
        if (part.index >= 0)
            one["index"] = part.index;
        one.update(figures(moved));
        parts.push_back(std::move(one));
    }
    std::cout << written({ { "step", answer.model.step }, { "whole", figures(answer.whole) },
        { "parts", std::move(parts) } });
}

/// A row for each layer: of each kind, all its parts together.
std::string layer_table(const DriftAnswer& answer)
{
    Table table({ { "layer" }, { "q", true }, { "k", true }, { "v", true }, { "o", true },
        { "MLP", true }, { "shared", true } });
    std::map<int, std::map<Kind, std::vector<MovedPart>>> layers;
    for (const MovedPart& part : answer.parts)
        if (part.part.layer >= 0)
            layers[part.part.layer][part.part.kind].push_back(part);
    for (auto& [layer, kinds] : layers) {
        std::vector<std::string> cells{ std::to_string(layer) };
        for (const Kind kind :
            { Kind::query, Kind::key, Kind::value, Kind::output, Kind::mlp, Kind::shared })
            cells.push_back(fixed_or_dash(together(kinds[kind]).relative(), 5));
        table.add(cells);
    }
    return table.text();
}

std::string part_table(const DriftAnswer& answer, int most)
{
    std::vector<MovedPart> parts = answer.parts;
    // What moved away from zeros moved infinitely far.
    std::ranges::stable_sort(parts, std::greater{}, [](const MovedPart& part) {
        return part.moved.relative().value_or(std::numeric_limits<double>::infinity());
    });
    Table table({ { "part" }, { "relative", true }, { "distance", true } });
    for (std::size_t i = 0; i < std::min(parts.size(), static_cast<std::size_t>(most)); ++i)
        table.add({ parameter_part_name(parts[i].part),
            fixed_or_dash(parts[i].moved.relative(), 5), fixed(parts[i].moved.distance, 5) });
    return table.text();
}

void drift(Options& options)
{
    set_model(options.ask, options.question.model, options.question.compute);
    const auto answer = std::get<DriftAnswer>(ask(options.question));
    tell_model(answer.model);
    if (options.ask.json) {
        print_json(answer);
        return;
    }
    std::cout << "How far parameters had moved since the start, Frobenius norms relative to those "
                 "at the start: all of them "
              << fixed_or_dash(answer.whole.relative(), 5) << "\n\n"
              << layer_table(answer);
    for (const MovedPart& part : answer.parts)
        if (part.part.layer < 0)
            std::cout << parameter_part_name(part.part) << ": "
                      << fixed_or_dash(part.moved.relative(), 5) << "\n";
    if (options.parts > 0)
        std::cout << "\nWhat moved farthest:\n" << part_table(answer, options.parts);
}

} // namespace

void add_drift_command(CLI::App& app)
{
    const auto options = std::make_shared<Options>();
    CLI::App* command = add_engine_command(app, "drift");
    add_ask_options(*command, options->ask);
    command
        ->add_option("--parts", options->parts, "so many of the parts that moved farthest are listed")
        ->check(CLI::NonNegativeNumber);
    command->callback([options] { drift(*options); });
}

} // namespace circuitloom
