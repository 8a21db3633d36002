#pragma once

#include "core/tokenizer/tokenizer.h"

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

namespace circuitloom {

/// Whether a text that is scored begins with the tokenizer's prefix token (Tokenizer::prefix_token():
/// BOS, else EOS), which predicts the text's first token.
enum class BosRule
{
    /// As lm-evaluation-harness 0.4.13 has it for models of transformers: where nothing precedes the
    /// scored text (a choice without a prompt, a text whose perplexity is measured) the prefix token
    /// stands before it; all else is encoded as the tokenizer does it.
    automatic,
    always,
    never ///< no special token at all; a text's first token is then not scored
};
inline constexpr std::array<std::string_view, 3> bos_rule_names{ "auto", "always", "never" };

/// The tokens of `text` under the rule. `from_start`: nothing precedes what is scored of it. The
/// prefix token stands there once, also where the tokenizer puts it there itself.
std::vector<std::int32_t> encode_by_rule(
    std::string_view text, const Tokenizer& tokenizer, BosRule rule, bool from_start);

/// Whether the tokenizer itself begins every text with the prefix token, or with some other one.
bool begins_texts(const Tokenizer& tokenizer);

} // namespace circuitloom
