#include "core/engine/export_model.h"

#include "core/base/error.h"
#include "core/engine/model_source.h"
#include "core/model/checkpoint.h"

#include <fstream>

namespace circuitloom {

namespace {

void write_text(const std::filesystem::path& file, const std::string& text)
{
    if (text.empty())
        return;
    std::ofstream out(file, std::ios::binary);
    out << text;
    if (!out.flush())
        throw ResourceError(file.string() + " cannot be written: is the disk full or read-only?");
}

} // namespace

void export_model(std::string_view model, const std::filesystem::path& directory, ElementType type,
    const AnswerProgress& progress)
{
    ModelSource source;
    const SourcedModel sourced
        = source.get(parse_model_reference(model), { "cpu", Precision::float32 }, progress);
    const ModelFiles& files = *sourced.files;
    std::error_code ignored;
    if (std::filesystem::equivalent(files.origin, directory, ignored))
        throw InputError(
            "The model lies in " + directory.string() + "; give another directory to write it to.");
    save_transformer(*sourced.model, directory, type);
    write_tokenizer(files, directory);
}

void write_tokenizer(const ModelFiles& files, const std::filesystem::path& directory)
{
    write_text(directory / "tokenizer.json", files.tokenizer_json);
    write_text(directory / "tokenizer_config.json", files.tokenizer_config_json);
    write_text(directory / "special_tokens_map.json", files.special_tokens_map_json);
    write_text(directory / "added_tokens.json", files.added_tokens_json);
    write_text(directory / "vocab.json", files.vocabulary_json);
    write_text(directory / "merges.txt", files.merges);
}

} // namespace circuitloom
