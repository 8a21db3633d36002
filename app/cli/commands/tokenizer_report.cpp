#include "app/cli/commands/tokenizer_report.h"

#include "core/base/error.h"
#include "core/base/utf8.h"
#include "core/tokenizer/model_tokenizer.h"

namespace circuitloom {

namespace {

bool has_tokenizer(const ModelFiles& files)
{
    return !files.tokenizer_json.empty() || !files.vocabulary_json.empty();
}

std::vector<std::string> names(const Tokenizer& tokenizer, const std::vector<std::int32_t>& ids)
{
    std::vector<std::string> found;
    for (const std::int32_t id : ids)
        found.push_back(for_message(tokenizer.token_text(id), 40));
    return found;
}

std::string around_text(const Tokenizer& tokenizer, const SpecialTokensAround& around)
{
    const auto part = [&](const std::vector<std::int32_t>& ids, const char* place) {
        std::string text;
        for (const std::string& name : names(tokenizer, ids))
            text += name + " ";
        return text.empty() ? text : text + place;
    };
    const std::string before = part(around.before, "before a text");
    const std::string after = part(around.after, "after a text");
    if (before.empty() && after.empty())
        return "none around a text";
    return before + (before.empty() || after.empty() ? "" : ", ") + after;
}

nlohmann::ordered_json around_json(const Tokenizer& tokenizer, const SpecialTokensAround& around)
{
    return { { "before", names(tokenizer, around.before) },
        { "after", names(tokenizer, around.after) } };
}

} // namespace

std::string special_tokens_text(const ModelFiles& files)
{
    if (!has_tokenizer(files))
        return {};
    try {
        const Tokenizer tokenizer = tokenizer_of(files);
        std::string text = around_text(tokenizer, tokenizer.around());
        const auto& older = tokenizer.around_in_transformers4();
        if (older && !(*older == tokenizer.around()))
            text += " (as transformers 5; 4.57: " + around_text(tokenizer, *older) + ")";
        return text;
    } catch (const InputError& error) {
        return std::string("not known: ") + error.what();
    }
}

nlohmann::ordered_json special_tokens_json(const ModelFiles& files)
{
    if (!has_tokenizer(files))
        return nullptr;
    try {
        const Tokenizer tokenizer = tokenizer_of(files);
        nlohmann::ordered_json json = around_json(tokenizer, tokenizer.around());
        const auto& older = tokenizer.around_in_transformers4();
        json["transformers_4_57"]
            = older ? around_json(tokenizer, *older) : nlohmann::ordered_json();
        return json;
    } catch (const InputError&) {
        return nullptr;
    }
}

} // namespace circuitloom
