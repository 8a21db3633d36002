#include "core/tokenizer/word_model.h"

#include "core/tokenizer/bpe.h"
#include "core/tokenizer/unigram.h"
#include "core/tokenizer/word_level.h"
#include "core/tokenizer/word_piece.h"

namespace circuitloom {

namespace {

std::string kind_of(const JsonObject& model)
{
    if (model.has("type"))
        return model.text("type");
    if (model.has("merges"))
        return "BPE";
    if (model.has("continuing_subword_prefix"))
        return "WordPiece";
    const nlohmann::json* vocabulary = model.find("vocab");
    if (vocabulary && vocabulary->is_array())
        return "Unigram";
    return model.has("unk_token") ? "WordLevel" : "BPE";
}

} // namespace

std::unique_ptr<WordModel> read_word_model(const JsonObject& model)
{
    const std::string kind = kind_of(model);
    if (kind == "BPE")
        return std::make_unique<Bpe>(model);
    if (kind == "WordPiece")
        return std::make_unique<WordPiece>(model);
    if (kind == "WordLevel")
        return std::make_unique<WordLevel>(model);
    if (kind == "Unigram")
        return std::make_unique<Unigram>(model);
    model.fail("type", "is " + kind + "; BPE, WordPiece, WordLevel and Unigram are supported");
}

} // namespace circuitloom
