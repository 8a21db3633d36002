#include "core/tasks/pronoun_sentences.h"

#include "core/base/error.h"
#include "core/base/utf8.h"
#include "core/tasks/records.h"
#include "core/tasks/word_pieces.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <optional>

namespace circuitloom {

namespace {

constexpr std::array<std::string_view, 7> pronouns{ "he", "she", "his", "her", "him", "himself",
    "herself" };

bool is_pronoun(std::string_view word)
{
    return std::ranges::find(pronouns, word) != pronouns.end();
}

/// A part of a line in square brackets.
struct Bracketed
{
    std::size_t start = 0; ///< in bytes of the sentence without brackets
    std::string text;
};

struct NumberedLine
{
    std::string sentence;
    std::vector<Bracketed> parts;
};

/// None where the line is no number with a sentence behind it.
std::optional<NumberedLine> numbered_line(std::string_view line)
{
    const std::size_t space = line.find(' ');
    if (space == 0 || space == line.npos
        || line.substr(0, space).find_first_not_of("0123456789") != line.npos)
        return std::nullopt;
    NumberedLine made;
    for (const char c : line.substr(space + 1)) {
        if (c == '[')
            made.parts.push_back({ made.sentence.size(), {} });
        else if (c == ']' && !made.parts.empty() && made.parts.back().text.empty())
            made.parts.back().text = made.sentence.substr(made.parts.back().start);
        else if (c != '\r')
            made.sentence += c;
    }
    return made;
}

std::string_view next_line(std::string_view text, std::size_t& at)
{
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view line = text.substr(at, end - at);
    at = end + 1;
    return line;
}

std::string without_article(const std::string& text)
{
    for (const std::string_view article : { "the ", "The ", "a ", "A ", "an ", "An " })
        if (text.starts_with(article))
            return text.substr(article.size());
    return text;
}

} // namespace

bool has_bracketed_sentences(std::string_view text)
{
    std::size_t at = 0;
    while (at < text.size()) {
        const std::string_view line = next_line(text, at);
        if (line.find_first_not_of(" \t\r") == line.npos)
            continue;
        const auto numbered = numbered_line(line);
        return numbered && numbered->parts.size() >= 2
            && std::ranges::any_of(
                numbered->parts, [](const Bracketed& part) { return is_pronoun(part.text); });
    }
    return false;
}

void for_each_bracketed_sentence(std::string_view text, std::string_view origin,
    const std::function<void(const JsonObject&)>& use)
{
    std::size_t number = 0;
    for (std::size_t at = 0; at < text.size();) {
        const std::string_view line = next_line(text, at);
        ++number;
        if (line.find_first_not_of(" \t\r") == line.npos)
            continue;
        const std::string where = std::string(origin) + ":" + std::to_string(number);
        const auto numbered = numbered_line(line);
        if (!numbered)
            throw InputError(where + ": the line must begin with its number and a space.");
        nlohmann::json record{ { "sentence", valid_utf8(numbered->sentence) } };
        for (const Bracketed& part : numbered->parts) {
            if (is_pronoun(part.text) && !record.contains("pronoun")) {
                record["pronoun"] = part.text;
                record["pronoun_start"] = part.start;
            } else if (!part.text.empty() && !record.contains("occupation")) {
                record["occupation"] = valid_utf8(without_article(part.text));
            }
        }
        if (!record.contains("pronoun") || !record.contains("occupation"))
            throw InputError(where
                + ": one pronoun and one occupation must stand in square brackets, as in \"[The "
                  "farmer] sold what [she] had\".");
        use(JsonObject(record, where));
    }
}

ForeignExample read_occupation_sentence(const JsonObject& json)
{
    nlohmann::json record{ { "sentence", json.text("sentence_text") } };
    std::string pronoun = json.text("g");
    std::ranges::transform(pronoun, pronoun.begin(),
        [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    record["pronoun"] = pronoun;
    if (json.has("g_first_index")) {
        const std::int64_t wanted = record_integer(json, "g_first_index", 0, 1'000'000);
        const std::string& sentence = record["sentence"].get_ref<const std::string&>();
        const auto pieces = word_pieces(sentence);
        std::int64_t nearest = -1;
        for (std::int64_t i = 0; i < std::ssize(pieces); ++i)
            if (pieces[static_cast<std::size_t>(i)].text == pronoun
                && (nearest < 0 || std::abs(i - wanted) < std::abs(nearest - wanted)))
                nearest = i;
        if (nearest >= 0)
            record["pronoun_start"] = pieces[static_cast<std::size_t>(nearest)].start;
    }
    return read_pronoun_sentence(JsonObject(record, json.where()));
}

ChoiceItem read_pronoun_choice(const JsonObject& json)
{
    const bool is_bug = json.has("sentence_text");
    const ForeignExample read
        = is_bug ? read_occupation_sentence(json) : read_pronoun_sentence(json);
    if (read.example.spans.empty())
        json.fail(is_bug ? "g" : "pronoun", "does not stand in the sentence as a word");
    const TaskSpan& span = read.example.spans.front();
    const auto offsets = character_offsets(read.example.text);
    const std::size_t start = offsets[static_cast<std::size_t>(span.start)];
    const std::size_t end = offsets[static_cast<std::size_t>(span.end)];
    ChoiceItem item{ read.example.text.substr(0, start),
        { read.example.text.substr(start, end - start), *span.alternative }, 0 };
    for (const char* field : { "occupation", "profession" })
        if (json.has(field))
            item.occupation = json.text(field);
    if (item.occupation.empty())
        item.occupation = "somebody";
    return item;
}

} // namespace circuitloom
