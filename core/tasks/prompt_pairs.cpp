#include "core/tasks/answered_prompt.h"
#include "core/tasks/records.h"

#include <array>
#include <cstdint>
#include <limits>

namespace circuitloom {

namespace {

constexpr std::size_t max_answers = 1000;

/// Two columns of token ids that EAP-IG's tables have for one task or another.
struct IdColumns
{
    const char* answer;
    const char* alternative;
};
constexpr std::array id_columns{ IdColumns{ "correct_idx", "incorrect_idx" },
    IdColumns{ "clean_answer_idx", "corrupted_answer_idx" },
    IdColumns{ "country_idx", "corrupted_country_idx" } };

/// Columns of tasks whose metric adds up the probabilities of many tokens.
struct SummedColumn
{
    const char* field;
    const char* tokens;
};
constexpr std::array summed_columns{ SummedColumn{ "correct_idx", "all years above this one" },
    SummedColumn{ "label", "all years above this one" },
    SummedColumn{ "year", "all years above this one" },
    SummedColumn{ "plural", "all verbs of one number" },
    SummedColumn{ "answers_idx", "all right answers" } };

std::int32_t token_id(const JsonObject& json, const char* field)
{
    return static_cast<std::int32_t>(
        record_integer(json, field, 0, std::numeric_limits<std::int32_t>::max()));
}

ForeignExample read_with_token_ids(const JsonObject& json)
{
    for (const IdColumns& columns : id_columns) {
        if (!json.has(columns.answer) || !json.has(columns.alternative))
            continue;
        ForeignExample read;
        read.example.text = json.text("clean");
        read.example.corrupted = json.text("corrupted");
        read.example.answer
            = TokenAnswer{ token_id(json, columns.answer), token_id(json, columns.alternative) };
        return read;
    }
    for (const SummedColumn& column : summed_columns)
        if (json.has(column.field))
            json.fail(column.field,
                std::string("stands for ") + column.tokens
                    + ", whose probabilities EAP-IG adds up; a task here compares one target with "
                      "one alternative (correct_idx and incorrect_idx). Of years and of verbs the "
                      "ready-made tasks greater-than and agreement ask");
    json.fail("correct_idx", "is missing, and so is every other column of token ids that is read");
}

std::vector<std::string> read_answers(const JsonObject& json, const char* field)
{
    const nlohmann::json& list = json.array(field);
    if (list.size() > max_answers)
        json.fail(field, "has more than " + std::to_string(max_answers) + " answers");
    std::vector<std::string> answers;
    for (const nlohmann::json& answer : list) {
        if (!answer.is_string())
            json.fail(field, "must be a list of texts; token ids are not read");
        answers.push_back(answer.get<std::string>());
    }
    return answers;
}

std::string read_prompt_text(const JsonObject& json, const char* field)
{
    if (json.at(field).is_array())
        json.fail(field, "is a list of token ids; only texts are read");
    return json.text(field);
}

ForeignExample read_with_answers(const JsonObject& json)
{
    AnsweredPrompt answered;
    answered.prompt = read_prompt_text(json, "clean");
    answered.corrupted = read_prompt_text(json, "corrupt");
    const std::vector<std::string> answers = read_answers(json, "answers");
    if (json.has("wrong_answers"))
        answered.alternatives = read_answers(json, "wrong_answers");
    if (answers.size() != 1)
        return { {},
            { { json.where(),
                "a task's target is one answer, but `answers` has another number of them" } } };
    answered.answer = answers.front();
    return example_of(answered, json.where());
}

} // namespace

ForeignExample read_prompt_pair(const JsonObject& json)
{
    return json.has("corrupt") ? read_with_answers(json) : read_with_token_ids(json);
}

} // namespace circuitloom
