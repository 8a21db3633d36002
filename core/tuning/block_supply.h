#pragma once

#include "core/distributed/ranks.h"
#include "core/model/spread_blocks.h"

#include <memory>

namespace circuitloom {

/// Lets the processes of a run give one another the blocks of the model that they keep apart, as
/// long as it lives.
class BlockSupply : public Supply
{
public:
    /// `ranks`, which have begun, must outlive it. Without `blocks` it does nothing.
    BlockSupply(const Ranks& ranks, std::shared_ptr<SpreadBlocks> blocks);
    ~BlockSupply() override;
    BlockSupply(const BlockSupply&) = delete;
    BlockSupply& operator=(const BlockSupply&) = delete;

    std::size_t size() const override { return static_cast<std::size_t>(blocks_->layers()); }
    int keeper(std::size_t block) const override
    {
        return blocks_->keeper(static_cast<int>(block));
    }
    torch::Tensor bytes(std::size_t block) override
    {
        return blocks_->bytes_of(static_cast<int>(block));
    }

private:
    const Ranks& ranks_;
    std::shared_ptr<SpreadBlocks> blocks_;
};

} // namespace circuitloom
