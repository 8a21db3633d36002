#pragma once

#include "core/tasks/task.h"
#include "core/tokenizer/tokenizer.h"

#include <string>

namespace circuitloom {

/// Why an example does not pose its question cleanly to a model with this tokenizer; empty where
/// it does. Stricter than encode_example(), for sentences that can be had otherwise. Well formed:
/// - the text, and the text with any span's alternative, differ in exactly one token, which is not
///   the first: all the model knows before the scored position is the same for both;
/// - there is a corrupted text of as many tokens, and all those that differ stand before the scored
///   ones.
std::string why_ill_formed(const TaskExample& example, const Tokenizer& tokenizer);

} // namespace circuitloom
