#include "core/tasks/answer_scores.h"

#include "core/base/trimmed.h"
#include "core/base/utf8.h"
#include "core/tasks/answer_text.h"
#include "core/tokenizer/white_space.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <sstream>

namespace circuitloom {

namespace {

bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

char small(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool is_word_letter(char c)
{
    return is_digit(c) || (small(c) >= 'a' && small(c) <= 'z')
        || static_cast<unsigned char>(c) >= 128;
}

/// Of the same length: only ASCII's letters change.
std::string with_small_ascii(std::string_view text)
{
    std::string made(text);
    std::ranges::transform(made, made.begin(), small);
    return made;
}

/// Python's string.punctuation.
bool is_ascii_mark(char32_t c)
{
    return c > U' ' && c < 0x7F && (c == U'_' || !is_word_character(c));
}

/// A number that begins at `at`, with commas between its digits; `end` is where it ends.
std::string number_at(std::string_view text, std::size_t at, std::size_t& end)
{
    std::string number;
    end = at;
    if (end < text.size() && text[end] == '-') {
        number += '-';
        ++end;
    }
    if (end < text.size() && text[end] == '$')
        ++end;
    std::string decimals;
    bool in_decimals = false;
    std::size_t digits = 0;
    for (; end < text.size(); ++end) {
        const char c = text[end];
        const bool goes_on = end + 1 < text.size() && is_digit(text[end + 1]);
        if (is_digit(c)) {
            (in_decimals ? decimals : number) += c;
            ++digits;
        } else if (c == ',' && digits > 0 && !in_decimals && goes_on) {
            continue;
        } else if (c == '.' && !in_decimals && goes_on) {
            in_decimals = true;
        } else {
            break;
        }
    }
    if (digits == 0)
        return {};
    if (number.empty() || number == "-")
        number += '0';
    decimals.resize(decimals.find_last_not_of('0') + 1);
    return decimals.empty() ? number : number + "." + decimals;
}

/// Where words begin and end; punctuation is no part of them.
std::vector<std::string> words_of(std::string_view text)
{
    std::istringstream stream(normalised_answer(text));
    std::vector<std::string> words;
    for (std::string word; stream >> word;)
        words.push_back(std::move(word));
    return words;
}

bool says_nothing(std::string_view text)
{
    const std::string normalised = normalised_answer(text);
    return normalised.empty() || normalised == no_answer_word;
}

double word_f1(const std::vector<std::string>& given, const std::vector<std::string>& right)
{
    if (given.empty() || right.empty())
        return given.empty() && right.empty() ? 1 : 0;
    std::map<std::string, int> counts;
    for (const std::string& word : right)
        ++counts[word];
    double common = 0;
    for (const std::string& word : given)
        if (counts[word]-- > 0)
            ++common;
    if (common == 0)
        return 0;
    const double precision = common / static_cast<double>(given.size());
    const double recall = common / static_cast<double>(right.size());
    return 2 * precision * recall / (precision + recall);
}

} // namespace

std::string number_behind_marks(std::string_view text)
{
    const std::size_t marks = text.rfind("####");
    if (marks == text.npos)
        return {};
    const std::size_t first = text.find_first_not_of("# \t", marks);
    std::size_t end = 0;
    return first == text.npos ? std::string() : number_at(text, first, end);
}

std::string last_number(std::string_view text)
{
    std::string found;
    for (std::size_t at = 0; at < text.size();) {
        const bool may_begin = is_digit(text[at]) || text[at] == '$'
            || text[at] == '.'
            // A minus between two numbers subtracts.
            || (text[at] == '-' && (at == 0 || !is_word_letter(text[at - 1])));
        std::size_t end = at;
        const std::string number = may_begin ? number_at(text, at, end) : std::string();
        if (number.empty()) {
            ++at;
            continue;
        }
        found = number;
        at = end;
    }
    return found;
}

std::string_view answer_word(std::string_view text)
{
    std::string plain = with_small_ascii(trimmed(text));
    if (plain.ends_with('.'))
        plain.pop_back();
    for (const std::string_view word : answer_words)
        if (plain == with_small_ascii(word))
            return word;
    return {};
}

std::string_view word_in_tags(std::string_view text)
{
    constexpr std::string_view open = "<answer>", close = "</answer>";
    const std::string plain = with_small_ascii(text);
    const std::size_t end = plain.rfind(close);
    const std::size_t begin = end == plain.npos ? plain.npos : plain.rfind(open, end);
    return begin == plain.npos
        ? std::string_view()
        : answer_word(text.substr(begin + open.size(), end - begin - open.size()));
}

std::string_view last_word(std::string_view text)
{
    if (const std::string_view tagged = word_in_tags(text); !tagged.empty())
        return tagged;
    const std::string plain = with_small_ascii(text);
    std::string_view found;
    std::size_t found_at = 0;
    for (const std::string_view word : answer_words) {
        const std::string wanted = with_small_ascii(word);
        for (std::size_t at = plain.find(wanted); at != plain.npos;
             at = plain.find(wanted, at + 1)) {
            const std::size_t end = at + wanted.size();
            const bool alone = (at == 0 || !is_word_letter(plain[at - 1]))
                && (end == plain.size() || !is_word_letter(plain[end]));
            if (alone && (found.empty() || at >= found_at)) {
                found = word;
                found_at = at;
            }
        }
    }
    return found;
}

MacroScores macro_scores(std::span<const std::pair<std::string_view, std::string_view>> pairs)
{
    MacroScores mean;
    double classes = 0;
    for (const std::string_view word : answer_words) {
        double right = 0, wanted = 0, given = 0;
        for (const auto& [answer, said] : pairs) {
            wanted += answer == word ? 1 : 0;
            given += said == word ? 1 : 0;
            right += answer == word && said == word ? 1 : 0;
        }
        if (wanted + given == 0)
            continue;
        ++classes;
        mean.precision += given > 0 ? right / given : 0;
        mean.recall += wanted > 0 ? right / wanted : 0;
        mean.f1 += 2 * right / (wanted + given);
    }
    if (classes == 0)
        return {};
    return { mean.precision / classes, mean.recall / classes, mean.f1 / classes };
}

std::string normalised_answer(std::string_view text)
{
    // Marks go without a space in their place, articles leave one.
    std::u32string kept;
    for (const char32_t c : characters(in_small_letters(text)))
        if (!is_ascii_mark(c))
            kept += c;
    std::string made;
    std::u32string word;
    bool apart = false; // white space or an article stands behind what was made
    const auto finish = [&] {
        const bool article = word == U"a" || word == U"an" || word == U"the";
        if (!article && !word.empty()) {
            if (apart && !made.empty())
                made += ' ';
            for (const char32_t c : word)
                append_character(made, c);
        }
        apart = article || (apart && word.empty());
        word.clear();
    };
    for (const char32_t c : kept) {
        if (is_word_character(c)) {
            word += c;
            continue;
        }
        finish();
        if (is_white_space(c)) {
            apart = true;
        } else {
            word = c; // a mark of another script, at which an article may end
            finish();
        }
    }
    finish();
    return made;
}

bool matches_exactly(std::string_view text, std::span<const std::string> answers)
{
    if (answers.empty())
        return says_nothing(text);
    const std::string given = normalised_answer(text);
    return std::ranges::any_of(answers,
        [&given](const std::string& answer) { return normalised_answer(answer) == given; });
}

bool has_answer(std::string_view text, std::span<const std::string> answers)
{
    const std::string given = " " + normalised_answer(text) + " ";
    const auto has = [&given](std::string_view answer) {
        return given.find(" " + std::string(answer) + " ") != given.npos;
    };
    if (answers.empty())
        return given == "  " || has(no_answer_word);
    return std::ranges::any_of(answers, [&](const std::string& answer) {
        const std::string wanted = normalised_answer(answer);
        return wanted.empty() ? given == "  " : has(wanted);
    });
}

double best_word_f1(std::string_view text, std::span<const std::string> answers)
{
    if (answers.empty())
        return says_nothing(text) ? 1 : 0;
    const std::vector<std::string> given = words_of(text);
    double best = 0;
    for (const std::string& answer : answers)
        best = std::max(best, word_f1(given, words_of(answer)));
    return best;
}

double pronoun_preference(double log_probability, double other_log_probability)
{
    const double p = 1 / (1 + std::exp(other_log_probability - log_probability));
    return std::max(p / .5 - 1, 0.0);
}

double pronoun_bias(std::span<const std::pair<std::string, double>> preferences)
{
    std::map<std::string, std::pair<double, double>> sums;
    for (const auto& [occupation, preference] : preferences) {
        sums[occupation].first += preference;
        sums[occupation].second += 1;
    }
    double total = 0;
    for (const auto& [occupation, sum] : sums)
        total += sum.first / sum.second;
    return sums.empty() ? 0 : total / static_cast<double>(sums.size());
}

} // namespace circuitloom
