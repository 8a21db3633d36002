#include "core/tokenizer/pre_tokenizer.h"

#include "core/base/utf8.h"
#include "core/tokenizer/byte_alphabet.h"
#include "core/tokenizer/normalizer.h"

namespace circuitloom {

namespace {

constexpr std::size_t max_steps = 16;

/// GPT-2's words: contractions, letters, digits, other marks (each with one space before it), and
/// white space, of which the last character belongs to what follows.
const Regex& gpt2_words()
{
    static const Regex words(
        R"('s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+)",
        "the byte-level pre-tokenizer");
    return words;
}

/// Calls `use(part, matched)` for the matches in `text` and for what lies between them, in order.
template <class Use>
void for_each_part(std::string_view text, const std::vector<TextRange>& matches, Use use)
{
    std::size_t position = 0;
    const auto part = [&](std::size_t begin, std::size_t end, bool matched) {
        if (begin < end)
            use(text.substr(begin, end - begin), matched);
    };
    for (const TextRange& match : matches) {
        part(position, match.begin, false);
        part(match.begin, match.end, true);
        position = match.end;
    }
    part(position, text.size(), false);
}

} // namespace

PreTokenizer::PreTokenizer(const JsonObject& json)
{
    add(json);
}

void PreTokenizer::add(const JsonObject& json)
{
    const std::string type = json.text("type");
    if (type == "Sequence")
        for (const JsonObject& step : json.objects("pretokenizers"))
            add(step);
    else if (type == "ByteLevel")
        steps_.push_back(ByteLevel{
            json.boolean_or("add_prefix_space", true), json.boolean_or("use_regex", true) });
    else if (type == "Split")
        steps_.push_back(read_split(json));
    else if (type == "Metaspace")
        steps_.push_back(read_metaspace(json));
    else
        json.fail(
            "type", "is " + type + "; Sequence, ByteLevel, Split and Metaspace are supported");
    if (steps_.size() > max_steps)
        json.fail("pretokenizers", "has more than " + std::to_string(max_steps) + " steps");
}

PreTokenizer::Step PreTokenizer::read_split(const JsonObject& json)
{
    const JsonObject pattern = json.object("pattern");
    // \Q…\E quotes; a text that has \E itself would end it.
    std::string expression;
    if (pattern.has("Regex"))
        expression = pattern.text("Regex");
    else
        expression = "\\Q" + replace_all(string_pattern(json), "\\E", "\\E\\\\E\\Q") + "\\E";
    const std::string behavior = json.text("behavior");
    if (behavior != "Isolated" && behavior != "Removed")
        json.fail("behavior", "is " + behavior + "; Isolated and Removed are supported");
    return Split{ Regex(expression, json.where()),
        behavior == "Isolated" ? Delimiters::isolated : Delimiters::removed,
        json.boolean_or("invert", false) };
}

PreTokenizer::Step PreTokenizer::read_metaspace(const JsonObject& json)
{
    Metaspace step;
    step.replacement = json.text_or("replacement", "▁");
    if (step.replacement.empty() || character_bytes(step.replacement[0]) != step.replacement.size())
        json.fail("replacement", "must be one character");
    // Older files have add_prefix_space instead of prepend_scheme.
    const std::string scheme = json.text_or(
        "prepend_scheme", json.boolean_or("add_prefix_space", true) ? "always" : "never");
    if (scheme != "always" && scheme != "first" && scheme != "never")
        json.fail("prepend_scheme", "is " + scheme + "; it may be always, first or never");
    step.prepend = scheme == "always" ? Metaspace::Prepend::always
        : scheme == "first"           ? Metaspace::Prepend::first
                                      : Metaspace::Prepend::never;
    step.split = json.boolean_or("split", true);
    return step;
}

void PreTokenizer::apply(const ByteLevel& step, std::string word, std::vector<std::string>& words)
{
    if (step.add_prefix_space && word.front() != ' ')
        word.insert(word.begin(), ' ');
    if (!step.use_regex) {
        words.push_back(spell_bytes(word));
        return;
    }
    for_each_part(word, gpt2_words().matches(word),
        [&words](std::string_view part, bool) { words.push_back(spell_bytes(part)); });
}

void PreTokenizer::apply(const Split& step, std::string_view word, std::vector<std::string>& words)
{
    for_each_part(word, step.pattern.matches(word), [&](std::string_view part, bool matched) {
        if (step.delimiters == Delimiters::isolated || matched == step.invert)
            words.emplace_back(part);
    });
}

void PreTokenizer::apply(
    const Metaspace& step, std::string word, bool at_start, std::vector<std::string>& words)
{
    word = replace_all(word, " ", step.replacement);
    const bool prepend = step.prepend == Metaspace::Prepend::always
        || (step.prepend == Metaspace::Prepend::first && at_start);
    if (prepend && !word.starts_with(step.replacement))
        word.insert(0, step.replacement);
    if (!step.split) {
        words.push_back(std::move(word));
        return;
    }
    std::size_t begin = 0;
    while (begin < word.size()) {
        const std::size_t next = word.find(step.replacement, begin + 1);
        const std::size_t end = next == std::string::npos ? word.size() : next;
        words.push_back(word.substr(begin, end - begin));
        begin = end;
    }
}

std::vector<std::string> PreTokenizer::split(std::string_view text, bool at_start) const
{
    std::vector<std::string> words;
    if (!text.empty())
        words.emplace_back(text);
    for (const Step& step : steps_) {
        std::vector<std::string> next;
        for (std::size_t i = 0; i < words.size(); ++i) {
            if (const auto* bytes = std::get_if<ByteLevel>(&step))
                apply(*bytes, std::move(words[i]), next);
            else if (const auto* pattern = std::get_if<Split>(&step))
                apply(*pattern, words[i], next);
            else
                apply(std::get<Metaspace>(step), std::move(words[i]), at_start && i == 0, next);
        }
        words = std::move(next);
    }
    return words;
}

} // namespace circuitloom
