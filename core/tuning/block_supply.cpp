#include "core/tuning/block_supply.h"

#include <utility>

namespace circuitloom {

BlockSupply::BlockSupply(const Ranks& ranks, std::shared_ptr<SpreadBlocks> blocks)
    : ranks_(ranks)
    , blocks_(std::move(blocks))
{
    if (!blocks_)
        return;
    ranks_.supply(this);
    blocks_->fetch_by([this](int block) { ranks_.ask(static_cast<std::size_t>(block)); });
}

BlockSupply::~BlockSupply()
{
    if (!blocks_)
        return;
    blocks_->fetch_by({});
    ranks_.supply(nullptr);
}

} // namespace circuitloom
