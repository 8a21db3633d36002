#include "core/tasks/capability_suite.h"

#include "core/base/error.h"
#include "core/base/letter_case.h"
#include "core/tasks/demo_tasks.h"
#include "core/tasks/multiple_choice.h"
#include "core/tasks/records.h"


namespace circuitloom {

namespace {

constexpr std::size_t max_choices = 1000;
/// Every choice has the prompt tokenised once more, so their product is what takes time.
constexpr std::size_t max_work = std::size_t{ 64 } << 20;
constexpr std::string_view built_in = "demo/";

ChoiceItem unchecked_item(const JsonObject& json)
{
    if (json.has("question") || (json.has("prompt") && json.has("answerKey")))
        return read_question(json);
    for (const char* field : { "text", "clean", "clean_text", "requested_rewrite" })
        if (json.has(field) && !json.has("prompt"))
            json.fail(field, "makes this an example of a task; give the file with --task");
    ChoiceItem item;
    // BLiMP's minimal pairs: whole sentences, the good one first.
    if (json.has("sentence_good")) {
        item.choices = { json.text("sentence_good"), json.text("sentence_bad") };
    } else {
        item.prompt = json.text("prompt");
        const nlohmann::json& choices = json.array("choices");
        if (choices.size() < 2 || choices.size() > max_choices)
            json.fail("choices", "must have 2 to " + std::to_string(max_choices) + " texts");
        for (const nlohmann::json& choice : choices) {
            if (!choice.is_string())
                json.fail("choices", "must be a list of texts");
            item.choices.push_back(choice.get<std::string>());
        }
        const auto last = static_cast<std::int64_t>(choices.size()) - 1;
        item.answer = static_cast<int>(json.integer("answer", 0, last));
    }
    return item;
}

ChoiceItem read_item(const JsonObject& json)
{
    ChoiceItem item = unchecked_item(json);
    for (const std::string& choice : item.choices)
        if (choice.empty())
            json.fail("choices", "has an empty text");
    if (item.choices.size() * item.prompt.size() > max_work)
        json.fail("choices",
            "has " + std::to_string(item.choices.size()) + " texts for a prompt of "
                + std::to_string(item.prompt.size()) + " bytes; their product may be "
                + std::to_string(max_work) + " at most");
    return item;
}

} // namespace

bool is_text_suite(std::string_view source)
{
    return ends_in_any_case(source, ".txt");
}

std::vector<ChoiceItem> parse_choices(std::string_view text, std::string_view origin)
{
    std::vector<ChoiceItem> items;
    for_each_record(
        text, origin, [&items](const JsonObject& json) { items.push_back(read_item(json)); });
    return items;
}

std::string to_jsonl(const std::vector<ChoiceItem>& items)
{
    std::string text;
    for (const ChoiceItem& item : items)
        text += json_line(
            { { "prompt", item.prompt }, { "choices", item.choices }, { "answer", item.answer } });
    return text;
}

CapabilitySuite load_suite(std::string_view name, std::string_view source)
{
    CapabilitySuite suite;
    if (source.starts_with(built_in)) {
        suite = demo_suite(source.substr(built_in.size()));
    } else if (is_text_suite(source)) {
        suite.text = read_text_source(source);
        if (suite.text.empty())
            throw InputError(std::string(source) + " is empty; perplexity needs a text.");
    } else {
        suite.items = parse_choices(read_text_source(source), source);
        if (suite.items.empty())
            throw InputError(std::string(source) + " has no items.");
    }
    if (!name.empty() || suite.name.empty())
        suite.name = std::string(name.empty() ? source : name);
    return suite;
}

} // namespace circuitloom
