#include "app/cli/commands/commands.h"
#include "app/cli/commands/model_option.h"

#include "core/architecture/model_files.h"
#include "core/run/model_reference.h"
#include "core/tokenizer/model_tokenizer.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <iostream>

namespace circuitloom {

namespace {

struct Options
{
    std::string model;
    std::string text;
    bool json = false;
};

void tokenize(const Options& options)
{
    const ModelFiles files = open_model_files(untouched_model(options.model));
    const Tokenizer tokenizer = tokenizer_of(files);
    nlohmann::ordered_json result{ { "ids", nlohmann::json::array() },
        { "tokens", nlohmann::json::array() }, { "offsets", nlohmann::json::array() } };
    for (const PlacedToken& placed : tokenizer.encode_with_offsets(options.text)) {
        const std::string token = tokenizer.token_text(placed.id);
        result["ids"].push_back(placed.id);
        result["tokens"].push_back(token);
        result["offsets"].push_back({ placed.begin, placed.end });
        if (!options.json)
            std::cout << placed.id << "\t"
                      << nlohmann::json(token).dump(
                             -1, ' ', false, nlohmann::json::error_handler_t::replace)
                      << "\n";
    }
    if (options.json)
        std::cout << result.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) << "\n";
}

} // namespace

void add_tokenize_command(CLI::App& app)
{
    const auto options = std::make_shared<Options>();
    CLI::App* command = app.add_subcommand("tokenize", "The token ids of a text, a line each.");
    add_model_option(*command, options->model);
    command->add_option("--text", options->text, "the text")->required();
    command->add_flag("--json", options->json, "print JSON");
    command->callback([options] { tokenize(*options); });
}

} // namespace circuitloom
