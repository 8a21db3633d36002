#pragma once

#include "core/model/weights.h"

#include <torch/types.h>

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <vector>

namespace circuitloom {

/// The weights of a model's blocks where several processes keep them apart: block l lies with
/// process l mod n alone, and the others have its numbers only while they hold it. The tensors of
/// Weights are those of all blocks in every process, with their shapes; without numbers they must
/// not be read. What lies outside the blocks is in every process.
///
/// A process that holds a block of another one has it in one of two buffers, which stay. One thread
/// at a time may use the object.
class SpreadBlocks
{
public:
    /// Brings the numbers of block `layer` into bytes_of() of every process that holds it now, from
    /// the one that keeps it. Called with the first hold() of a block, in the keeping process too.
    using Fetch = std::function<void(int layer)>;

    /// Process `rank` of `processes`.
    SpreadBlocks(int rank, int processes);

    /// Makes the blocks' tensors of `weights`, uninitialised where this process keeps them; the
    /// others have no numbers. Once.
    void place(
        Weights& weights, const ModelConfig& config, torch::Device device, torch::Dtype dtype);
    /// Until then no block can be held. Empty: no longer.
    void fetch_by(Fetch fetch) { fetch_ = std::move(fetch); }

    int layers() const { return static_cast<int>(blocks_.size()); }
    /// Which process keeps the block.
    int keeper(int layer) const { return layer % processes_; }
    bool keeps(int layer) const { return keeper(layer) == rank_; }
    /// The block that the tensor is part of; -1 for none. A view of a tensor is part of its block.
    int layer_of(const torch::Tensor& tensor) const;

    /// From here to let_go() the block's numbers are here. May be nested, also of several blocks.
    /// Throws what `fetch` throws; then it is not held.
    void hold(int layer);
    void let_go(int layer);
    /// All numbers of a block as bytes, uint8, on the model's device: where they are, or, of one that
    /// this process neither keeps nor holds, a buffer of that size, of which the content means
    /// nothing afterwards.
    torch::Tensor bytes_of(int layer);

private:
    struct Block
    {
        torch::Tensor tensor; ///< uint8, over all of its numbers
        torch::Tensor buffer; ///< where these are, while they are held
        int holds = 0;
    };

    Block& block(int layer) { return blocks_[static_cast<std::size_t>(layer)]; }
    /// Makes so many buffers that no block uses, where there are not.
    void have_spare(std::size_t count);

    int rank_;
    int processes_;
    Fetch fetch_;
    std::vector<Block> blocks_;
    std::vector<torch::Tensor> spare_; ///< buffers that no block uses
    std::int64_t largest_ = 0; ///< bytes of a block
    std::map<const void*, int> layer_of_; ///< by the tensors' storage
};

/// Whether the tensor's numbers are in this process.
bool is_here(const torch::Tensor& tensor);

/// As long as it lives the weights of a block can be read.
class HeldBlock
{
public:
    HeldBlock() = default;
    HeldBlock(std::shared_ptr<SpreadBlocks> blocks, int layer);
    HeldBlock(HeldBlock&& other) noexcept = default;
    HeldBlock& operator=(HeldBlock&& other) noexcept;
    ~HeldBlock() { let_go(); }

private:
    void let_go() noexcept;

    std::shared_ptr<SpreadBlocks> blocks_; ///< null where nothing is held
    int layer_ = -1;
};

} // namespace circuitloom
