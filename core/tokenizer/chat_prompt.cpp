#include "core/tokenizer/chat_prompt.h"

#include "core/base/error.h"
#include "core/base/trimmed.h"
#include "core/base/utf8.h"
#include "core/formats/json_input.h"
#include "core/templates/text_template.h"
#include "core/tokenizer/model_tokenizer.h"
#include "core/tokenizer/named_token.h"

#include <array>
#include <ctime>
#include <optional>
#include <unordered_set>
#include <utility>

namespace circuitloom {

namespace {

using Json = nlohmann::ordered_json;

/// What strftime_now() of a template tells, so that the same question always has the same tokens:
/// 26 July 2024, which templates of Llama name where they are not told the day.
constexpr std::time_t fixed_day = 1'721'995'200;
constexpr std::array<const char*, 7> roles{ "bos_token", "eos_token", "unk_token", "sep_token",
    "pad_token", "cls_token", "mask_token" };

Json parsed(const std::string& text, const std::string& origin)
{
    return text.empty() ? Json::object() : Json(parse_json(text, origin));
}

/// The template's text: one alone, or of several the one called default. Empty where there is none.
std::string template_source(const Json& config)
{
    const auto found = config.find("chat_template");
    if (found == config.end())
        return {};
    if (found->is_string())
        return found->get<std::string>();
    if (found->is_array())
        for (const Json& one : *found)
            if (one.is_object() && one.value("name", Json()) == Json("default")
                && one.value("template", Json()).is_string())
                return one["template"].get<std::string>();
    return {};
}

/// Tokens of a vocabulary, each once, in the order in which they came.
class DistinctTokens
{
public:
    explicit DistinctTokens(const Tokenizer& tokenizer)
        : size_(tokenizer.vocabulary_size())
    {
    }

    void add(std::int64_t id)
    {
        if (id >= 0 && id < size_ && seen_.insert(id).second)
            ids_.push_back(static_cast<std::int32_t>(id));
    }
    std::vector<std::int32_t> taken() { return std::move(ids_); }

private:
    std::int64_t size_;
    std::unordered_set<std::int64_t> seen_;
    std::vector<std::int32_t> ids_;
};

Json message(const char* role, std::string_view content)
{
    return { { "role", role }, { "content", valid_utf8(content) } };
}

} // namespace

struct ChatPrompt::Impl
{
    explicit Impl(const ModelFiles& files)
        : tokenizer(tokenizer_of(files))
    {
    }

    Tokenizer tokenizer;
    std::optional<TextTemplate> chat;
    Json tokens = Json::object(); ///< bos_token and the like, by their roles
    std::vector<std::int32_t> ends;

    std::string render(Json messages, bool asks) const
    {
        Json variables = tokens;
        variables["messages"] = std::move(messages);
        variables["add_generation_prompt"] = asks;
        return chat->render(variables, fixed_day);
    }

    /// What the template writes after an answer, without white space around it; nothing where it
    /// cannot be told.
    std::string after_answer() const
    {
        constexpr std::string_view mark = "QANSWERQ";
        try {
            const std::string text
                = render(Json::array({ message("user", "Q"), message("assistant", mark) }), false);
            const std::size_t at = text.rfind(mark);
            return at == text.npos ? std::string()
                                   : std::string(trimmed(text.substr(at + mark.size())));
        } catch (const InputError&) {
            return {}; // a question may be posed all the same, and what is wrong is said then
        }
    }
};

ChatPrompt::ChatPrompt(const ModelFiles& files)
{
    const auto made = std::make_shared<Impl>(files);
    const Tokenizer& tokenizer = made->tokenizer;
    DistinctTokens ends(tokenizer);
    const std::string where = files.origin + ": tokenizer_config.json";
    const Json config = parsed(files.tokenizer_config_json, where);
    if (const std::string source = template_source(config); !source.empty()) {
        const Json map
            = parsed(files.special_tokens_map_json, files.origin + ": special_tokens_map.json");
        for (const char* role : roles)
            for (const Json* each : { &map, &config })
                if (const std::string name = token_name(*each, role); !name.empty())
                    made->tokens[role] = name;
        made->chat.emplace(source, where + ": chat_template");
        // A vocabulary without its letters has no token for it.
        if (const auto after = tokenizer.encode(made->after_answer(), false); !after.empty())
            ends.add(after.front());
    }
    ends.add(tokenizer.find(token_name(config, "eos_token")));
    const Json model = parsed(files.config_json, files.config_origin);
    const auto found = model.find("eos_token_id");
    const Json ids = found == model.end() ? Json() : *found;
    for (const Json& id : ids.is_array() ? ids : Json::array({ ids }))
        if (id.is_number_integer())
            ends.add(id.get<std::int64_t>());
    made->ends = ends.taken();
    impl_ = made;
}

bool ChatPrompt::has_template() const
{
    return impl_->chat.has_value();
}

std::string ChatPrompt::question_text(std::string_view question) const
{
    if (!has_template())
        return "Question: " + std::string(question) + "\nAnswer:";
    return impl_->render(Json::array({ message("user", question) }), true);
}

std::vector<std::int32_t> ChatPrompt::question(std::string_view question) const
{
    // A template writes all special tokens itself.
    return impl_->tokenizer.encode(question_text(question), !has_template());
}

std::vector<std::int32_t> ChatPrompt::answer(std::string_view answer) const
{
    auto ids = impl_->tokenizer.encode((has_template() ? "" : " ") + std::string(answer), false);
    if (!impl_->ends.empty())
        ids.push_back(impl_->ends.front());
    return ids;
}

const std::vector<std::int32_t>& ChatPrompt::ends() const
{
    return impl_->ends;
}

std::string ChatPrompt::decode(std::span<const std::int32_t> ids) const
{
    return impl_->tokenizer.decode(ids);
}

std::string ChatPrompt::unknown_to_model(std::span<const std::int32_t> ids) const
{
    return impl_->tokenizer.unknown_to_model(ids);
}

} // namespace circuitloom
