#pragma once

#include "core/base/random.h"
#include "core/tasks/task.h"

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace circuitloom::generated {

// One function for each ready-made task. All text is ASCII.

/// Indirect objects (Wang et al. 2022): of two names one comes again, and the other must follow.
/// Either order of the names; corrupted: a third name comes instead of the one that came again.
TaskExample indirect_object(Random& random);

/// Greater-than (Hanna et al. 2023): an end year in the century of the start year. The target's
/// decade is later than the start year's, the alternative's earlier, with the same last digit: so
/// they differ in one token whether a tokenizer cuts years into one, two, three or four digits, and
/// that token tells which year is greater. Corrupted: the start year is the century's first.
TaskExample greater_than(Random& random);

/// A verb of the present tense or was/were after a subject with an adjective, a nearer noun, a
/// relative clause or none of them. Corrupted: the subject in the other number.
TaskExample agreement(Random& random);

/// he or she for a person whose name or noun tells which. Corrupted: a person of the other gender.
TaskExample pronoun_gender(Random& random);

/// An example that ends with its target, which continues `prompt` as it continues
/// `corrupted_prompt`.
TaskExample question(const std::string& prompt, const std::string& target,
    const std::string& alternative, const std::string& corrupted_prompt);

/// `pattern` with every `{key}` replaced.
std::string fill(std::string_view pattern,
    std::initializer_list<std::pair<std::string_view, std::string_view>> values);

std::string capitalised(std::string text);

} // namespace circuitloom::generated
