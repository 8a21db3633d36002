#include "core/tasks/task.h"

#include "core/base/utf8.h"
#include "core/demo/demo.h"
#include "core/tasks/jsonl.h"

#include <limits>

namespace circuitloom {

namespace {

constexpr std::size_t max_spans = 1000;
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

TaskExample read_example(const JsonObject& json)
{
    TaskExample example;
    example.text = json.text("text");
    const auto characters = static_cast<std::int64_t>(character_offsets(example.text).size()) - 1;
    const std::vector<JsonObject> spans = json.objects("spans");
    if (spans.empty() || spans.size() > max_spans)
        json.fail("spans", "must have 1 to " + std::to_string(max_spans) + " spans");
    for (const JsonObject& span : spans)
        example.spans.push_back(read_span(span, characters));
    example.corrupted = optional_text(json, "corrupted");
    return example;
}

} // namespace

std::vector<TaskExample> parse_task(std::string_view jsonl, std::string_view origin)
{
    std::vector<TaskExample> examples;
    for_each_json_line(jsonl, origin,
        [&examples](const JsonObject& json) { examples.push_back(read_example(json)); });
    return examples;
}

std::string to_jsonl(const std::vector<TaskExample>& examples)
{
    std::string text;
    for (const TaskExample& example : examples) {
        nlohmann::ordered_json json = { { "text", example.text } };
        json["spans"] = nlohmann::ordered_json::array();
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

std::vector<TaskExample> load_task(std::string_view source)
{
    if (source.starts_with(built_in))
        return demo::task(source.substr(built_in.size()));
    return parse_task(read_text_source(source), source);
}

} // namespace circuitloom
