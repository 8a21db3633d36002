#pragma once

#include "core/architecture/adapter.h"
#include "core/architecture/weight_files.h"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace circuitloom {

/// What the Hugging Face layout holds of one model, wherever it lies. Texts are empty where there
/// is no such file.
struct ModelFiles
{
    std::string origin; ///< for messages: `demo`, the directory or the file
    std::string config_origin; ///< of config_json, for messages: its file, or `origin`
    std::string config_json;
    std::string tokenizer_json;
    std::string tokenizer_config_json;
    std::string special_tokens_map_json;
    std::string added_tokens_json;
    /// vocab.json and merges.txt, the older form of a tokenizer; read where tokenizer.json is
    /// missing.
    std::string vocabulary_json;
    std::string merges;
    WeightFiles weights;
    std::optional<Adapter> adapter; ///< that is added to the weights as they are read
};

/// `demo`, a GGUF file or a directory with one (see gguf_place.h), a directory in the Hugging Face
/// layout (config.json, model.safetensors or its shards), or the id of a model in the local hub
/// cache; each of them with an adapter (see adapted_name()), or an adapter's directory, whose model is
/// the one that it names. Nothing is downloaded. Throws InputError naming what is missing, or what stands there
/// instead.
ModelFiles open_model_files(std::string_view model);
/// Only config.json, for inspecting a model whose weights may be absent (`weights` has no tensors).
ModelFiles open_model_description(std::string_view model);
/// The folders and files that open_model_files() would read: what must not be written to by who reads
/// the model. Those of an adapter and of the model that it is added to; none of `demo`, nor of what is
/// not there.
std::vector<std::filesystem::path> model_places(std::string_view model);
/// Whether open_model_files() would find weights where config.json lies.
bool has_weights(std::string_view model);

} // namespace circuitloom
