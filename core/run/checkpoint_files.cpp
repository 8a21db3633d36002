#include "core/run/checkpoint_files.h"

#include "core/formats/input_file.h"

namespace circuitloom {

namespace {

constexpr std::size_t largest_file = std::size_t{ 128 } << 20;

std::string text_or_nothing(const std::filesystem::path& file)
{
    std::error_code ignored;
    return std::filesystem::exists(file, ignored) ? read_input_file(file, largest_file)
                                                  : std::string();
}

} // namespace

ModelFiles open_checkpoint_files(const std::filesystem::path& directory)
{
    ModelFiles files = open_model_files(directory.string());
    if (!files.tokenizer_json.empty() || !files.vocabulary_json.empty())
        return files;
    const std::filesystem::path above = directory.parent_path();
    files.tokenizer_json = text_or_nothing(above / "tokenizer.json");
    files.tokenizer_config_json = text_or_nothing(above / "tokenizer_config.json");
    files.special_tokens_map_json = text_or_nothing(above / "special_tokens_map.json");
    files.added_tokens_json = text_or_nothing(above / "added_tokens.json");
    if (files.tokenizer_json.empty()) {
        files.vocabulary_json = text_or_nothing(above / "vocab.json");
        files.merges = text_or_nothing(above / "merges.txt");
    }
    return files;
}

} // namespace circuitloom
