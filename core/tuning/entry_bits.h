#pragma once

#include <torch/types.h>

#include <cstdint>

namespace circuitloom {

/// Which entries of one tensor are meant, a bit for each, on any device. Entries are counted
/// row by row. A value that never changes: copies share their bits.
class EntryBits
{
public:
    /// Of no tensor; see is_defined().
    EntryBits() = default;
    /// `flags` is bool, of any shape, one for each entry.
    explicit EntryBits(const torch::Tensor& flags);
    /// As bytes() gave them, of a tensor with `size` entries. Throws ResourceError where they cannot
    /// be its.
    static EntryBits of_bytes(const torch::Tensor& bytes, std::int64_t size);

    bool is_defined() const { return bytes_.defined(); }
    std::int64_t size() const { return size_; } ///< entries of the tensor
    std::int64_t count() const { return count_; } ///< of them, those that are meant
    /// uint8, [⌈size / 8⌉]: the first entry is the lowest bit of the first byte.
    const torch::Tensor& bytes() const { return bytes_; }

    torch::Tensor flags() const; ///< bool, [size]
    torch::Tensor places() const; ///< int64, [count], ascending
    /// Where each of these entries stands among those of `wider`, which has all of them: int64,
    /// [count], ascending.
    torch::Tensor places_in(const EntryBits& wider) const;
    /// Whether it is a copy of `other`, and so the same entries.
    bool is_same(const EntryBits& other) const { return bytes_.is_same(other.bytes_); }
    /// The entries of both, which are of tensors of the same size.
    EntryBits together_with(const EntryBits& other) const;

private:
    torch::Tensor bytes_;
    std::int64_t size_ = 0;
    std::int64_t count_ = 0;
};

/// Both take a tensor on any device. The entries of `tensor`, which may lie in memory in any order: [count].
torch::Tensor taken(const torch::Tensor& tensor, const EntryBits& entries);
/// Puts `values`, [count], there.
void put(torch::Tensor& tensor, const EntryBits& entries, const torch::Tensor& values);

} // namespace circuitloom
