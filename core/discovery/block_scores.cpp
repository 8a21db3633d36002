#include "core/discovery/block_scores.h"

#include <algorithm>

namespace circuitloom {

namespace {

/// Its sums, and its scores, which are taken out of them.
std::int64_t bytes_of_block(
    const ComputationalGraph& graph, std::int64_t d_model, bool rebased, std::int64_t element)
{
    const std::int64_t readers = graph.downstream_count();
    return (graph.upstream_count() * readers + (rebased ? readers * d_model : 0)
               + std::ssize(graph.edges()))
        * element;
}

std::int64_t blocks_in(std::int64_t memory_bytes, std::int64_t of_block, std::int64_t examples)
{
    return std::clamp<std::int64_t>(memory_bytes / of_block, 1, examples);
}

} // namespace

std::int64_t BlockSums::predicted_bytes(const ComputationalGraph& graph, std::int64_t d_model,
    std::int64_t examples, bool rebased, std::int64_t element, std::int64_t memory_bytes)
{
    const std::int64_t of_block = bytes_of_block(graph, d_model, rebased, element);
    return of_block * blocks_in(memory_bytes, of_block, examples);
}

BlockSums::BlockSums(const ComputationalGraph& graph, std::int64_t d_model, std::int64_t examples,
    bool rebased, const torch::TensorOptions& options, std::int64_t memory_bytes)
    : examples_(examples)
{
    const std::int64_t writers = graph.upstream_count();
    const std::int64_t readers = graph.downstream_count();
    const auto element
        = static_cast<std::int64_t>(torch::elementSize(options.dtype().toScalarType()));
    blocks_ = blocks_in(
        memory_bytes, bytes_of_block(graph, d_model, rebased, element), examples);
    table_ = torch::zeros({ blocks_, writers, readers }, options);
    if (rebased)
        read_ = torch::zeros({ blocks_, readers, d_model }, options);
}

std::int64_t BlockSums::bytes() const
{
    return static_cast<std::int64_t>(table_.nbytes() + (read_.defined() ? read_.nbytes() : 0));
}

void BlockSums::next_batch(std::int64_t first, std::int64_t positions)
{
    before_ = first;
    positions_ = positions;
}

std::vector<BlockSums::Segment> BlockSums::segments(const torch::Tensor& rows) const
{
    std::vector<Segment> found;
    const auto on_cpu = rows.to(torch::kCPU).contiguous();
    const auto* row = on_cpu.data_ptr<std::int64_t>();
    for (std::int64_t i = 0; i < on_cpu.numel(); ++i) {
        const std::int64_t block = block_of(before_ + row[i] / positions_);
        if (found.empty() || found.back().block != block)
            found.push_back({ block, i, 0 });
        ++found.back().count;
    }
    return found;
}

void BlockSums::add(const torch::Tensor& written, std::int64_t first_writer,
    const torch::Tensor& gradients, std::int64_t first_reader,
    const std::vector<Segment>& segments, double weight)
{
    const std::int64_t writers = written.size(0);
    const std::int64_t readers = gradients.size(0);
    for (const Segment& segment : segments) {
        const auto of_readers = gradients.narrow(1, segment.first, segment.count);
        if (writers > 0)
            table_.select(0, segment.block)
                .narrow(0, first_writer, writers)
                .narrow(1, first_reader, readers)
                .add_(torch::mm(written.narrow(1, segment.first, segment.count).flatten(1),
                          of_readers.flatten(1).t()),
                    weight);
        if (read_.defined())
            read_.select(0, segment.block)
                .narrow(0, first_reader, readers)
                .add_(of_readers.sum(1), weight);
    }
}

void BlockSums::rebase(const torch::Tensor& difference)
{
    // One block after another, so that no second table is held.
    for (std::int64_t block = 0; block < blocks_; ++block)
        table_.select(0, block).add_(torch::mm(difference, read_.select(0, block).t()));
}

BlockScores BlockSums::scores(const torch::Tensor& edge_cells) const
{
    BlockScores found;
    found.parts
        = table_.flatten(1).index_select(1, edge_cells).to(torch::kCPU).contiguous();
    found.examples.resize(static_cast<std::size_t>(blocks_));
    for (std::int64_t example = 0; example < examples_; ++example)
        ++found.examples[static_cast<std::size_t>(block_of(example))];
    return found;
}

} // namespace circuitloom
