#include "app/cli/commands/commands.h"
#include "app/cli/commands/engine_commands.h"
#include "app/cli/commands/model_option.h"
#include "app/cli/commands/models.h"
#include "app/cli/commands/progress.h"

#include "core/engine/checkpoint_export.h"
#include "core/engine/export_model.h"
#include "core/formats/result_file.h"
#include "core/tuning/adapter_export.h"

#include <CLI/CLI.hpp>

#include <iostream>

namespace circuitloom {

namespace {

struct Options
{
    std::string model;
    std::string directory;
    std::string dtype = "float32";
    std::int64_t run = 0; ///< 0: `model` is a model, not an experiment
    std::int64_t checkpoint = 0; ///< 0: the latest
    bool difference = false;
    bool adapter = false;
    bool force = false;
};

ElementType element_type(const std::string& dtype)
{
    return dtype == "float16" ? ElementType::f16
        : dtype == "bfloat16" ? ElementType::bf16
                              : ElementType::f32;
}

void export_chosen(const Options& options)
{
    require_no_model(options.directory, options.force);
    const ElementType type = element_type(options.dtype);
    const auto checkpoint
        = options.checkpoint == 0 ? std::nullopt : std::optional(options.checkpoint);
    if (options.run == 0) {
        ProgressLine progress;
        export_model(options.model, options.directory, type,
            [&progress](const std::string& what, int done, int total) {
                progress.show(what, done, total);
            });
    } else if (options.adapter)
        export_adapter(options.model, { options.run }, checkpoint, options.directory, type);
    else
        export_tuned_model(options.model, { options.run }, checkpoint, options.directory, type,
            options.difference ? ExportedPart::difference : ExportedPart::whole);
}

} // namespace

void add_models_export(CLI::App& models)
{
    const auto options = std::make_shared<Options>();
    CLI::App* command = add_engine_command(models, "models export");
    command
        ->add_option(
            "model", options->model, std::string(model_help)
                + "; with an adapter \"MODEL + DIR\"; with --run, the .loom file")
        ->required();
    CLI::Option* run = command->add_option("--run", options->run, "the run's number");
    command
        ->add_option("--checkpoint", options->checkpoint,
            "as `checkpoints` lists them; without it the run's latest")
        ->needs(run);
    CLI::Option* difference
        = command
              ->add_flag("--difference", options->difference,
                  "write only difference.safetensors: the tensors that the run changed")
              ->needs(run);
    command
        ->add_flag("--adapter", options->adapter,
            "of a LoRA run, write only its adapter, as peft loads it: adapter_config.json and "
            "adapter_model.safetensors")
        ->needs(run)
        ->excludes(difference);
    command->add_option("-o,--output", options->directory, "the directory to write")->required();
    command->add_flag("--force", options->force, "write into a directory that holds a model");
    command->add_option("--dtype", options->dtype, "of the stored weights")
        ->check(CLI::IsMember({ "float32", "float16", "bfloat16" }));
    command->callback([options] {
        export_chosen(*options);
        std::cout << (options->adapter ? "the adapter is in " : "the model is in ")
                  << options->directory << "\n";
    });
}

} // namespace circuitloom
