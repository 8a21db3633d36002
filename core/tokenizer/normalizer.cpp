#include "core/tokenizer/normalizer.h"

#include "core/base/error.h"
#include "core/tokenizer/byte_alphabet.h"
#include "core/tokenizer/character_steps.h"

namespace circuitloom {

namespace {

constexpr std::size_t max_steps = 64;
/// Growth of a text beyond which the steps of a file are taken for an attack.
constexpr std::size_t max_growth = 32;
constexpr std::size_t growth_allowance = 4096;
/// No step that looks at each character by itself makes a text more than this many times as long.
constexpr std::size_t max_character_growth = 3;

} // namespace

Normalizer::Normalizer(const JsonObject& json)
    : where_(json.where())
{
    add(json);
}

void Normalizer::add(const JsonObject& json)
{
    const std::string type = json.text("type");
    if (type == "Sequence")
        for (const JsonObject& step : json.objects("normalizers"))
            add(step);
    else if (type == "NFC")
        steps_.push_back(UnicodeForm::nfc);
    else if (type == "NFD")
        steps_.push_back(UnicodeForm::nfd);
    else if (type == "NFKC")
        steps_.push_back(UnicodeForm::nfkc);
    else if (type == "NFKD")
        steps_.push_back(UnicodeForm::nfkd);
    else if (type == "Prepend")
        steps_.push_back(Prepend{ json.text("prepend") });
    else if (type == "Replace")
        steps_.push_back(read_replace(json));
    else if (type == "Precompiled")
        steps_.push_back(CharacterMap(json.text("precompiled_charsmap"), json.where()));
    else if (type == "Strip")
        steps_.push_back(
            Strip{ json.boolean_or("strip_left", true), json.boolean_or("strip_right", true) });
    else if (type == "Lowercase")
        steps_.push_back(Characters::lower_case);
    else if (type == "StripAccents")
        steps_.push_back(Characters::without_marks);
    else if (type == "Nmt")
        steps_.push_back(Characters::cleaned_for_translation);
    else if (type == "ByteLevel")
        steps_.push_back(Characters::bytes_spelled);
    else if (type == "BertNormalizer")
        add_bert(json);
    else
        json.fail("type",
            "is " + type
                + "; Sequence, NFC, NFD, NFKC, NFKD, Prepend, Replace, Precompiled, Strip, "
                  "Lowercase, StripAccents, Nmt, ByteLevel and BertNormalizer are supported");
    if (steps_.size() > max_steps)
        json.fail("normalizers", "has more than " + std::to_string(max_steps) + " steps");
}

void Normalizer::add_bert(const JsonObject& json)
{
    const bool lower_case = json.boolean_or("lowercase", true);
    if (json.boolean_or("clean_text", true))
        steps_.push_back(Characters::cleaned_for_bert);
    if (json.boolean_or("handle_chinese_chars", true))
        steps_.push_back(Characters::chinese_apart);
    if (json.boolean_or("strip_accents", lower_case)) {
        steps_.push_back(UnicodeForm::nfd);
        steps_.push_back(Characters::without_nonspacing_marks);
    }
    if (lower_case)
        steps_.push_back(Characters::lower_case);
}

Normalizer::Replace Normalizer::read_replace(const JsonObject& json)
{
    Replace step{ Regex::of_step(json), json.text("content") };
    if (json.object("pattern").has("Regex") && step.content.find('$') != std::string::npos)
        json.fail("content", "refers to groups of the pattern, which is not supported");
    return step;
}

TracedText Normalizer::apply(UnicodeForm form, TracedText text)
{
    return in_unicode_form(form, text);
}

TracedText Normalizer::apply(const Prepend& step, TracedText text)
{
    if (text.text().empty())
        return text;
    TracedText result(text.traced());
    result.write(step.content, text, 0);
    result.copy(text, { 0, text.text().size() });
    return result;
}

TracedText Normalizer::apply(const Replace& step, TracedText text)
{
    Regex::Search search(step.pattern);
    TracedText result(text.traced());
    result.reserve(text.text().size());
    std::size_t position = 0;
    for (const TextRange& match : search.matches_in(text.text())) {
        result.copy(text, { position, match.begin });
        if (match.end > 0)
            result.write(step.content, text, match.end - 1);
        else
            result.write(step.content);
        position = match.end;
    }
    result.copy(text, { position, text.text().size() });
    return result;
}

TracedText Normalizer::apply(Characters step, TracedText text)
{
    switch (step) {
    case Characters::lower_case:
        return in_lower_case(text);
    case Characters::without_marks:
        return circuitloom::without_marks(text);
    case Characters::without_nonspacing_marks:
        return circuitloom::without_nonspacing_marks(text);
    case Characters::cleaned_for_translation:
        return circuitloom::cleaned_for_translation(text);
    case Characters::cleaned_for_bert:
        return circuitloom::cleaned_for_bert(text);
    case Characters::chinese_apart:
        return with_chinese_apart(text);
    case Characters::bytes_spelled:
        break;
    }
    TracedText spelled(text.traced());
    for (std::size_t i = 0; i < text.text().size(); ++i)
        spelled.write(spelled_byte(text.text()[i]), text, i);
    return spelled;
}

/// Refuses a step that may make the text longer than `limit` before memory is taken.
TracedText Normalizer::apply(const Step& step, TracedText text, std::size_t limit) const
{
    if (const auto* map = std::get_if<CharacterMap>(&step))
        return map->apply(text, limit);
    if (const auto* strip = std::get_if<Strip>(&step))
        return stripped(text, strip->left, strip->right);
    std::size_t most = text.text().size();
    if (const auto* replace = std::get_if<Replace>(&step))
        most += (most + 1) * replace->content.size();
    else if (const auto* prepend = std::get_if<Prepend>(&step))
        most += prepend->content.size();
    else if (std::holds_alternative<UnicodeForm>(step))
        most *= max_form_growth;
    else
        most *= max_character_growth;
    if (most > limit)
        throw InputError(where_ + " may make a text more than " + std::to_string(max_growth)
            + " times as long.");
    if (const auto* form = std::get_if<UnicodeForm>(&step))
        return apply(*form, std::move(text));
    if (const auto* prepend = std::get_if<Prepend>(&step))
        return apply(*prepend, std::move(text));
    if (const auto* replace = std::get_if<Replace>(&step))
        return apply(*replace, std::move(text));
    return apply(std::get<Characters>(step), std::move(text));
}

TracedText Normalizer::apply(TracedText text) const
{
    const std::size_t limit = max_growth * text.text().size() + growth_allowance;
    for (const Step& step : steps_)
        text = apply(step, std::move(text), limit);
    return text;
}

} // namespace circuitloom
