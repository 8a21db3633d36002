#pragma once

#include "core/formats/json_input.h"
#include "core/tasks/task.h"

#include <vector>

namespace circuitloom {

/// One line of another project's file as an example of ours. Without spans where it makes no
/// target.
struct ForeignExample
{
    TaskExample example;
    std::vector<LeftOut> left_out;
};

/// BLiMP (Warstadt et al. 2020): `sentence_good` is the text. Where both sentences differ in one
/// stretch of words, the good one's is the target and the bad one's the alternative.
ForeignExample read_minimal_pair(const JsonObject& json);

/// Subject-verb disagreement as the repository of arXiv 2502.06106 stores it: `clean_text`, the
/// same sentence with wrong verbs as `corr_text`, and the listed verbs in order as `clean_verbs`
/// and `corr_verbs`. The text is the wrong one, its verbs are the targets, the right ones the
/// alternatives. The positions and ids stored beside them are those of one tokenizer and not used.
ForeignExample read_verb_pair(const JsonObject& json);

/// Gender bias as the same repository stores it (BUG and WinoBias): `sentence` and its `pronoun`.
/// The first such word is the target, or the first from the byte `pronoun_start` on; the alternative is `anti_pronoun`, or else the other
/// gender's pronoun, which for `her` is `him` as in that repository.
ForeignExample read_pronoun_sentence(const JsonObject& json);

/// A prompt `clean` beside a changed one. EAP-IG's tables (Hanna et al. 2024) have the changed one as
/// `corrupted` and token ids of what follows: `correct_idx` and `incorrect_idx` or those columns'
/// names for its other tasks. They become the example's answer as they are. Tables of which the
/// metric adds up many tokens (a year, `plural`, `answers_idx`) are refused by name. auto-circuit's
/// files (Miller et al. 2024) have it as `corrupt` and texts that follow, `answers` and
/// `wrong_answers`: one answer is the target, and every wrong one an alternative.
ForeignExample read_prompt_pair(const JsonObject& json);

/// CounterFact (Meng et al. 2022): the `prompt` of `requested_rewrite` with its `subject` in it, then
/// `target_true` as the target and `target_new` as the alternative, each after a space.
ForeignExample read_rewrite(const JsonObject& json);

/// A `prompt` and what follows it. CounterFact in one level: `target_true` and `target_new` or
/// `target_false`; known facts (Meng et al.): `attribute`, without an alternative; each after a
/// space where it has none. MIB (Mueller et al. 2025): the names of `metadata` with the prompt of
/// `s2_io_flip_counterfactual`, the letters of `symbol_counterfactual` (MCQA, ARC), the numbers of
/// `random_counterfactual` (arithmetic).
ForeignExample read_prompted_answer(const JsonObject& json);

} // namespace circuitloom
