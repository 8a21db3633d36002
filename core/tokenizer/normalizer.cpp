#include "core/tokenizer/normalizer.h"

#include "core/base/error.h"

namespace circuitloom {

namespace {

constexpr std::size_t max_steps = 64;
/// Growth of a text beyond which the steps of a file are taken for an attack.
constexpr std::size_t max_growth = 32;
constexpr std::size_t growth_allowance = 4096;

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
    else
        json.fail("type",
            "is " + type + "; Sequence, NFC, NFD, NFKC, NFKD, Prepend and Replace are supported");
    if (steps_.size() > max_steps)
        json.fail("normalizers", "has more than " + std::to_string(max_steps) + " steps");
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

TracedText Normalizer::apply(TracedText text) const
{
    const std::size_t limit = max_growth * text.text().size() + growth_allowance;
    for (const Step& step : steps_) {
        // What one step may make of the text at most, so that the limit holds before memory is
        // taken.
        std::size_t most = text.text().size();
        if (const auto* replace = std::get_if<Replace>(&step))
            most += (most + 1) * replace->content.size();
        else if (const auto* prepend = std::get_if<Prepend>(&step))
            most += prepend->content.size();
        else
            most *= max_form_growth;
        if (most > limit)
            throw InputError(where_ + " may make a text more than " + std::to_string(max_growth)
                + " times as long.");
        text = std::visit([&text](const auto& kind) { return apply(kind, std::move(text)); }, step);
    }
    return text;
}

} // namespace circuitloom
