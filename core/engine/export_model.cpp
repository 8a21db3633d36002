#include "core/engine/export_model.h"

#include "core/base/error.h"
#include "core/engine/model_source.h"
#include "core/formats/replacement_file.h"
#include "core/formats/result_file.h"
#include "core/model/checkpoint.h"

namespace circuitloom {

namespace {

void write_text(const std::filesystem::path& file, const std::string& text)
{
    if (!text.empty())
        write_whole(file, text);
}

} // namespace

void export_model(std::string_view model, const std::filesystem::path& directory, ElementType type,
    const AnswerProgress& progress)
{
    ModelSource source;
    const SourcedModel sourced
        = source.get(parse_model_reference(model), { "cpu", Precision::float32 }, progress);
    const ModelFiles& files = *sourced.files;
    require_elsewhere(places_of_model(model), directory);
    write_tokenizer(files, directory);
    save_transformer(*sourced.model, directory, type);
}

void write_tokenizer(const ModelFiles& files, const std::filesystem::path& directory)
{
    std::error_code ignored;
    std::filesystem::create_directories(directory, ignored);
    write_text(directory / "tokenizer.json", files.tokenizer_json);
    write_text(directory / "tokenizer_config.json", files.tokenizer_config_json);
    write_text(directory / "special_tokens_map.json", files.special_tokens_map_json);
    write_text(directory / "added_tokens.json", files.added_tokens_json);
    write_text(directory / "vocab.json", files.vocabulary_json);
    write_text(directory / "merges.txt", files.merges);
}

} // namespace circuitloom
