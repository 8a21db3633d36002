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

/// Puts tokens around what stands there from earlier steps.
void surround(const JsonObject& json, const std::vector<std::int32_t>& before,
    const std::vector<std::int32_t>& after, PostProcessor& processor)
{
    processor.before.insert(processor.before.begin(), before.begin(), before.end());
    processor.after.insert(processor.after.end(), after.begin(), after.end());
    if (processor.before.size() > max_special || processor.after.size() > max_special)
        json.fail("type",
            "with what came before it adds more than " + std::to_string(max_special) + " tokens");
}

void read_template(const JsonObject& json, PostProcessor& processor)
{
    bool text_seen = false;
    std::vector<std::int32_t> before;
    std::vector<std::int32_t> after;
    for (const JsonObject& piece : json.objects("single")) {
        if (piece.has("Sequence")) {
            if (text_seen)
                json.fail("single", "has the text more than once, which is not supported");
            text_seen = true;
            continue;
        }
        const std::string name = piece.object("SpecialToken").text("id");
        auto& ids = text_seen ? after : before;
        for (const std::int32_t id : special_ids(json, name))
            ids.push_back(id);
        if (ids.size() > max_special)
            json.fail("single", "adds more than " + std::to_string(max_special) + " tokens");
    }
    if (!text_seen)
        json.fail("single", "leaves out the text");
    surround(json, before, after, processor);
}

/// BERT's: `["[CLS]", 101]` in front of a text, `["[SEP]", 102]` behind it.
void read_bert(const JsonObject& json, PostProcessor& processor)
{
    const auto id = [&json](const char* field) {
        const nlohmann::json& pair = json.array(field);
        if (pair.size() != 2 || !pair[0].is_string() || !pair[1].is_number_integer()
            || pair[1].get<std::int64_t>() < 0 || pair[1].get<std::int64_t>() > Vocabulary::max_id)
            json.fail(field, "must be a token and its id");
        return pair[1].get<std::int32_t>();
    };
    surround(json, { id("cls") }, { id("sep") }, processor);
}

void read_byte_level(const JsonObject& json, PostProcessor& processor)
{
    if (json.boolean_or("trim_offsets", true))
        processor.trim = PostProcessor::Trim{ json.boolean_or("add_prefix_space", true) };
}

void read_step(const JsonObject& json, PostProcessor& processor)
{
    const std::string type = json.text("type");
    if (type == "Sequence") {
        int adding = 0; // a second one takes what the first added for a text of its own
        for (const JsonObject& step : json.objects("processors")) {
            if (step.text("type") != "ByteLevel" && ++adding > 1)
                json.fail("processors", "has two steps that add tokens, which is not supported");
            read_step(step, processor);
        }
    } else if (type == "TemplateProcessing")
        read_template(json, processor);
    else if (type == "ByteLevel")
        read_byte_level(json, processor);
    else if (type == "BertProcessing")
        read_bert(json, processor);
    else if (type == "RobertaProcessing") {
        read_byte_level(json, processor);
        read_bert(json, processor);
    } else
        json.fail("type",
            "is " + type
                + "; Sequence, TemplateProcessing, ByteLevel, BertProcessing and RobertaProcessing "
                  "are supported");
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
    read_step(json, processor);
    return processor;
}

} // namespace circuitloom
