#include "core/tokenizer/post_processor.h"

#include "core/base/utf8.h"
#include "core/tokenizer/vocabulary.h"
#include "core/tokenizer/white_space.h"

#include <algorithm>

namespace circuitloom {

namespace {

constexpr std::size_t max_special = 64;

std::vector<std::int32_t> special_ids(const JsonObject& json, const std::string& name)
{
    const JsonObject token = json.object("special_tokens").object(name.c_str());
    std::vector<std::int32_t> ids;
    for (const nlohmann::json& id : token.array("ids")) {
        if (!id.is_number_integer() || id.get<std::int64_t>() < 0
            || id.get<std::int64_t>() > Vocabulary::max_id)
            token.fail("ids", "must be token ids");
        ids.push_back(id.get<std::int32_t>());
    }
    return ids;
}

/// Stands for the text among the ids of a sequence.
constexpr std::int32_t the_text = -1;

/// What a step makes of a text, which the next step takes for so many sequences: a template leaves
/// each of its special tokens as a sequence of its own.
using Sequences = std::vector<std::vector<std::int32_t>>;

/// With one sequence a template is used as for a single text, with two as for a pair of texts.
void apply_template(const JsonObject& json, Sequences& sequences)
{
    if (sequences.size() > 2)
        json.fail("type",
            "is TemplateProcessing after a template that adds more than one token, which the "
            "tokenizers library cannot do");
    const char* field = sequences.size() == 1 ? "single" : "pair";
    Sequences made;
    for (const JsonObject& piece : json.objects(field)) {
        if (!piece.has("Sequence")) {
            made.push_back(special_ids(json, piece.object("SpecialToken").text("id")));
            continue;
        }
        const std::string id = piece.object("Sequence").text_or("id", "A");
        if (id == "A")
            made.push_back(sequences.front());
        else if (id == "B" && sequences.size() == 2)
            made.push_back(sequences.back());
        else
            json.fail(field, "refers to the sequence " + id + ", which there is not");
    }
    sequences = std::move(made);
}

/// BERT's: `["[CLS]", 101]` in front of a text, `["[SEP]", 102]` behind it, and behind whatever
/// else earlier steps added; RoBERTa has [SEP] in front of that as well.
void apply_bert(const JsonObject& json, bool roberta, Sequences& sequences)
{
    const auto id = [&json](const char* field) {
        const nlohmann::json& pair = json.array(field);
        if (pair.size() != 2 || !pair[0].is_string() || !pair[1].is_number_integer()
            || pair[1].get<std::int64_t>() < 0 || pair[1].get<std::int64_t>() > Vocabulary::max_id)
            json.fail(field, "must be a token and its id");
        return pair[1].get<std::int32_t>();
    };
    for (auto& sequence : sequences) {
        const bool first = &sequence == &sequences.front();
        std::vector<std::int32_t> surrounded;
        if (first || roberta)
            surrounded.push_back(id(first ? "cls" : "sep"));
        surrounded.insert(surrounded.end(), sequence.begin(), sequence.end());
        surrounded.push_back(id("sep"));
        sequence = std::move(surrounded);
    }
}

void read_byte_level(const JsonObject& json, PostProcessor& processor)
{
    if (json.boolean_or("trim_offsets", true))
        processor.trim = PostProcessor::Trim{ json.boolean_or("add_prefix_space", true) };
}

/// What all steps add up to must have the text once, and not too much else.
void check_size(const JsonObject& json, const Sequences& sequences)
{
    std::size_t ids = 0;
    std::ptrdiff_t texts = 0;
    for (const auto& sequence : sequences) {
        ids += sequence.size();
        texts += std::ranges::count(sequence, the_text);
    }
    if (ids > max_special + 1)
        json.fail("type",
            "with what came before it adds more than " + std::to_string(max_special)
                + " tokens");
    if (texts > 1)
        json.fail("type", "has the text more than once, which is not supported");
    if (texts == 0)
        json.fail("type", "leaves out the text");
}

void read_step(const JsonObject& json, PostProcessor& processor, Sequences& sequences)
{
    const std::string type = json.text("type");
    if (type == "Sequence")
        for (const JsonObject& step : json.objects("processors"))
            read_step(step, processor, sequences);
    else if (type == "TemplateProcessing")
        apply_template(json, sequences);
    else if (type == "ByteLevel")
        read_byte_level(json, processor);
    else if (type == "BertProcessing")
        apply_bert(json, false, sequences);
    else if (type == "RobertaProcessing") {
        read_byte_level(json, processor);
        apply_bert(json, true, sequences);
    } else
        json.fail("type",
            "is " + type
                + "; Sequence, TemplateProcessing, ByteLevel, BertProcessing and RobertaProcessing "
                  "are supported");
    check_size(json, sequences);
}

/// A space as a token writes it: `Ġ`, or white space in an added token.
bool is_spelled_space(std::string_view token, std::size_t position)
{
    const char32_t character = character_at(token, position);
    return character == 0x120 || is_white_space(character);
}

} // namespace

TextRange PostProcessor::Trim::apply(TextRange part, std::string_view token, bool first) const
{
    const std::vector<std::size_t> places = character_offsets(token);
    const std::size_t count = places.size() - 1;
    std::size_t leading = 0;
    while (leading < count && is_spelled_space(token, places[leading]))
        ++leading;
    std::size_t trailing = 0;
    while (trailing < count && is_spelled_space(token, places[count - 1 - trailing]))
        ++trailing;
    // The one space in front of a text may be the pre-tokenizer's own.
    if (leading == 1 && add_prefix_space && (first || part.begin == 0))
        leading = 0;
    part.begin = std::min(part.begin + leading, part.end);
    if (part.end >= trailing)
        part.end = std::max(part.end - trailing, part.begin);
    return part;
}

PostProcessor read_post_processor(const JsonObject& json)
{
    PostProcessor processor;
    Sequences sequences = { { the_text } };
    read_step(json, processor, sequences);
    bool after_text = false;
    for (const auto& sequence : sequences)
        for (const std::int32_t id : sequence) {
            if (id != the_text)
                (after_text ? processor.after : processor.before).push_back(id);
            after_text = after_text || id == the_text;
        }
    return processor;
}

} // namespace circuitloom
