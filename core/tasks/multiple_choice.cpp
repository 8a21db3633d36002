#include "core/tasks/multiple_choice.h"

#include "core/base/trimmed.h"
#include "core/tasks/records.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

namespace circuitloom {

namespace {

constexpr std::size_t max_choices = 1000;
constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/// The answers of one question.
struct Answers
{
    std::vector<std::string> labels;
    std::vector<std::string> texts;
};

Answers labelled_answers(const JsonObject& choices)
{
    Answers answers{ choice_texts(choices, "label"), choice_texts(choices, "text") };
    if (answers.labels.size() != answers.texts.size())
        choices.fail("label", "has another number of entries than text");
    return answers;
}

// The form of ARC's own files: a list of answers, each with its label.
Answers listed_answers(const JsonObject& question)
{
    Answers answers;
    for (const JsonObject& choice : question.objects("choices")) {
        answers.labels.push_back(choice.text("label"));
        answers.texts.push_back(choice.text("text"));
    }
    if (answers.texts.size() < 2 || answers.texts.size() > max_choices)
        question.fail("choices", "must have 2 to " + std::to_string(max_choices) + " answers");
    return answers;
}

/// The right answer's index, written as one or as a label.
int right_answer(const JsonObject& json, const char* field, const std::vector<std::string>& labels)
{
    const nlohmann::json& value = json.at(field);
    const auto last = static_cast<std::int64_t>(labels.size()) - 1;
    if (!value.is_string())
        return static_cast<int>(json.integer(field, 0, last));
    const auto found = std::ranges::find(labels, value.get_ref<const std::string&>());
    if (found == labels.end())
        json.fail(field, "is " + value.get<std::string>() + ", which is no answer's label");
    return static_cast<int>(found - labels.begin());
}

ChoiceItem arc_item(const JsonObject& json, const std::string& question, const Answers& answers)
{
    ChoiceItem item{ "Question: " + question + "\nAnswer:", {},
        right_answer(json, "answerKey", answers.labels) };
    for (const std::string& text : answers.texts)
        item.choices.push_back(" " + text);
    return item;
}

ChoiceItem mmlu_item(const JsonObject& json, const std::vector<std::string>& texts)
{
    if (texts.size() > letters.size())
        json.fail("choices", "has more answers than there are letters");
    ChoiceItem item{ std::string(trimmed(json.text("question"))) + "\n", {}, 0 };
    std::vector<std::string> labels;
    for (std::size_t i = 0; i < texts.size(); ++i) {
        labels.emplace_back(1, letters[i]);
        item.prompt += labels.back() + ". " + texts[i] + "\n";
        item.choices.push_back(" " + labels.back());
    }
    item.prompt += "Answer:";
    item.answer = right_answer(json, "answer", labels);
    return item;
}

std::string replaced(const std::string& text, std::string_view old, std::string_view made)
{
    std::string result;
    std::size_t at = 0;
    for (std::size_t found = text.find(old); found != text.npos; found = text.find(old, at)) {
        result.append(text, at, found - at) += made;
        at = found + old.size();
    }
    return result.append(text, at);
}

/// Without what stands in square brackets, as far as they are closed.
std::string without_bracketed(const std::string& text)
{
    std::string result;
    std::size_t at = 0;
    for (std::size_t open = text.find('['); open != text.npos; open = text.find('[', at)) {
        const std::size_t close = text.find(']', open);
        if (close == text.npos)
            break;
        result.append(text, at, open - at);
        at = close + 1;
    }
    return result.append(text, at);
}

/// HellaSwag's texts come from WikiHow with marks such as [header] and [title].
std::string without_marks(const std::string& marked)
{
    const std::string text
        = without_bracketed(replaced(std::string(trimmed(marked)), " [title]", ". "));
    std::string single;
    for (std::size_t at = 0; at < text.size();
         ++at) // as str.replace() in Python: once, from the left
        single += text.compare(at, 2, "  ") == 0 ? (++at, ' ') : text[at];
    return single;
}

ChoiceItem winogrande_item(const JsonObject& json)
{
    const std::string sentence = json.text("sentence");
    const std::size_t blank = sentence.find('_');
    if (blank == std::string::npos)
        json.fail("sentence", "has no blank, written _");
    const std::string scored(trimmed(std::string_view(sentence).substr(blank + 1)));
    if (scored.empty())
        json.fail("sentence", "ends with the blank, so nothing after it can be scored");
    ChoiceItem item{ sentence.substr(0, blank), { " " + scored, " " + scored }, 0 };
    item.lead_ins = { json.text("option1"), json.text("option2") };
    item.answer = static_cast<int>(record_integer(json, "answer", 1, 2)) - 1;
    return item;
}

} // namespace

std::vector<std::string> choice_texts(const JsonObject& json, const char* field)
{
    const nlohmann::json& list = json.array(field);
    if (list.size() < 2 || list.size() > max_choices)
        json.fail(field, "must have 2 to " + std::to_string(max_choices) + " texts");
    std::vector<std::string> texts;
    for (const nlohmann::json& text : list) {
        if (!text.is_string())
            json.fail(field, "must be a list of texts");
        texts.push_back(text.get<std::string>());
    }
    return texts;
}

ChoiceItem read_harness_item(const JsonObject& json)
{
    if (json.has("option1"))
        return winogrande_item(json);
    ChoiceItem item;
    if (json.has("ctx")) {
        std::string context = json.text("ctx");
        if (json.has("ctx_a") && json.has("ctx_b")) {
            std::string second = json.text("ctx_b");
            for (std::size_t i = 0; i < second.size(); ++i) // str.capitalize()
                second[i] = static_cast<char>(i == 0 && second[i] >= 'a' && second[i] <= 'z'
                        ? second[i] - 'a' + 'A'
                        : i > 0 && second[i] >= 'A' && second[i] <= 'Z' ? second[i] - 'A' + 'a'
                                                                        : second[i]);
            context = json.text("ctx_a") + " " + second;
        }
        item.prompt = without_marks(json.text("activity_label") + ": " + context);
        for (const std::string& ending : choice_texts(json, "endings"))
            item.choices.push_back(" " + without_marks(ending));
        item.answer = static_cast<int>(
            record_integer(json, "label", 0, static_cast<std::int64_t>(item.choices.size()) - 1));
        return item;
    }
    item.prompt = json.text(json.has("query") ? "query" : "context");
    for (const std::string& choice : choice_texts(json, "choices"))
        item.choices.push_back(choice.starts_with(' ') ? choice : " " + choice);
    item.answer = static_cast<int>(
        record_integer(json, "gold", 0, static_cast<std::int64_t>(item.choices.size()) - 1));
    return item;
}

ChoiceItem read_question(const JsonObject& json)
{
    if (json.has("prompt")) {
        const Answers answers = labelled_answers(json.object("choices"));
        return { json.text("prompt"), answers.labels,
            right_answer(json, "answerKey", answers.labels) };
    }
    if (json.at("question").is_object()) {
        const JsonObject question = json.object("question");
        return arc_item(json, question.text("stem"), listed_answers(question));
    }
    if (!json.has("choices") && json.has("A"))
        return mmlu_item(json, { json.text("A"), json.text("B"), json.text("C"), json.text("D") });
    if (json.at("choices").is_object())
        return arc_item(json, json.text("question"), labelled_answers(json.object("choices")));
    return mmlu_item(json, choice_texts(json, "choices"));
}

} // namespace circuitloom
