#include "core/tokenizer/merge_table.h"

#include <algorithm>
#include <tuple>

namespace circuitloom {

namespace {

std::tuple<std::int32_t, std::int32_t> pair_of(const Merge& merge)
{
    return { merge.left, merge.right };
}

} // namespace

MergeTable::MergeTable(std::vector<Merge> merges)
{
    std::stable_sort(merges.begin(), merges.end(),
        [](const Merge& a, const Merge& b) { return pair_of(a) < pair_of(b); });
    merges_.reserve(merges.size());
    for (const Merge& merge : merges) {
        if (!merges_.empty() && pair_of(merges_.back()) == pair_of(merge))
            merges_.back() = merge;
        else
            merges_.push_back(merge);
    }
    if (merges_.empty())
        return;
    first_.resize(static_cast<std::size_t>(merges_.back().left) + 2);
    for (const Merge& merge : merges_)
        ++first_[static_cast<std::size_t>(merge.left) + 1];
    for (std::size_t i = 1; i < first_.size(); ++i)
        first_[i] += first_[i - 1];
}

const Merge* MergeTable::find(std::int32_t left, std::int32_t right) const
{
    const auto index = static_cast<std::size_t>(left);
    if (index + 1 >= first_.size())
        return nullptr;
    const Merge* begin = merges_.data() + first_[index];
    const Merge* end = merges_.data() + first_[index + 1];
    const Merge* found = std::lower_bound(
        begin, end, right, [](const Merge& merge, std::int32_t id) { return merge.right < id; });
    return found != end && found->right == right ? found : nullptr;
}

} // namespace circuitloom
