#include "core/model/spread_blocks.h"

#include "core/base/error.h"

#include <algorithm>
#include <array>
#include <utility>

namespace circuitloom {

namespace {

/// Where each tensor of a block begins, so that it is as well aligned as one of its own.
constexpr std::int64_t alignment = 64;

std::int64_t aligned(std::int64_t bytes)
{
    return (bytes + alignment - 1) / alignment * alignment;
}

/// Lets the storage of `tensor` point to the bytes of `buffer`, or to none where that is undefined.
void point(const torch::Tensor& tensor, const torch::Tensor& buffer)
{
    c10::StorageImpl* const storage = tensor.storage().unsafeGetStorageImpl();
    storage->set_data_ptr_noswap(c10::DataPtr(
        buffer.defined() ? buffer.data_ptr() : nullptr, tensor.device()));
}

} // namespace

bool is_here(const torch::Tensor& tensor)
{
    return tensor.numel() == 0 || tensor.storage().data() != nullptr;
}

SpreadBlocks::SpreadBlocks(int rank, int processes)
    : rank_(rank)
    , processes_(processes)
{
}

void SpreadBlocks::place(
    Weights& weights, const ModelConfig& config, torch::Device device, torch::Dtype dtype)
{
    const auto size = static_cast<std::int64_t>(c10::elementSize(dtype));
    const auto bytes = torch::TensorOptions().device(device).dtype(torch::kUInt8);
    const auto numbers = torch::TensorOptions().device(device).dtype(dtype);
    blocks_.resize(static_cast<std::size_t>(config.layers));
    for (int layer = 0; layer < config.layers; ++layer) {
        std::array<std::int64_t, layer_part_count> first{};
        std::int64_t end = 0;
        for (std::size_t part = 0; part < layer_part_count; ++part) {
            first[part] = end;
            const auto shape = weight_shape(config, ParameterPlace{ layer, static_cast<LayerPart>(part) });
            if (!shape.empty())
                end += aligned(c10::multiply_integers(shape) * size);
        }
        largest_ = std::max(largest_, end);
        Block& is = block(layer);
        is.tensor = torch::empty({ end }, bytes);
        for (std::size_t part = 0; part < layer_part_count; ++part) {
            const auto shape = weight_shape(config, ParameterPlace{ layer, static_cast<LayerPart>(part) });
            if (shape.empty())
                continue;
            // No view in the sense of autograd: each is a parameter of its own.
            torch::Tensor tensor = torch::empty({ 0 }, numbers);
            std::vector<std::int64_t> strides(shape.size(), 1);
            for (std::size_t i = shape.size() - 1; i > 0; --i)
                strides[i - 1] = strides[i] * shape[i];
            tensor.set_(is.tensor.storage(), first[part] / size, shape, strides);
            weights.at(layer, static_cast<LayerPart>(part)) = tensor;
        }
        layer_of_[is.tensor.storage().unsafeGetStorageImpl()] = layer;
        if (!keeps(layer))
            point(is.tensor, {});
    }
    have_spare(2);
}

int SpreadBlocks::layer_of(const torch::Tensor& tensor) const
{
    const auto found = layer_of_.find(tensor.storage().unsafeGetStorageImpl());
    return found == layer_of_.end() ? -1 : found->second;
}

void SpreadBlocks::have_spare(std::size_t count)
{
    while (spare_.size() < count)
        spare_.push_back(torch::empty({ largest_ }, block(0).tensor.options()));
}

void SpreadBlocks::hold(int layer)
{
    Block& is = block(layer);
    if (is.holds > 0) {
        ++is.holds;
        return;
    }
    if (!fetch_)
        throw Error("A block of the model lies in another process, which cannot be asked for it.");
    // One more for the block that another process asks for meanwhile, where memory must not run out.
    have_spare(keeps(layer) ? 1 : 2);
    if (!keeps(layer)) {
        is.buffer = std::move(spare_.back());
        spare_.pop_back();
        point(is.tensor, is.buffer);
    }
    is.holds = 1;
    try {
        fetch_(layer);
    } catch (...) {
        let_go(layer);
        throw;
    }
}

void SpreadBlocks::let_go(int layer)
{
    Block& is = block(layer);
    if (--is.holds > 0 || keeps(layer))
        return;
    point(is.tensor, {});
    spare_.push_back(std::exchange(is.buffer, {}));
}

torch::Tensor SpreadBlocks::bytes_of(int layer)
{
    Block& is = block(layer);
    if (is_here(is.tensor))
        return is.tensor;
    have_spare(1);
    return spare_.back().narrow(0, 0, is.tensor.numel());
}

HeldBlock::HeldBlock(std::shared_ptr<SpreadBlocks> blocks, int layer)
    : layer_(layer)
{
    blocks->hold(layer);
    blocks_ = std::move(blocks);
}

HeldBlock& HeldBlock::operator=(HeldBlock&& other) noexcept
{
    let_go();
    blocks_ = std::move(other.blocks_);
    layer_ = other.layer_;
    return *this;
}

void HeldBlock::let_go() noexcept
{
    if (blocks_)
        blocks_->let_go(layer_);
    blocks_ = nullptr;
}

} // namespace circuitloom
