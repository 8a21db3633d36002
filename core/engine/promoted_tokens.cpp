#include "core/engine/promoted_tokens.h"

#include <algorithm>

namespace circuitloom {

std::vector<TokenPush> most_promoted(
    const torch::Tensor& logits, const Tokenizer& tokenizer, int count)
{
    const auto [values, ids]
        = logits.to(torch::kCPU, torch::kFloat64).topk(std::min<std::int64_t>(count, logits.numel()));
    std::vector<TokenPush> promoted;
    for (std::int64_t k = 0; k < ids.numel(); ++k) {
        const auto id = static_cast<std::int32_t>(ids[k].item<std::int64_t>());
        promoted.push_back({ id, tokenizer.token_text(id), values[k].item<double>() });
    }
    return promoted;
}

} // namespace circuitloom
