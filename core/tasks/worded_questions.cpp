#include "core/tasks/worded_questions.h"

#include "core/base/utf8.h"
#include "core/tasks/answer_scores.h"
#include "core/tasks/records.h"

#include <algorithm>
#include <filesystem>
#include <set>

namespace circuitloom {

namespace {

/// Of SQuAD's passages, each counted once for every question: about twice what its largest file
/// has.
constexpr std::size_t max_passages = std::size_t{ 256 } << 20;
constexpr const char* text_field = "<nl>";
constexpr const char* number_form
    = "\n\nReason step by step. End with #### and the number that answers the question.";
constexpr const char* word_form
    = "\n\nAnswer with <answer>True</answer>, <answer>False</answer> or "
      "<answer>N/A</answer>; N/A means that it cannot be told.";
constexpr const char* span_form
    = "\n\nAnswer in words of the passage alone. Where the passage does "
      "not say it, answer \"unanswerable\".";

void add(WordedQuestions& into, const JsonObject& json, const char* field, AnswerRule rule,
    WordedQuestion question)
{
    if (!into.questions.empty() && into.rule != rule)
        json.fail(field, "is of another kind of question than those before");
    into.rule = rule;
    into.questions.push_back(std::move(question));
}

void add_number_question(const JsonObject& json, WordedQuestions& into)
{
    const std::string solution = json.text("answer");
    const std::string number = number_behind_marks(solution);
    if (number.empty())
        json.fail("answer", "has no number behind ####");
    add(into, json, "answer", AnswerRule::number,
        { json.text("question") + number_form, { number }, solution });
}

std::string truth_word(const JsonObject& json)
{
    const nlohmann::json& answer = json.at("answer");
    if (answer.is_boolean())
        return answer.get<bool>() ? "True" : "False";
    if (answer.is_string())
        for (const std::string_view word : answer_words)
            if (answer_word(answer.get_ref<const std::string&>()) == word)
                return std::string(word);
    json.fail("answer", "must be true, false or \"N/A\"");
}

void add_logic(const nlohmann::json& record, const JsonObject& json, WordedQuestions& into)
{
    const std::string word = truth_word(json);
    const auto add_text = [&](const JsonObject& with_text) {
        add(into, with_text, text_field, AnswerRule::word,
            { with_text.text(text_field) + word_form, { word }, "<answer>" + word + "</answer>" });
    };
    for (const JsonObject& plain : json.objects("question"))
        add_text(plain);
    for (const auto& [domain, topics] : record.items()) {
        if (!topics.is_object())
            continue;
        const JsonObject of_domain(topics, json.where() + ": " + for_message(domain));
        for (const auto& [topic, ignored] : topics.items())
            add_text(of_domain.object(topic.c_str()));
    }
}

void add_passage(const JsonObject& paragraph, WordedQuestions& into)
{
    const std::string context = paragraph.text("context");
    for (const JsonObject& question : paragraph.objects("qas")) {
        into.passages += context.size();
        if (into.passages > max_passages)
            question.fail("question",
                "is one too many: the passages, each counted once for every question, may have "
                    + std::to_string(max_passages) + " bytes");
        WordedQuestion made;
        made.question = context + "\n\n" + question.text("question") + span_form;
        if (!question.boolean_or("is_impossible", false)) {
            std::set<std::string> known;
            for (const JsonObject& answer : question.objects("answers"))
                if (std::string text = answer.text("text"); known.insert(text).second)
                    made.answers.push_back(std::move(text));
            if (made.answers.empty())
                question.fail("answers", "is empty, but is_impossible is not true");
        }
        made.reply = made.answers.empty() ? std::string(no_answer_word) : made.answers.front();
        add(into, question, "question", AnswerRule::span, std::move(made));
    }
}

void add_instructed(const JsonObject& json, WordedQuestions& into)
{
    const auto arguments = json.objects("kwargs");
    const nlohmann::json& names = json.array("instruction_id_list");
    if (names.empty() || names.size() != arguments.size())
        json.fail("instruction_id_list", "must have as many names as kwargs has objects");
    WordedQuestion made;
    made.question = json.text("prompt");
    const auto known = known_instructions();
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (!names[i].is_string())
            json.fail("instruction_id_list", "must hold names");
        const std::string& name = names[i].get_ref<const std::string&>();
        if (std::ranges::find(known, name) != known.end())
            made.instructions.push_back(read_instruction(name, arguments[i]));
        else
            made.problem = json.where() + ": whether " + for_message(name)
                + " was followed cannot be checked here";
    }
    add(into, json, "instruction_id_list", AnswerRule::instructions, std::move(made));
}

bool is_list(const JsonObject& json, const char* field)
{
    const nlohmann::json* value = json.find(field);
    return value && value->is_array();
}

bool is_text(const JsonObject& json, const char* field)
{
    const nlohmann::json* value = json.find(field);
    return value && value->is_string();
}

} // namespace

bool has_worded_questions(const JsonObject& json)
{
    if (is_list(json, "data") || is_list(json, "instruction_id_list"))
        return true;
    if (is_list(json, "question"))
        return json.has("answer");
    return is_text(json, "question") && is_text(json, "answer") && !json.has("choices")
        && !json.has("A") && !json.has("option1");
}

std::optional<WordedQuestions> worded_questions_of(std::string_view file)
{
    std::error_code ignored;
    if (!std::filesystem::is_regular_file(file, ignored))
        return std::nullopt;
    const std::string text = read_text_source(file);
    if (const std::size_t first = text.find_first_not_of(" \t\r\n");
        first == text.npos || (text[first] != '{' && text[first] != '['))
        return std::nullopt;
    struct OtherRecords
    {
    };
    WordedQuestions read;
    try {
        for_each_record(text, file, [&](const nlohmann::json& record, const std::string& where) {
            if (read.questions.empty() && !has_worded_questions(JsonObject(record, where)))
                throw OtherRecords();
            add_worded_questions(record, where, read);
        });
    } catch (const OtherRecords&) {
        return std::nullopt;
    }
    return read;
}

void add_worded_questions(
    const nlohmann::json& record, const std::string& where, WordedQuestions& into)
{
    const JsonObject json(record, where);
    if (is_list(json, "instruction_id_list")) {
        add_instructed(json, into);
    } else if (is_list(json, "data")) {
        for (const JsonObject& article : json.objects("data"))
            for (const JsonObject& paragraph : article.objects("paragraphs"))
                add_passage(paragraph, into);
    } else if (is_list(json, "question")) {
        add_logic(record, json, into);
    } else {
        add_number_question(json, into);
    }
}

} // namespace circuitloom
