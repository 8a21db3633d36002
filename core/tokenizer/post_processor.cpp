#include "core/tokenizer/post_processor.h"

#include "core/tokenizer/bpe.h"

namespace circuitloom {

namespace {

constexpr std::size_t max_special = 64;

std::vector<std::int32_t> special_ids(const JsonObject& json, const std::string& name)
{
    const JsonObject token = json.object("special_tokens").object(name.c_str());
    std::vector<std::int32_t> ids;
    for (const nlohmann::json& id : token.array("ids")) {
        if (!id.is_number_integer() || id.get<std::int64_t>() < 0
            || id.get<std::int64_t>() > Bpe::max_id)
            token.fail("ids", "must be token ids");
        ids.push_back(id.get<std::int32_t>());
    }
    return ids;
}

void read_template(const JsonObject& json, PostProcessor& processor)
{
    bool text_seen = false;
    for (const JsonObject& piece : json.objects("single")) {
        if (piece.has("Sequence")) {
            if (text_seen)
                json.fail("single", "has the text more than once, which is not supported");
            text_seen = true;
            continue;
        }
        const std::string name = piece.object("SpecialToken").text("id");
        auto& ids = text_seen ? processor.after : processor.before;
        for (const std::int32_t id : special_ids(json, name))
            ids.push_back(id);
        if (ids.size() > max_special)
            json.fail("single", "adds more than " + std::to_string(max_special) + " tokens");
    }
    if (!text_seen)
        json.fail("single", "leaves out the text");
}

void read_step(const JsonObject& json, PostProcessor& processor)
{
    const std::string type = json.text("type");
    if (type == "Sequence")
        for (const JsonObject& step : json.objects("processors"))
            read_step(step, processor);
    else if (type == "TemplateProcessing")
        read_template(json, processor);
    else if (type != "ByteLevel")
        json.fail(
            "type", "is " + type + "; Sequence, TemplateProcessing and ByteLevel are supported");
}

} // namespace

PostProcessor read_post_processor(const JsonObject& json)
{
    PostProcessor processor;
    read_step(json, processor);
    return processor;
}

} // namespace circuitloom
