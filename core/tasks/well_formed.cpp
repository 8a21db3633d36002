#include "core/tasks/well_formed.h"

#include "core/base/utf8.h"

#include <algorithm>
#include <vector>

namespace circuitloom {

namespace {

using Ids = std::vector<std::int32_t>;

/// The differing tokens [begin, end) of two rows of one length; begin = end where none do.
struct Difference
{
    std::size_t begin = 0;
    std::size_t end = 0;
};

Difference difference(const Ids& a, const Ids& b)
{
    Difference found;
    for (std::size_t i = 0; i < a.size(); ++i)
        if (a[i] != b[i]) {
            found.begin = found.end == 0 ? i : found.begin;
            found.end = i + 1;
        }
    return found;
}

std::string with_alternative(const TaskExample& example, const TaskSpan& span)
{
    const std::vector<std::size_t> offsets = character_offsets(example.text);
    return example.text.substr(0, offsets[static_cast<std::size_t>(span.start)]) + *span.alternative
        + example.text.substr(offsets[static_cast<std::size_t>(span.end)]);
}

} // namespace

std::string why_ill_formed(const TaskExample& example, const Tokenizer& tokenizer)
{
    const Ids ids = tokenizer.encode(example.text);
    if (std::string unknown = tokenizer.unknown_to_model(ids); !unknown.empty())
        return unknown;
    std::size_t first_scored = ids.size();
    for (const TaskSpan& span : example.spans) {
        if (!span.alternative)
            return "the target has no alternative";
        const Ids other = tokenizer.encode(with_alternative(example, span));
        if (other.size() != ids.size())
            return "target and alternative have different numbers of tokens";
        const Difference differing = difference(ids, other);
        if (differing.end - differing.begin != 1)
            return "target and alternative are not one token each";
        if (differing.begin == 0)
            return "the target is the first token, which nothing predicts";
        first_scored = std::min(first_scored, differing.begin);
    }
    if (!example.corrupted)
        return "there is no corrupted text";
    const Ids corrupted = tokenizer.encode(*example.corrupted);
    if (corrupted.size() != ids.size())
        return "the corrupted text has another number of tokens";
    const Difference changed = difference(ids, corrupted);
    if (changed.begin == changed.end)
        return "the corrupted text has the same tokens";
    return changed.end > first_scored ? "the corrupted text differs at the target" : "";
}

} // namespace circuitloom
