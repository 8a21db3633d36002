#include "app/cli/commands/commands.h"
#include "app/cli/commands/engine_commands.h"
#include "app/cli/commands/progress.h"
#include "app/cli/commands/report_text.h"
#include "app/cli/commands/table.h"

#include "core/base/measure.h"
#include "core/formats/result_file.h"
#include "core/tuning/pretraining.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <iostream>

namespace circuitloom {

namespace {

struct Options
{
    PretrainingSettings settings;
    std::string directory;
    bool force = false;
    bool json = false;
};

void train(const Options& options)
{
    require_no_model(options.directory, options.force);
    ProgressLine progress;
    double mean_loss = 0;
    const auto results = train_demo_model(
        options.settings, options.directory, [&](int step, double loss) {
            mean_loss = step == 1 ? loss : 0.98 * mean_loss + 0.02 * loss;
            progress.show("training", step, options.settings.steps, "loss " + fixed(mean_loss, 3));
            return true;
        });
    progress.finish();
    if (options.json) {
        nlohmann::ordered_json table = nlohmann::json::array();
        for (const EvaluationRecord& record : results)
            table.push_back({ { "suite", record.suite }, { "accuracy", record.value },
                { "items", record.items } });
        std::cout << written(table);
        return;
    }
    Table table({ { "suite" }, { "held-out accuracy", true }, { "items", true } });
    for (const EvaluationRecord& record : results)
        table.add({ record.suite, value_text(measures::accuracy, record.value),
            std::to_string(record.items) });
    std::cout << table.text() << "\nthe model is in " << options.directory << "\n";
}

} // namespace

void add_train_demo_model_command(CLI::App& app)
{
    const auto options = std::make_shared<Options>();
    PretrainingSettings& settings = options->settings;
    CLI::App* command = add_engine_command(app, "train-demo-model");
    command->add_option("-o,--output", options->directory, "the directory to write")->required();
    command->add_option("--seed", settings.seed);
    command->add_option("--steps", settings.steps)->check(CLI::Range(1, 10'000'000));
    command->add_option("--batch", settings.batch, "sentences")->check(CLI::Range(1, 100'000));
    command->add_option("--learning-rate", settings.learning_rate)->check(CLI::PositiveNumber);
    command->add_flag("--force", options->force, "write into a directory that holds a model");
    command->add_flag("--json", options->json, "print JSON");
    command->callback([options] { train(*options); });
}

} // namespace circuitloom
