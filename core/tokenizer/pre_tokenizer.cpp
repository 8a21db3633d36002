#include "core/tokenizer/pre_tokenizer.h"

#include "core/base/error.h"
#include "core/base/utf8.h"
#include "core/tokenizer/byte_alphabet.h"
#include "core/tokenizer/pattern_syntax.h"

namespace circuitloom {

namespace {

constexpr std::size_t max_steps = 16;
/// Growth of a text beyond which the steps of a file are taken for an attack. No step makes it
/// more than four times as long, or adds more than a character to each piece.
constexpr std::size_t max_growth = 16;
constexpr std::size_t growth_allowance = 1 << 10;

/// GPT-2's words: contractions, letters, digits, other marks (each with one space before it), and
/// white space, of which the last character belongs to what follows.
const Splitter& gpt2_words()
{
    static const Splitter words(
        Regex(R"('s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+)",
            "the byte-level pre-tokenizer"),
        Delimiters::isolated);
    return words;
}

Splitter digits(const JsonObject& json)
{
    return Splitter(Regex("\\p{N}", json.where()),
        json.boolean_or("individual_digits", false) ? Delimiters::isolated
                                                    : Delimiters::contiguous);
}

/// ASCII's symbols count as punctuation as well.
constexpr std::string_view punctuation_marks = "[\\p{P}$+<=>^`|~]";

Splitter punctuation(const JsonObject& json)
{
    return Splitter(Regex(punctuation_marks, json.where()),
        json.has("behavior") ? read_delimiters(json) : Delimiters::isolated);
}

Splitter fixed_length(const JsonObject& json)
{
    const auto length = json.integer_or("length", 5, 1, 10'000);
    return Splitter(Regex("(?m:.{1," + std::to_string(length) + "})", json.where()),
        Delimiters::isolated);
}

/// Words, and runs of whatever is neither in a word (UTS 18) nor white space.
Splitter words_and_marks(const JsonObject& json)
{
    const std::string word = R"(\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\p{Join_Control})";
    return Splitter(
        Regex("[" + word + "]+|[^" + word + "\\s]+", json.where()), Delimiters::removed, true);
}

/// `pieces` with every piece that `wants(piece)` preceded by `prefix`, which stands for the
/// piece's first character.
template <class Wants>
Pieces with_prefix(const Pieces& pieces, std::string_view prefix, Wants wants)
{
    Pieces result{ TracedText(pieces.text.traced()), {}, pieces.at_start };
    result.ends.reserve(pieces.ends.size());
    result.text.reserve(pieces.text.text().size() + prefix.size());
    pieces.for_each([&](TextRange piece) {
        if (wants(piece))
            result.text.write(prefix, pieces.text, piece.begin);
        result.text.copy(pieces.text, piece);
        result.ends.push_back(result.text.text().size());
    });
    return result;
}

} // namespace

PreTokenizer::PreTokenizer(const JsonObject& json)
    : where_(json.where())
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
    else if (type == "Metaspace")
        steps_.push_back(read_metaspace(json));
    else if (type == "Split")
        steps_.push_back(Splitter(
            Regex::of_step(json), read_delimiters(json), json.boolean_or("invert", false)));
    else if (type == "Digits")
        steps_.push_back(digits(json));
    else if (type == "Punctuation")
        steps_.push_back(punctuation(json));
    else if (type == "BertPreTokenizer") {
        steps_.push_back(Splitter(Regex("\\s", json.where()), Delimiters::removed));
        steps_.push_back(Splitter(Regex(punctuation_marks, json.where()), Delimiters::isolated));
    } else if (type == "CharDelimiterSplit")
        steps_.push_back(Splitter(Regex(quoted_pattern(json.text("delimiter")), json.where()),
            Delimiters::removed));
    else if (type == "FixedLength")
        steps_.push_back(fixed_length(json));
    else if (type == "Whitespace")
        steps_.push_back(words_and_marks(json));
    else if (type == "WhitespaceSplit")
        steps_.push_back(Splitter(Regex("\\s", json.where()), Delimiters::removed));
    else
        json.fail("type",
            "is " + type
                + "; Sequence, ByteLevel, Metaspace, Split, Digits, Punctuation, Whitespace, "
                  "WhitespaceSplit, BertPreTokenizer, CharDelimiterSplit and FixedLength are "
                  "supported");
    if (steps_.size() > max_steps)
        json.fail("pretokenizers", "has more than " + std::to_string(max_steps) + " steps");
}

PreTokenizer::Metaspace PreTokenizer::read_metaspace(const JsonObject& json)
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

Pieces PreTokenizer::apply(const ByteLevel& step, Pieces pieces)
{
    if (step.add_prefix_space)
        pieces = with_prefix(pieces, " ",
            [&pieces](TextRange piece) { return pieces.view(piece).front() != ' '; });
    if (step.use_regex)
        pieces = gpt2_words().apply(std::move(pieces));
    Pieces spelled{ TracedText(pieces.text.traced()), {}, pieces.at_start };
    spelled.ends.reserve(pieces.ends.size());
    spelled.text.reserve(2 * pieces.text.text().size());
    pieces.for_each([&](TextRange piece) {
        for (std::size_t i = piece.begin; i < piece.end; ++i)
            spelled.text.write(spelled_byte(pieces.text.text()[i]), pieces.text, i);
        spelled.ends.push_back(spelled.text.text().size());
    });
    return spelled;
}

Pieces PreTokenizer::apply(const Metaspace& step, Pieces pieces)
{
    Pieces replaced{ TracedText(pieces.text.traced()), {}, pieces.at_start };
    pieces.for_each([&](TextRange piece) {
        std::size_t begin = piece.begin;
        for (std::size_t i = piece.begin; i < piece.end; ++i) {
            if (pieces.text.text()[i] != ' ')
                continue;
            replaced.text.copy(pieces.text, { begin, i });
            replaced.text.write(step.replacement, pieces.text, i);
            begin = i + 1;
        }
        replaced.text.copy(pieces.text, { begin, piece.end });
        replaced.ends.push_back(replaced.text.text().size());
    });
    const auto is_first = [&replaced](TextRange piece) {
        return replaced.text.traced() ? replaced.text.origin(piece).begin == 0
                                      : piece.begin == 0 && replaced.at_start;
    };
    if (step.prepend != Metaspace::Prepend::never)
        replaced = with_prefix(replaced, step.replacement, [&](TextRange piece) {
            return (step.prepend == Metaspace::Prepend::always || is_first(piece))
                && !replaced.view(piece).starts_with(step.replacement);
        });
    if (!step.split)
        return replaced;
    std::vector<std::size_t> ends; // a word ends where the next replacement begins
    replaced.for_each([&](TextRange piece) {
        const std::string_view text = replaced.view(piece);
        for (std::size_t next = text.find(step.replacement, 1); next != std::string_view::npos;
             next = text.find(step.replacement, next + 1))
            ends.push_back(piece.begin + next);
        ends.push_back(piece.end);
    });
    replaced.ends = std::move(ends);
    return replaced;
}

bool PreTokenizer::asks_for_origin(bool normalized) const
{
    for (const Step& step : steps_) {
        const auto* metaspace = std::get_if<Metaspace>(&step);
        if (metaspace && metaspace->prepend == Metaspace::Prepend::first)
            return normalized || &step != &steps_.front();
    }
    return false;
}

Pieces PreTokenizer::split(TracedText text, bool at_start) const
{
    Pieces pieces{ std::move(text), {}, at_start };
    if (!pieces.text.text().empty())
        pieces.ends.push_back(pieces.text.text().size());
    const std::size_t limit = max_growth * pieces.text.text().size() + growth_allowance;
    for (const Step& step : steps_) {
        pieces = std::visit(
            [&pieces](const auto& kind) { return apply(kind, std::move(pieces)); }, step);
        if (pieces.text.text().size() > limit)
            throw InputError(where_ + " makes a text more than " + std::to_string(max_growth)
                + " times as long.");
    }
    return pieces;
}

} // namespace circuitloom
