#include "core/tuning/entry_bits.h"

#include "core/base/error.h"

#include <torch/torch.h>

namespace circuitloom {

namespace {

constexpr std::int64_t bits_in_a_byte = 8;

std::int64_t bytes_of(std::int64_t entries)
{
    return (entries + bits_in_a_byte - 1) / bits_in_a_byte;
}

// 1, 2, 4, … 128.
torch::Tensor bit_values(const torch::Device& device)
{
    return torch::tensor({ 1, 2, 4, 8, 16, 32, 64, 128 }, torch::kUInt8).to(device);
}

torch::Tensor positions(const torch::Tensor& flags)
{
    return flags.nonzero().view({ -1 });
}

} // namespace

EntryBits::EntryBits(const torch::Tensor& flags)
    : size_(flags.numel())
{
    const torch::NoGradGuard no_grad;
    auto row = flags.reshape({ -1 });
    if (const auto missing = bytes_of(size_) * bits_in_a_byte - size_; missing > 0)
        row = torch::cat({ row, torch::zeros({ missing }, row.options()) });
    count_ = row.sum().item<std::int64_t>();
    bytes_ = (row.view({ -1, bits_in_a_byte }).to(torch::kUInt8) * bit_values(row.device()))
                 .sum(1, /*keepdim=*/false, torch::kUInt8);
}

EntryBits EntryBits::of_bytes(const torch::Tensor& bytes, std::int64_t size)
{
    if (bytes.scalar_type() != torch::kUInt8 || bytes.dim() != 1
        || bytes.size(0) != bytes_of(size))
        throw ResourceError("The checkpoint does not fit the model: the bits that say which entries "
                            "of a matrix are open are not as many as it has.");
    EntryBits entries;
    entries.bytes_ = bytes;
    entries.size_ = size;
    entries.count_ = entries.flags().sum().item<std::int64_t>();
    return entries;
}

torch::Tensor EntryBits::flags() const
{
    const torch::NoGradGuard no_grad;
    return bytes_.unsqueeze(1)
        .bitwise_and(bit_values(bytes_.device()))
        .ne(0)
        .view({ -1 })
        .narrow(0, 0, size_);
}

torch::Tensor EntryBits::places() const
{
    return positions(flags());
}

torch::Tensor EntryBits::places_in(const EntryBits& wider) const
{
    return positions(flags().masked_select(wider.flags()));
}

EntryBits EntryBits::together_with(const EntryBits& other) const
{
    EntryBits both;
    both.bytes_ = bytes_.bitwise_or(other.bytes_.to(bytes_.device()));
    both.size_ = size_;
    both.count_ = both.flags().sum().item<std::int64_t>();
    return both;
}

torch::Tensor taken(const torch::Tensor& tensor, const EntryBits& entries)
{
    return tensor.detach().take(entries.places().to(tensor.device()));
}

void put(torch::Tensor& tensor, const EntryBits& entries, const torch::Tensor& values)
{
    const torch::NoGradGuard no_grad;
    tensor.put_(entries.places().to(tensor.device()), values);
}

} // namespace circuitloom
