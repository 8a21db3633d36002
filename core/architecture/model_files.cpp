#include "core/architecture/model_files.h"

#include "core/base/error.h"
#include "core/base/utf8.h"
#include "core/demo/embedded_model.h"
#include "core/architecture/gguf/gguf_model.h"
#include "core/architecture/gguf/gguf_place.h"
#include "core/architecture/huggingface.h"
#include "core/formats/file_kind.h"
#include "core/formats/input_file.h"
#include "core/formats/json_input.h"

#include <filesystem>
#include <optional>

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

// What people give in place of the directory in which a model lies.
[[noreturn]] void refuse_file(const fs::path& file)
{
    const std::string kind = kind_of_file(file);
    if (kind.empty())
        read_input_file(file, max_config); // says why it cannot be read
    std::string message
        = file.string() + " is " + kind + ", not a model";
    if (kind == "a safetensors file of weights" || file.filename() == "config.json"
        || file.filename() == "tokenizer.json")
        message += "; give the folder in which it lies, with config.json and tokenizer.json";
    else if (kind.find("PyTorch") != std::string::npos || kind.find("pickle") != std::string::npos)
        message += ": a format that can run code, which is not read; save the model as safetensors "
                   "(in transformers: save_pretrained(FOLDER)) and give that folder";
    else if (kind.find("archive") != std::string::npos)
        message += "; unpack it and give the folder with config.json, or the .gguf file";
    else if (kind.find(".loom") != std::string::npos)
        message += "; a run's model is written FILE.loom:R@I, and the file's name must end in .loom";
    else
        message += "; give a folder with config.json, tokenizer.json and model.safetensors, or a "
                   "GGUF file";
    throw InputError(message + ".");
}

fs::path model_directory(std::string_view model)
{
    fs::path directory(model);
    std::error_code ignored;
    if (fs::is_directory(directory, ignored))
        return directory;
    if (fs::exists(directory, ignored))
        refuse_file(directory);
    if (const auto found = find_hub_model(model))
        return *found;
    throw InputError("There is no model " + std::string(model)
        + ": give demo, a GGUF file, a directory with config.json, tokenizer.json and "
          "model.safetensors, or the id of a model in the cache "
        + hub_cache().string() + " (models list shows them).");
}

/// The GGUF file that the name stands for, on this machine or in the hub cache.
std::optional<fs::path> gguf_of(std::string_view model)
{
    if (model == "demo")
        return std::nullopt;
    std::error_code ignored;
    if (!fs::exists(model, ignored))
        if (const auto found = find_hub_model(model))
            return gguf_file_of(*found);
    return gguf_file_of(model);
}

bool is_present(const fs::path& file)
{
    std::error_code ignored;
    return fs::exists(file, ignored);
}

std::string text_or_nothing(const fs::path& file, std::size_t most)
{
    return is_present(file) ? read_input_file(file, most) : std::string();
}

/// tokenizer_config.json with the chat template that lies beside it, which counts more, as for
/// transformers.
std::string with_template_file(std::string config_json, const fs::path& file)
{
    if (!is_present(file))
        return config_json;
    auto config = config_json.empty()
        ? nlohmann::json::object()
        : parse_json(config_json, (file.parent_path() / "tokenizer_config.json").string());
    if (!config.is_object())
        return config_json; // whoever reads the tokenizer says so
    config["chat_template"] = valid_utf8(read_input_file(file, max_config));
    return config.dump(2);
}

WeightFiles open_weights(const fs::path& directory)
{
    std::vector<Safetensors> files;
    for (const fs::path& file : weight_files(directory))
        files.push_back(Safetensors::open(file));
    return WeightFiles(std::move(files));
}

/// Where the name is that of a model with an adapter, or an adapter's directory or id.
std::optional<AdaptedName> adapted_model(std::string_view model)
{
    if (const auto named = adapted_name(model))
        return named;
    std::error_code ignored;
    fs::path directory(model);
    if (model == "demo")
        return std::nullopt;
    if (!fs::exists(directory, ignored))
        directory = find_hub_model(model).value_or(fs::path());
    if (directory.empty() || !is_adapter(directory))
        return std::nullopt;
    return AdaptedName{ base_of_adapter(directory), directory };
}

} // namespace

ModelFiles open_model_files(std::string_view model)
{
    if (const auto adapted = adapted_model(model)) {
        if (adapted_model(adapted->model))
            throw InputError(std::string(model) + " has two adapters; one can be added to a model.");
        ModelFiles files = open_model_files(adapted->model);
        files.origin = std::string(model);
        files.adapter = open_adapter(adapted->adapter);
        return files;
    }
    if (const auto gguf = gguf_of(model))
        return gguf_model_files(Gguf::open(*gguf));
    ModelFiles files = open_model_description(model);
    if (model == "demo") {
        const EmbeddedModel& demo = demo_model();
        files.tokenizer_json = demo.tokenizer_json;
        files.tokenizer_config_json = demo.tokenizer_config_json;
        files.weights = WeightFiles(std::vector{ Safetensors::over(demo.weights, "demo") });
        return files;
    }
    const fs::path directory = model_directory(model);
    files.weights = open_weights(directory);
    files.tokenizer_json = text_or_nothing(directory / "tokenizer.json", max_tokenizer);
    files.tokenizer_config_json
        = with_template_file(text_or_nothing(directory / "tokenizer_config.json", max_config),
            directory / "chat_template.jinja");
    files.special_tokens_map_json
        = text_or_nothing(directory / "special_tokens_map.json", max_config);
    files.added_tokens_json = text_or_nothing(directory / "added_tokens.json", max_config);
    if (files.tokenizer_json.empty()) {
        files.vocabulary_json = text_or_nothing(directory / "vocab.json", max_tokenizer);
        files.merges = text_or_nothing(directory / "merges.txt", max_tokenizer);
    }
    return files;
}

std::vector<fs::path> model_places(std::string_view model)
{
    try {
        if (const auto adapted = adapted_model(model)) {
            std::vector<fs::path> places{ adapted->adapter };
            if (!adapted_model(adapted->model))
                for (fs::path& place : model_places(adapted->model))
                    places.push_back(std::move(place));
            return places;
        }
        if (model == "demo")
            return {};
        if (const auto gguf = gguf_of(model))
            return { *gguf };
        return { model_directory(model) };
    } catch (const Error&) {
        return {}; // whoever opens it says what is wrong
    }
}

ModelFiles open_model_description(std::string_view model)
{
    if (const auto adapted = adapted_model(model))
        return open_model_description(adapted->model);
    if (const auto gguf = gguf_of(model))
        return gguf_model_description(Gguf::open(*gguf));
    ModelFiles files;
    files.origin = std::string(model);
    if (model == "demo") {
        files.config_origin = files.origin;
        files.config_json = std::string(demo_model().config_json);
        return files;
    }
    const fs::path directory = model_directory(model);
    if (!is_present(directory / "config.json"))
        throw InputError("The model " + directory.string() + " has no config.json.");
    files.config_origin = (directory / "config.json").string();
    files.config_json = read_input_file(directory / "config.json", max_config);
    return files;
}

bool has_weights(std::string_view model)
{
    if (const auto adapted = adapted_model(model))
        return has_weights(adapted->model);
    if (model == "demo")
        return embedded_demo_model() != nullptr;
    if (gguf_of(model))
        return true;
    const fs::path directory = model_directory(model);
    return is_present(directory / "model.safetensors")
        || is_present(directory / "model.safetensors.index.json");
}

} // namespace circuitloom
