#include "core/tasks/task.h"

#include "core/base/error.h"
#include "core/base/nearest.h"
#include "core/base/utf8.h"
#include "core/tasks/demo_tasks.h"
#include "core/tasks/foreign_tasks.h"
#include "core/tasks/generated/generated_task.h"
#include "core/tasks/pronoun_sentences.h"
#include "core/tasks/records.h"
#include "core/tasks/worded_questions.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <limits>
#include <span>

namespace circuitloom {

namespace {

constexpr std::size_t max_spans = 1000;
/// Every span has the whole text tokenised once more, so their product is what takes time.
constexpr std::size_t max_work = std::size_t{ 64 } << 20;
constexpr std::string_view built_in = "demo/";

std::optional<std::string> optional_text(const JsonObject& json, const char* field)
{
    return json.has(field) ? std::optional(json.text(field)) : std::nullopt;
}

TaskSpan read_span(const JsonObject& json, std::int64_t characters)
{
    TaskSpan span;
    constexpr int most = std::numeric_limits<int>::max();
    span.start = static_cast<int>(json.integer("start", 0, most));
    span.end = static_cast<int>(json.integer("end", 0, most));
    if (span.end <= span.start)
        json.fail("end", "must be greater than start");
    if (span.end > characters)
        json.fail("end",
            "is " + std::to_string(span.end) + ", but the text has " + std::to_string(characters)
                + " characters");
    span.alternative = optional_text(json, "alternative");
    return span;
}

std::int32_t token_id(const JsonObject& json, const char* field)
{
    return static_cast<std::int32_t>(
        json.integer(field, 0, std::numeric_limits<std::int32_t>::max()));
}

ForeignExample read_own(const JsonObject& json)
{
    TaskExample example;
    example.text = json.text("text");
    example.corrupted = optional_text(json, "corrupted");
    if (json.has("target_token")) {
        example.answer = TokenAnswer{ token_id(json, "target_token"),
            token_id(json, "alternative_token") };
        return { std::move(example), {} };
    }
    const auto characters = static_cast<std::int64_t>(character_offsets(example.text).size()) - 1;
    const std::vector<JsonObject> spans = json.objects("spans");
    if (spans.empty() || spans.size() > max_spans)
        json.fail("spans", "must have 1 to " + std::to_string(max_spans) + " spans");
    for (const JsonObject& span : spans)
        example.spans.push_back(read_span(span, characters));
    return { std::move(example), {} };
}

constexpr std::array own_fields{ "text", "spans", "corrupted", "target_token",
    "alternative_token" };
constexpr std::array span_fields{ "start", "end", "alternative" };

/// Adds the fields of an object that look like one of `fields` which it has not.
void add_misspelt(const nlohmann::json& object, std::span<const char* const> fields,
    const std::string& where, std::vector<LeftOut>& unread)
{
    std::vector<std::string> absent;
    for (const char* field : fields)
        if (!object.contains(field))
            absent.emplace_back(field);
    for (const auto& [name, value] : object.items()) {
        if (std::ranges::find(fields, name) != fields.end())
            continue;
        if (const std::string meant = likely_meant(name, absent); !meant.empty())
            unread.push_back({ where,
                "a field \"" + for_message(name) + "\", which is not read; did you mean " + meant
                    + "?" });
    }
}

/// Of a record that was read.
void add_misspelt_of_record(
    const nlohmann::json& record, const std::string& where, std::vector<LeftOut>& unread)
{
    add_misspelt(record, own_fields, where, unread);
    const auto spans = record.find("spans");
    if (spans == record.end() || !spans->is_array())
        return;
    std::size_t number = 0;
    for (const nlohmann::json& span : *spans)
        add_misspelt(
            span, span_fields, where + ": spans[" + std::to_string(number++) + "]", unread);
}

void check_work(const JsonObject& json, const char* field, const TaskExample& example)
{
    if (example.spans.size() * example.text.size() > max_work)
        json.fail(field,
            "has " + std::to_string(example.spans.size()) + " targets in a text of "
                + std::to_string(example.text.size()) + " bytes; their product may be "
                + std::to_string(max_work) + " at most");
}

/// A line's format is known by one field.
struct Format
{
    const char* field;
    ForeignExample (*read)(const JsonObject&);
};

constexpr Format formats[] = { { "text", read_own }, { "sentence_good", read_minimal_pair },
    { "clean_text", read_verb_pair }, { "pronoun", read_pronoun_sentence },
    { "sentence_text", read_occupation_sentence },
    { "clean", read_prompt_pair }, { "requested_rewrite", read_rewrite },
    { "prompt", read_prompted_answer } };

const Format& format_of(const JsonObject& json)
{
    if (has_worded_questions(json))
        throw InputError(json.where()
            + ": questions that are answered in words can be trained on (task.train) and asked as a "
              "suite (--capability); here a task with single targets is needed.");
    const Format* found = nullptr;
    for (const Format& format : formats) {
        if (!json.has(format.field))
            continue;
        if (found)
            json.fail(format.field,
                std::string("stands beside ") + found->field + ", which is another format's field");
        found = &format;
    }
    if (!found)
        throw InputError(json.where()
            + (json.has("question") ? ": this is a question of a suite; give the file with "
                                      "--capability."
                                    : ": a task's record has one of the fields text, sentence_good, "
                                      "clean_text, pronoun, sentence_text, clean, requested_rewrite "
                                      "and prompt."));
    return *found;
}

} // namespace

std::vector<TaskExample> parse_task(std::string_view text, std::string_view origin,
    std::vector<LeftOut>* left_out, std::vector<LeftOut>* unread)
{
    std::vector<TaskExample> examples;
    const Format* format = nullptr;
    const auto add = [&](const JsonObject& json) {
        const Format& found = format_of(json);
        if (format && format != &found)
            json.fail(found.field,
                std::string("is of another format than the lines before, which have ")
                    + format->field);
        format = &found;
        ForeignExample read = found.read(json);
        check_work(json, found.field, read.example);
        if (left_out)
            left_out->insert(left_out->end(), read.left_out.begin(), read.left_out.end());
        if (!read.example.spans.empty() || read.example.answer)
            examples.push_back(std::move(read.example));
    };
    if (has_bracketed_sentences(text))
        for_each_bracketed_sentence(text, origin, add);
    else
        for_each_record(text, origin, [&](const nlohmann::json& record, const std::string& where) {
            add(JsonObject(record, where));
            if (unread && format->read == read_own)
                add_misspelt_of_record(record, where, *unread);
        });
    return examples;
}

std::string to_jsonl(const std::vector<TaskExample>& examples)
{
    std::string text;
    for (const TaskExample& example : examples) {
        nlohmann::ordered_json json = { { "text", example.text } };
        if (example.answer) {
            json["target_token"] = example.answer->target;
            json["alternative_token"] = example.answer->alternative;
        } else {
            json["spans"] = nlohmann::ordered_json::array();
        }
        for (const TaskSpan& span : example.spans) {
            nlohmann::ordered_json& written = json["spans"].emplace_back();
            written["start"] = span.start;
            written["end"] = span.end;
            if (span.alternative)
                written["alternative"] = *span.alternative;
        }
        if (example.corrupted)
            json["corrupted"] = *example.corrupted;
        text += json_line(json);
    }
    return text;
}

std::vector<TaskExample> load_task(
    std::string_view source, std::vector<LeftOut>* left_out, std::vector<LeftOut>* unread)
{
    if (source.starts_with(built_in))
        return demo_task(source.substr(built_in.size()));
    if (is_generated_task(source))
        return generate_task(source, generated_examples, generated_seed);
    std::error_code ignored;
    if (!std::filesystem::exists(source, ignored)) {
        std::string names;
        for (const GeneratedTask& task : generated_tasks())
            names += (names.empty() ? "" : ", ") + std::string(task.name);
        throw InputError("There is no task file " + std::string(source) + ". Ready-made tasks are "
            + names + " and, for the demo, demo/NAME; see circuitloom-cli tasks list.");
    }
    const std::string text = read_text_source(source);
    if (is_blank(text))
        throw InputError("The task file " + std::string(source)
            + " is empty; a task has one JSON object a line.");
    return parse_task(text, source, left_out, unread);
}

} // namespace circuitloom
