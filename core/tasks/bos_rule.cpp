#include "core/tasks/bos_rule.h"

namespace circuitloom {

std::vector<std::int32_t> encode_by_rule(
    std::string_view text, const Tokenizer& tokenizer, BosRule rule, bool from_start)
{
    const std::int32_t prefix = tokenizer.prefix_token();
    const bool wanted = rule == BosRule::always || (rule == BosRule::automatic && from_start);
    // lm-evaluation-harness leaves other special tokens out where it puts the prefix token.
    const bool special = rule != BosRule::never && !(from_start && prefix >= 0);
    const std::vector<std::int32_t> ids = tokenizer.encode(text, special);
    if (!wanted || prefix < 0 || (!ids.empty() && ids.front() == prefix))
        return ids;
    std::vector<std::int32_t> begun{ prefix };
    begun.insert(begun.end(), ids.begin(), ids.end());
    return begun;
}

bool begins_texts(const Tokenizer& tokenizer)
{
    return !tokenizer.encode("").empty();
}

} // namespace circuitloom
