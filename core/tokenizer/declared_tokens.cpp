#include "core/tokenizer/declared_tokens.h"

#include "core/formats/json_input.h"
#include "core/tokenizer/vocabulary.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace circuitloom {

namespace {

using Json = nlohmann::json;

/// In the order in which their tokens are added.
constexpr std::array<const char*, 7> roles = { "bos_token", "eos_token", "unk_token", "sep_token",
    "pad_token", "cls_token", "mask_token" };

/// `"<s>"`, or an object that has it as its content; `normalized` where the object does not say.
Json special_token(const Json& value, const std::string& where, bool normalized)
{
    if (value.is_string())
        return { { "content", value }, { "special", true }, { "normalized", false } };
    JsonObject(value, where).text("content"); // refuses anything but an object that has it
    Json token = value;
    token["special"] = true;
    token["normalized"] = value.value("normalized", Json(normalized));
    return token;
}

std::int64_t token_id(const JsonObject& tokens, const std::string& key)
{
    std::int32_t id = -1;
    const auto [end, error] = std::from_chars(key.data(), key.data() + key.size(), id);
    if (error != std::errc() || end != key.data() + key.size() || id < 0
        || id > Vocabulary::max_id)
        tokens.fail(key.c_str(), "is no token id");
    return id;
}

/// Tokens without a content are left to the reader of tokenizer.json.
std::string content_of(const Json& token)
{
    const Json content = token.is_object() ? token.value("content", Json()) : Json();
    return content.is_string() ? content.get<std::string>() : std::string();
}

} // namespace

DeclaredTokens::DeclaredTokens(const TokenizerFiles& files, const Json& config)
{
    const std::string where = files.origin + ": tokenizer_config.json";
    read_roles(config, where, true);
    const bool has_extra = read_extra(config, where, true, false);
    if (JsonObject(config, where).has("added_tokens_decoder")) {
        read_decoder(config, where);
        return;
    }
    if (!files.special_tokens_map_json.empty()) {
        const std::string map = files.origin + ": special_tokens_map.json";
        const Json fields = parse_json(files.special_tokens_map_json, map);
        JsonObject(fields, map); // refuses anything but an object
        read_roles(fields, map, false);
        read_extra(fields, map, false, has_extra);
    }
    if (!files.added_tokens_json.empty()) {
        const std::string added = files.origin + ": added_tokens.json";
        read_added(parse_json(files.added_tokens_json, added), added);
    }
}

void DeclaredTokens::read_roles(const Json& fields, const std::string& where, bool normalized)
{
    for (const auto& [key, value] : fields.items()) {
        const std::string place = where + ": " + key;
        const bool is_role = std::ranges::find(roles, key) != roles.end();
        if (is_role)
            roles_[key] = value.is_null() ? Json() : special_token(value, place, normalized);
        else if (key.ends_with("_token") && value.is_string())
            extra_.push_back(special_token(value, place, normalized));
    }
}

bool DeclaredTokens::read_extra(
    const Json& fields, const std::string& where, bool normalized, bool has_extra)
{
    // The old name counts only where the new one has nothing to say.
    const Json extra = fields.value("extra_special_tokens", Json());
    const char* key = "extra_special_tokens";
    if (extra.empty() && !has_extra)
        key = "additional_special_tokens";
    const Json tokens = fields.value(key, Json());
    if (!tokens.is_array() && !tokens.is_object())
        return has_extra;
    for (const auto& [unused, token] : tokens.items())
        extra_.push_back(special_token(token, where + ": " + key, normalized));
    return true;
}

void DeclaredTokens::read_decoder(const Json& config, const std::string& where)
{
    const std::set<std::string> special_ones = special_contents();
    const JsonObject tokens = JsonObject(config, where).object("added_tokens_decoder");
    for (const auto& [key, value] : config.at("added_tokens_decoder").items()) {
        if (!value.is_object())
            tokens.fail(key.c_str(), "must be a JSON object");
        const std::int64_t id = token_id(tokens, key);
        Json token = value;
        const bool special = JsonObject(value, tokens.where()).boolean_or("special", false);
        // What a token is by its role does not change how it is looked for.
        token["normalized"] = value.value("normalized", Json(!special));
        token["special"] = special || special_ones.contains(content_of(token));
        by_id_[id] = std::move(token);
    }
}

void DeclaredTokens::read_added(const Json& added, const std::string& where)
{
    const JsonObject tokens(added, where);
    const std::set<std::string> special_ones = special_contents();
    for (const auto& [content, id] : added.items()) {
        const bool special = special_ones.contains(content);
        by_id_[tokens.integer(content.c_str(), 0, Vocabulary::max_id)]
            = { { "content", content }, { "special", special }, { "normalized", !special } };
    }
}

std::set<std::string> DeclaredTokens::special_contents() const
{
    std::set<std::string> contents;
    for (const Json* tokens : { &roles_, &extra_ })
        for (const Json& token : *tokens)
            contents.insert(content_of(token));
    return contents;
}

std::string DeclaredTokens::named(const char* role, std::string_view otherwise) const
{
    return roles_.contains(role) ? content_of(roles_.at(role)) : std::string(otherwise);
}

void DeclaredTokens::append_to(Json& tokenizer, const TokenizerClass& type) const
{
    Json added = tokenizer.value("added_tokens", Json());
    if (added.is_null())
        added = Json::array();
    else if (!added.is_array())
        return; // whoever reads the tokenizer says so
    for (const auto& [id, token] : by_id_)
        added.push_back(token);
    std::set<std::string> known;
    for (const Json& token : added)
        known.insert(content_of(token));
    // Of two that differ in how they are looked for the later one counts.
    Json special = Json::array();
    std::set<Json> added_special;
    const auto add_new = [&](const Json& token) {
        if (added_special.insert(token).second)
            special.push_back(token);
    };
    const std::array<std::string_view, roles.size()> own
        = { type.bos, type.eos, type.unknown, {}, type.padding, {}, type.mask };
    for (std::size_t i = 0; i < roles.size(); ++i)
        if (roles_.contains(roles[i]) && !roles_.at(roles[i]).is_null())
            add_new(roles_.at(roles[i]));
        else if (!roles_.contains(roles[i]) && !own[i].empty())
            add_new(special_token(std::string(own[i]), {}, false));
    for (const Json& token : extra_)
        add_new(token);
    for (const Json& token : special)
        if (!known.contains(content_of(token)))
            added.push_back(token);
    if (type.adds_special_again)
        for (const Json& token : special)
            added.push_back(special_token(content_of(token), {}, false));
    tokenizer["added_tokens"] = std::move(added);
}

} // namespace circuitloom
