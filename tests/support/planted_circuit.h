#pragma once

#include "core/model/transformer.h"
#include "core/tasks/encoded_task.h"

#include <cstdint>
#include <string>
#include <vector>

namespace circuitloom::testing {

/// A model whose circuit is known because its weights are made by hand: a pair of induction heads
/// (… A B … A → B) in two layers of the GPT-2 family, float64.
///
/// The stream has a block of one-hot coordinates for each of: the token, the position, the previous
/// token, the answer. a0.h2 attends from position p to p − 1 (query and key read the position) and
/// writes the token there into the block "previous token". a1.h1 attends from A to where the
/// previous token is A (its key reads what a0.h2 wrote) and writes the token there, B, into the
/// block "answer", which alone the unembedding reads. The other heads have small noise, the MLPs
/// nothing. Two more coordinates are large and the same for every token: the norms divide by
/// nearly a constant, so that hardly anything passes between blocks. Attention is sharp but not
/// saturated, so gradients do not vanish.
Transformer planted_model();

/// The circuit's seven edges, by name.
std::vector<std::string> planted_edges();

/// Sentences of different lengths in which only the last token but one, A, occurs twice; the
/// target is what followed A, the alternative another of the sentence's tokens.
std::vector<EncodedExample> planted_task(int examples, std::uint64_t seed);

} // namespace circuitloom::testing
