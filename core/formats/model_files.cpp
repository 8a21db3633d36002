#include "core/formats/model_files.h"

#include "core/base/error.h"
#include "core/demo/embedded_model.h"
#include "core/formats/gguf_model.h"
#include "core/formats/input_file.h"

#include <filesystem>

namespace circuitloom {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t max_config = std::size_t{ 16 } << 20;
constexpr std::size_t max_tokenizer = std::size_t{ 128 } << 20;

const EmbeddedModel& demo_model()
{
    const EmbeddedModel* model = embedded_demo_model();
    if (!model)
        throw InputError("This build has no demo model: run circuitloom-cli train-demo-model, or "
                         "give the directory of another model.");
    return *model;
}

fs::path model_directory(std::string_view model)
{
    fs::path directory(model);
    std::error_code ignored;
    if (!fs::is_directory(directory, ignored))
        throw InputError("There is no model " + std::string(model)
            + ": give demo, a .gguf file, or a directory with config.json, tokenizer.json and "
              "model.safetensors.");
    return directory;
}

bool is_gguf(std::string_view model)
{
    std::error_code ignored;
    return fs::path(model).extension() == ".gguf" && !fs::is_directory(model, ignored);
}

bool is_present(const fs::path& file)
{
    std::error_code ignored;
    return fs::exists(file, ignored);
}

void require(const fs::path& directory, const char* name)
{
    if (!is_present(directory / name))
        throw InputError("The model " + directory.string() + " has no " + name + ".");
}

void require_weights(const fs::path& directory)
{
    if (!is_present(directory / "model.safetensors")
        && is_present(directory / "model.safetensors.index.json"))
        throw InputError("The model " + directory.string()
            + " is split over several files (model.safetensors.index.json), which this version "
              "does not read: save it as one model.safetensors.");
    require(directory, "model.safetensors");
}

} // namespace

ModelFiles open_model_files(std::string_view model)
{
    if (model == "demo") {
        const EmbeddedModel& demo = demo_model();
        return { "demo", std::string(demo.config_json), std::string(demo.tokenizer_json),
            std::string(demo.tokenizer_config_json),
            WeightFiles(std::vector{ Safetensors::over(demo.weights, "demo") }) };
    }
    if (is_gguf(model))
        return gguf_model_files(Gguf::open(model));
    const fs::path directory = model_directory(model);
    ModelFiles files = open_model_description(model);
    require_weights(directory);
    require(directory, "tokenizer.json");
    files.tokenizer_json = read_input_file(directory / "tokenizer.json", max_tokenizer);
    if (is_present(directory / "tokenizer_config.json"))
        files.tokenizer_config_json
            = read_input_file(directory / "tokenizer_config.json", max_config);
    files.weights = WeightFiles(std::vector{ Safetensors::open(directory / "model.safetensors") });
    return files;
}

ModelFiles open_model_description(std::string_view model)
{
    if (is_gguf(model))
        return gguf_model_description(Gguf::open(model));
    ModelFiles files;
    files.origin = std::string(model);
    if (model == "demo") {
        files.config_json = std::string(demo_model().config_json);
        return files;
    }
    const fs::path directory = model_directory(model);
    require(directory, "config.json");
    files.config_json = read_input_file(directory / "config.json", max_config);
    return files;
}

} // namespace circuitloom
