#pragma once

#include "core/tasks/bos_rule.h"
#include "core/tasks/capability_suite.h"
#include "core/tokenizer/tokenizer.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace circuitloom {

/// A prompt with one of its continuations. Its score is the sum of the log-probabilities of
/// ids[first…], or that divided by `bytes`.
struct EncodedChoice
{
    std::vector<std::int32_t> ids; ///< of prompt and choice together
    int first = 1; ///< index of the choice's first token, at least 1
    std::size_t bytes = 0; ///< of the choice
    bool starts_unscored = false; ///< its first token has nothing before it
};

struct EncodedItem
{
    std::size_t index = 0; ///< of the suite's item
    std::vector<EncodedChoice> choices;
    int answer = 0;
};

struct EncodedChoices
{
    std::vector<EncodedItem> items;
    /// Items that begin with the prefix token because nothing else precedes what is scored, and
    /// items whose first token is not scored because nothing predicts it.
    std::size_t prefixed = 0;
    std::size_t unscored_starts = 0;
    /// For each item left out which it is and why, for within a sentence: `item 3, choice 1: …`.
    std::vector<std::string> dropped;
};

/// A choice begins with the first token that the prompt alone does not have; a first token that
/// nothing predicts is left out of the score: the rule `bos` says what stands before it. Items are
/// dropped where a choice has no scored token or is longer than `max_tokens`.
EncodedChoices encode_choices(const std::vector<ChoiceItem>& items, const Tokenizer& tokenizer,
    int max_tokens, BosRule bos = BosRule::automatic);

} // namespace circuitloom
