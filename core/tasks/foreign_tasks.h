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
/// The first such word is the target; the alternative is `anti_pronoun`, or else the other
/// gender's pronoun, which for `her` is `him` as in that repository.
ForeignExample read_pronoun_sentence(const JsonObject& json);

} // namespace circuitloom
