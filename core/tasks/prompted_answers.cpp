#include "core/tasks/answered_prompt.h"

#include <string>

namespace circuitloom {

namespace {

constexpr const char* symbol_change = "symbol_counterfactual";
constexpr const char* number_change = "random_counterfactual";
constexpr const char* name_change = "s2_io_flip_counterfactual";

std::string with_space(std::string text)
{
    return text.starts_with(' ') ? text : " " + text;
}

/// MIB's labels are numbers in some files.
std::string label_text(const JsonObject& json, const char* field)
{
    const nlohmann::json& value = json.at(field);
    return value.is_number_integer() ? value.dump() : json.text(field);
}

/// The letter that answers a question of MIB: `choices.label` at the index `answerKey`.
std::string answer_letter(const JsonObject& json)
{
    const JsonObject choices = json.object("choices");
    const nlohmann::json& labels = choices.array("label");
    if (labels.empty())
        choices.fail("label", "is empty");
    const std::int64_t last = static_cast<std::int64_t>(labels.size()) - 1;
    const nlohmann::json& label
        = labels[static_cast<std::size_t>(json.integer("answerKey", 0, last))];
    if (!label.is_string())
        choices.fail("label", "must be a list of texts");
    return label.get<std::string>();
}

/// The subject and indirect object are names without their space.
ForeignExample read_names(const JsonObject& json)
{
    const JsonObject names = json.object("metadata");
    AnsweredPrompt answered{ json.text("prompt"), with_space(names.text("indirect_object")),
        { with_space(names.text("subject")) }, {} };
    if (json.has(name_change))
        answered.corrupted = json.object(name_change).text("prompt");
    return example_of(answered, json.where());
}

ForeignExample read_changed_symbol(const JsonObject& json)
{
    const JsonObject changed = json.object(symbol_change);
    return example_of({ json.text("prompt"), answer_letter(json), { answer_letter(changed) },
                          changed.text("prompt") },
        json.where());
}

ForeignExample read_sum(const JsonObject& json)
{
    const JsonObject changed = json.object(number_change);
    return example_of({ json.text("prompt"), label_text(json, "label"),
                          { label_text(changed, "label") }, changed.text("prompt") },
        json.where());
}

} // namespace

ForeignExample read_prompted_answer(const JsonObject& json)
{
    if (json.has("metadata"))
        return read_names(json);
    if (json.has(symbol_change))
        return read_changed_symbol(json);
    if (json.has(number_change))
        return read_sum(json);
    if (json.has("target_true")) {
        const char* other = json.has("target_new") ? "target_new" : "target_false";
        return example_of({ json.text("prompt"), with_space(json.text("target_true")),
                              { with_space(json.text(other)) }, {} },
            json.where());
    }
    if (json.has("attribute"))
        return example_of({ json.text("prompt"), with_space(json.text("attribute")), {}, {} },
            json.where());
    if (json.has("choices"))
        json.fail("choices", "makes this an item of a suite; give the file with --capability");
    json.fail("prompt",
        "needs an answer beside it: target_true with target_new, attribute, or what MIB's files "
        "have (metadata, symbol_counterfactual, random_counterfactual)");
}

ForeignExample read_rewrite(const JsonObject& json)
{
    constexpr std::string_view gap = "{}";
    const JsonObject rewrite = json.object("requested_rewrite");
    AnsweredPrompt answered;
    answered.prompt = rewrite.text("prompt");
    const std::size_t place = answered.prompt.find(gap);
    if (place == std::string::npos)
        rewrite.fail("prompt", "has no {} where the subject goes");
    answered.prompt.replace(place, gap.size(), rewrite.text("subject"));
    answered.answer = with_space(rewrite.object("target_true").text("str"));
    answered.alternatives = { with_space(rewrite.object("target_new").text("str")) };
    return example_of(answered, json.where());
}

} // namespace circuitloom
