#pragma once

#include "core/run/questions.h"
#include "core/tokenizer/tokenizer.h"

#include <torch/types.h>

#include <vector>

namespace circuitloom {

/// The tokens with the greatest of `logits`, [vocabulary], the greatest first.
std::vector<TokenPush> most_promoted(
    const torch::Tensor& logits, const Tokenizer& tokenizer, int count);

} // namespace circuitloom
