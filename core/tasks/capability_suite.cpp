#include "core/tasks/capability_suite.h"

#include "core/base/error.h"
#include "core/base/letter_case.h"
#include "core/tasks/demo_tasks.h"
#include "core/tasks/generated/generated_task.h"
#include "core/tasks/multiple_choice.h"
#include "core/tasks/pronoun_sentences.h"
#include "core/tasks/records.h"

namespace circuitloom {

namespace {

/// Every choice has the prompt tokenised once more, so their product is what takes time.
constexpr std::size_t max_work = std::size_t{ 64 } << 20;
constexpr std::string_view built_in = "demo/";
constexpr std::size_t items_of_task = 500; ///< of a ready-made task, asked as a suite

ChoiceItem unchecked_item(const JsonObject& json)
{
    if (json.has("pronoun") || json.has("sentence_text"))
        return read_pronoun_choice(json);
    if (json.has("ctx") || json.has("gold") || json.has("option1"))
        return read_harness_item(json);
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
        item.choices = choice_texts(json, "choices");
        const auto last = static_cast<std::int64_t>(item.choices.size()) - 1;
        item.answer = static_cast<int>(json.integer("answer", 0, last));
        if (json.has("lead_ins"))
            item.lead_ins = choice_texts(json, "lead_ins");
        if (!item.lead_ins.empty() && item.lead_ins.size() != item.choices.size())
            json.fail("lead_ins", "has another number of texts than choices");
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

namespace {

/// Choices or questions, whichever the records are.
CapabilitySuite parse_suite(std::string_view text, std::string_view origin)
{
    CapabilitySuite suite;
    if (has_bracketed_sentences(text)) {
        for_each_bracketed_sentence(text, origin, [&suite](const JsonObject& json) {
            suite.items.push_back(read_pronoun_choice(json));
        });
        return suite;
    }
    for_each_record(text, origin, [&suite](const nlohmann::json& record, const std::string& where) {
        const JsonObject json(record, where);
        const bool worded = has_worded_questions(json);
        if (worded ? !suite.items.empty() : !suite.worded.questions.empty())
            throw InputError(where
                + ": choices and questions that are answered in words stand in one file.");
        if (worded)
            add_worded_questions(record, where, suite.worded);
        else
            suite.items.push_back(read_item(json));
    });
    return suite;
}

/// Which of target and alternative goes on with each of the ready-made task's sentences, which end
/// with their one target.
std::vector<ChoiceItem> choices_of_task(std::string_view name)
{
    std::vector<ChoiceItem> items;
    for (const TaskExample& example : generate_task(name, items_of_task, generated_seed)) {
        const TaskSpan& span = example.spans.front();
        const auto start = static_cast<std::size_t>(span.start); // they are plain ASCII
        items.push_back({ example.text.substr(0, start),
            { example.text.substr(start), span.alternative.value() } });
    }
    return items;
}

} // namespace

bool is_text_suite(std::string_view source)
{
    return ends_in_any_case(source, ".txt");
}

std::vector<ChoiceItem> parse_choices(std::string_view text, std::string_view origin)
{
    return parse_suite(text, origin).items;
}

CapabilitySuite load_suite(std::string_view name, std::string_view source)
{
    CapabilitySuite suite;
    if (source.starts_with(built_in)) {
        suite = demo_suite(source.substr(built_in.size()));
    } else if (is_generated_task(source)) {
        suite.items = choices_of_task(source);
    } else {
        std::string text = read_text_source(source);
        if (!is_text_suite(source) || has_bracketed_sentences(text)) {
            suite = parse_suite(text, source);
            if (suite.items.empty() && suite.worded.questions.empty())
                throw InputError(std::string(source)
                    + (is_blank(text) ? " is empty; a suite has one JSON object a line."
                                      : " has no items."));
        } else {
            suite.text = std::move(text);
            if (suite.text.empty())
                throw InputError(std::string(source) + " is empty; perplexity needs a text.");
        }
    }
    if (!name.empty() || suite.name.empty())
        suite.name = std::string(name.empty() ? source : name);
    return suite;
}

} // namespace circuitloom
