#pragma once

#include "core/tokenizer/tokenizer_class.h"
#include "core/tokenizer/tokenizer_files.h"

#include <nlohmann/json.hpp>

#include <map>
#include <set>
#include <string>

namespace circuitloom {

/// The tokens that a tokenizer's files declare beside tokenizer.json's own: in
/// tokenizer_config.json (added_tokens_decoder, bos_token and so on, extra_special_tokens), or,
/// where it has no added_tokens_decoder, in special_tokens_map.json and added_tokens.json as well.
class DeclaredTokens
{
public:
    /// `config` is tokenizer_config.json, an object. Throws InputError naming the file and field.
    DeclaredTokens(const TokenizerFiles& files, const nlohmann::json& config);

    /// The token of a role, `bos_token` and so on: what the files say, or `otherwise` where they
    /// say nothing; empty where there is none.
    std::string named(const char* role, std::string_view otherwise) const;
    /// Appends them to the `added_tokens` of a tokenizer.json, in the order in which transformers 5
    /// adds them, with those that `type` has of its own.
    void append_to(nlohmann::json& tokenizer, const TokenizerClass& type) const;

private:
    void read_roles(const nlohmann::json& fields, const std::string& where, bool normalized);
    /// The special tokens without a role. `has_extra`: a file that was read before lists them.
    /// Returns whether this file or one before it does.
    bool read_extra(const nlohmann::json& fields, const std::string& where, bool normalized,
        bool has_extra);
    void read_decoder(const nlohmann::json& config, const std::string& where);
    void read_added(const nlohmann::json& added, const std::string& where);
    std::set<std::string> special_contents() const;

    nlohmann::json roles_ = nlohmann::json::object(); ///< token by role; null: said to be none
    std::map<std::int64_t, nlohmann::json> by_id_;
    nlohmann::json extra_ = nlohmann::json::array(); ///< special ones without a role
};

} // namespace circuitloom
