#pragma once

#include <cstdint>
#include <vector>

namespace circuitloom {

/// A pair of tokens that becomes one.
struct Merge
{
    std::int32_t left = 0;
    std::int32_t right = 0;
    std::int32_t rank = 0; ///< the lowest goes first
    std::int32_t joined = 0;
};

/// The merges of a byte-pair encoding, found by their pair. Sorted rather than hashed, so that no
/// choice of tokens makes it slow.
class MergeTable
{
public:
    MergeTable() = default;
    /// Where a pair occurs more than once, its last merge counts. Ids must not be negative.
    explicit MergeTable(std::vector<Merge> merges);

    /// Null where the two are not joined.
    const Merge* find(std::int32_t left, std::int32_t right) const;

private:
    std::vector<Merge> merges_; ///< by left, then right
    std::vector<std::uint32_t> first_; ///< where those of a left token begin, and one end more
};

} // namespace circuitloom
