#include "core/tokenizer/normalizer.h"

#include "core/base/error.h"

namespace circuitloom {

namespace {

constexpr std::size_t max_steps = 64;
/// Growth of a text beyond which the steps of a file are taken for an attack.
constexpr std::size_t max_growth = 16;
constexpr std::size_t growth_allowance = 4096;

} // namespace

std::string replace_all(std::string_view text, std::string_view pattern, std::string_view content)
{
    std::string result;
    result.reserve(text.size());
    std::size_t position = 0;
    for (std::size_t found = text.find(pattern); found != std::string_view::npos;
         found = text.find(pattern, position)) {
        result += text.substr(position, found - position);
        result += content;
        position = found + pattern.size();
    }
    result += text.substr(position);
    return result;
}

std::string string_pattern(const JsonObject& step)
{
    const JsonObject pattern = step.object("pattern");
    if (!pattern.has("String"))
        step.fail("pattern", "must be a String; regular expressions are not supported here");
    std::string text = pattern.text("String");
    if (text.empty())
        step.fail("pattern", "is empty");
    return text;
}

Normalizer::Normalizer(const JsonObject& json)
{
    add(json);
}

void Normalizer::add(const JsonObject& json)
{
    const std::string type = json.text("type");
    if (type == "Sequence") {
        for (const JsonObject& step : json.objects("normalizers"))
            add(step);
    } else if (type == "Prepend") {
        steps_.push_back({ "", json.text("prepend") });
    } else if (type == "Replace") {
        steps_.push_back({ string_pattern(json), json.text("content") });
    } else {
        json.fail("type", "is " + type + "; Sequence, Prepend and Replace are supported");
    }
    if (steps_.size() > max_steps)
        json.fail("normalizers", "has more than " + std::to_string(max_steps) + " steps");
}

std::string Normalizer::apply(std::string_view text) const
{
    std::string result(text);
    const std::size_t limit = max_growth * text.size() + growth_allowance;
    for (const Step& step : steps_) {
        // One step grows a text by at most this, so that the limit holds before memory is taken.
        const std::size_t occurrences
            = step.pattern.empty() ? 1 : result.size() / step.pattern.size();
        if (result.size() + occurrences * step.content.size() > limit * max_growth)
            throw InputError("The tokenizer's normalizer makes a text more than "
                + std::to_string(max_growth) + " times as long.");
        if (!step.pattern.empty())
            result = replace_all(result, step.pattern, step.content);
        else if (!result.empty())
            result.insert(0, step.content);
    }
    return result;
}

} // namespace circuitloom
