#include "app/cli/commands/commands.h"
#include "app/cli/commands/models.h"

#include "core/model/export.h"

#include <CLI/CLI.hpp>

#include <iostream>

namespace circuitloom {

namespace {

struct Options
{
    std::string model;
    std::string directory;
    std::string dtype = "float32";
};

ElementType element_type(const std::string& dtype)
{
    return dtype == "float16" ? ElementType::f16
        : dtype == "bfloat16" ? ElementType::bf16
                              : ElementType::f32;
}

} // namespace

void add_models_export(CLI::App& models)
{
    const auto options = std::make_shared<Options>();
    CLI::App* command = models.add_subcommand("export",
        "write a model as a directory that transformers and Circuitloom load: config.json, "
        "model.safetensors and the tokenizer's files");
    command->add_option("model", options->model, model_help)->required();
    command->add_option("-o,--output", options->directory, "the directory to write")->required();
    command->add_option("--dtype", options->dtype, "of the stored weights")
        ->check(CLI::IsMember({ "float32", "float16", "bfloat16" }));
    command->callback([options] {
        export_model(options->model, options->directory, element_type(options->dtype));
        std::cout << "the model is in " << options->directory << "\n";
    });
}

} // namespace circuitloom
