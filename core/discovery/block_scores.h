#pragma once

#include "core/graph/computational_graph.h"

#include <torch/types.h>

#include <cstdint>
#include <vector>

namespace circuitloom {

/// The scores of a set of examples, kept apart for blocks of them.
struct BlockScores
{
    /// Each block's part of the mean over all examples, [block, edge], float32 or float64, on the
    /// CPU: the rows add up to the scores.
    torch::Tensor parts;
    std::vector<std::int64_t> examples; ///< in each block, [block]
};

/// The bytes that BlockSums may hold, unless its caller names others.
inline constexpr std::int64_t default_block_memory = std::int64_t{ 512 } << 20;

/// Collects BlockScores while EdgeScores adds up the whole. A block is one example, or as few
/// neighbours in the set's order as keep what is held under a limit.
class BlockSums
{
public:
    /// For a set of `examples`. `rebased` says that rebase() will be called, for which the
    /// gradients' sums are held too. `options` are those of the sums; `graph` must outlive the
    /// object.
    BlockSums(const ComputationalGraph& graph, std::int64_t d_model, std::int64_t examples,
        bool rebased, const torch::TensorOptions& options, std::int64_t memory_bytes);

    /// What the sums and the scores of all blocks hold at most, in bytes, with numbers of `element`
    /// bytes.
    static std::int64_t predicted_bytes(const ComputationalGraph& graph, std::int64_t d_model,
        std::int64_t examples, bool rebased, std::int64_t element, std::int64_t memory_bytes);

    std::int64_t blocks() const { return blocks_; }
    /// What such sums hold, in bytes.
    std::int64_t bytes() const;

    /// Called before the rows of a batch come, whose first example is the `first`-th of the set.
    void next_batch(std::int64_t first, std::int64_t positions);

    /// Neighbouring rows of one block.
    struct Segment
    {
        std::int64_t block = 0;
        std::int64_t first = 0;
        std::int64_t count = 0;
    };
    /// `rows` index the flattened [batch · position] of the batch, ascending.
    std::vector<Segment> segments(const torch::Tensor& rows) const;
    /// Adds `weight` times the products of what writers write, [writer, row, d_model], with the
    /// gradients that readers see, [reader, row, d_model].
    void add(const torch::Tensor& written, std::int64_t first_writer, const torch::Tensor& gradients,
        std::int64_t first_reader, const std::vector<Segment>& segments, double weight);
    /// As EdgeScores::rebase(): `difference` is [upstream, d_model].
    void rebase(const torch::Tensor& difference);
    /// `edge_cells` as StreamGeometry::edge_cells().
    BlockScores scores(const torch::Tensor& edge_cells) const;

private:
    std::int64_t block_of(std::int64_t example) const { return example * blocks_ / examples_; }

    std::int64_t examples_;
    std::int64_t blocks_;
    std::int64_t before_ = 0; ///< examples of the set before this batch
    std::int64_t positions_ = 1;
    torch::Tensor table_; ///< [block, upstream, downstream]
    torch::Tensor read_; ///< [block, downstream, d_model]; undefined where nothing is rebased
};

} // namespace circuitloom
