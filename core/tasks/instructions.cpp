#include "core/tasks/instructions.h"

#include "core/base/error.h"
#include "core/tasks/response_checks.h"

#include <algorithm>
#include <array>
#include <limits>

namespace circuitloom {

namespace {

constexpr int most = std::numeric_limits<int>::max();

struct Arguments
{
    const char* words = nullptr;
    const char* text = nullptr;
    const char* count = nullptr;
    const char* place = nullptr;
    const char* relation = nullptr;
};

struct Kind
{
    std::string_view name;
    Arguments arguments;
    bool (*check)(std::string_view response, const Instruction& instruction);
};

bool compares(std::size_t number, const Instruction& is)
{
    const auto count = static_cast<std::size_t>(is.count);
    return is.less ? number < count : number >= count;
}

using View = std::string_view;
using Is = const Instruction&;

const std::array kinds{
    Kind{ "keywords:existence", { .words = "keywords" },
        [](View response, Is is) {
            return std::ranges::all_of(is.words,
                [&](const std::string& word) { return response::occurrences(response, word) > 0; });
        } },
    Kind{ "keywords:frequency",
        { .text = "keyword", .count = "frequency", .relation = "relation" },
        [](View response, Is is) {
            return compares(response::occurrences(response, is.text), is);
        } },
    Kind{ "keywords:forbidden_words", { .words = "forbidden_words" },
        [](View response, Is is) {
            return std::ranges::none_of(is.words,
                [&](const std::string& word) { return response::has_word(response, word); });
        } },
    Kind{ "keywords:letter_frequency",
        { .text = "letter", .count = "let_frequency", .relation = "let_relation" },
        [](View response, Is is) {
            return compares(response::occurrences(response, is.text), is);
        } },
    Kind{ "length_constraints:number_sentences",
        { .count = "num_sentences", .relation = "relation" },
        [](View response, Is is) { return compares(response::sentences(response), is); } },
    Kind{ "length_constraints:number_words", { .count = "num_words", .relation = "relation" },
        [](View response, Is is) { return compares(response::words(response), is); } },
    Kind{ "length_constraints:number_paragraphs", { .count = "num_paragraphs" },
        [](View response, Is is) {
            return response::paragraphs_between_stars(response) == is.count;
        } },
    Kind{ "length_constraints:nth_paragraph_first_word",
        { .text = "first_word", .count = "num_paragraphs", .place = "nth_paragraph" },
        [](View response, Is is) {
            return response::paragraph_begins(response, is.count, is.place, is.text);
        } },
    Kind{ "detectable_content:number_placeholders", { .count = "num_placeholders" },
        [](View response, Is is) { return compares(response::placeholders(response), is); } },
    Kind{ "detectable_content:postscript", { .text = "postscript_marker" },
        [](View response, Is is) { return response::has_postscript(response, is.text); } },
    Kind{ "detectable_format:number_bullet_lists", { .count = "num_bullets" },
        [](View response, Is is) {
            return response::bullets(response) == static_cast<std::size_t>(is.count);
        } },
    Kind{ "detectable_format:constrained_response", {},
        [](View response, Is) { return response::is_one_of_three(response); } },
    Kind{ "detectable_format:number_highlighted_sections", { .count = "num_highlights" },
        [](View response, Is is) { return compares(response::highlights(response), is); } },
    Kind{ "detectable_format:multiple_sections",
        { .text = "section_spliter", .count = "num_sections" },
        [](View response, Is is) { return compares(response::sections(response, is.text), is); } },
    Kind{ "detectable_format:json_format", {},
        [](View response, Is) { return response::is_json(response); } },
    Kind{ "detectable_format:title", {},
        [](View response, Is) { return response::has_title(response); } },
    Kind{ "combination:two_responses", {},
        [](View response, Is) { return response::is_two_responses(response); } },
    Kind{ "combination:repeat_prompt", { .text = "prompt_to_repeat" },
        [](View response, Is is) { return response::begins_with(response, is.text); } },
    Kind{ "startend:end_checker", { .text = "end_phrase" },
        [](View response, Is is) { return response::ends_with(response, is.text); } },
    Kind{ "startend:quotation", {},
        [](View response, Is) { return response::is_quoted(response); } },
    Kind{ "change_case:english_capital", {},
        [](View response, Is) { return response::is_in_capitals(response); } },
    Kind{ "change_case:english_lowercase", {},
        [](View response, Is) { return response::is_in_small_letters(response); } },
    Kind{ "change_case:capital_word_frequency",
        { .count = "capital_frequency", .relation = "capital_relation" },
        [](View response, Is is) { return compares(response::capital_words(response), is); } },
    Kind{ "punctuation:no_comma", {},
        [](View response, Is) { return response.find(',') == response.npos; } },
};

bool is_less(const JsonObject& arguments, const char* field)
{
    const std::string relation = arguments.text(field);
    if (relation != "less than" && relation != "at least")
        arguments.fail(field, "must be \"less than\" or \"at least\"");
    return relation == "less than";
}

} // namespace

std::vector<std::string_view> known_instructions()
{
    std::vector<std::string_view> names;
    for (const Kind& kind : kinds)
        names.push_back(kind.name);
    return names;
}

Instruction read_instruction(const std::string& name, const JsonObject& arguments)
{
    const auto kind = std::ranges::find(kinds, name, &Kind::name);
    if (kind == kinds.end())
        throw InputError(arguments.where() + ": the instruction " + name
            + " is none that this program can check");
    const Arguments& has = kind->arguments;
    Instruction read;
    read.name = name;
    if (has.words)
        for (const nlohmann::json& word : arguments.array(has.words)) {
            if (!word.is_string() || word.get_ref<const std::string&>().empty())
                arguments.fail(has.words, "must hold words");
            read.words.push_back(word.get<std::string>());
        }
    if (has.text) {
        read.text = arguments.text(has.text);
        if (read.text.empty())
            arguments.fail(has.text, "is empty");
    }
    if (has.count)
        read.count = static_cast<int>(arguments.integer(has.count, 0, most));
    if (has.place)
        read.place = static_cast<int>(arguments.integer(has.place, 1, most));
    if (has.relation)
        read.less = is_less(arguments, has.relation);
    return read;
}

bool follows(std::string_view response, const Instruction& instruction)
{
    const auto kind = std::ranges::find(kinds, instruction.name, &Kind::name);
    return kind != kinds.end() && !response::trimmed(response).empty()
        && kind->check(response, instruction);
}

bool follows_loosely(std::string_view response, const Instruction& instruction)
{
    const std::size_t first = response.find('\n');
    const std::size_t last = response.rfind('\n');
    const auto behind_first = first == response.npos ? View() : response.substr(first + 1);
    const auto before_last = last == response.npos ? View() : response.substr(0, last);
    const auto between
        = first == last ? View() : response.substr(first + 1, last - first - 1);
    for (const View part : { response, response::trimmed(behind_first),
             response::trimmed(before_last), response::trimmed(between) }) {
        std::string plain(part);
        std::erase(plain, '*');
        if (follows(part, instruction) || follows(plain, instruction))
            return true;
    }
    return false;
}

} // namespace circuitloom
