#include "core/tuning/largest_entries.h"

#include "core/run/divergence.h"

#include <torch/torch.h>

#include <algorithm>

namespace circuitloom {

namespace {

constexpr int digit_bits = 16;
constexpr std::int64_t digit_values = std::int64_t{ 1 } << digit_bits;

// Numbers that are not negative are in the order of their bits, read as whole numbers.
torch::Tensor bits_of(const torch::Tensor& scores)
{
    if (!scores.isfinite().all().item<bool>())
        throw Diverged("The gradients that decide which entries train are not finite");
    // abs() makes a negative zero a zero.
    const auto row = scores.detach().abs().reshape({ -1 }).contiguous();
    return row.view(row.element_size() == 8 ? torch::kInt64 : torch::kInt32);
}

} // namespace

std::vector<torch::Tensor> largest_entries(
    const std::vector<torch::Tensor>& scores, std::int64_t count)
{
    const torch::NoGradGuard no_grad;
    if (count == 0) {
        std::vector<torch::Tensor> none;
        for (const torch::Tensor& each : scores)
            none.push_back(torch::zeros({ each.numel() }, each.options().dtype(torch::kBool)));
        return none;
    }
    // The bits of the smallest score that is in, 16 at a time from the highest on; `missing` is how
    // many entries of that score's first bits are wanted yet.
    std::int64_t least = 0;
    std::int64_t missing = count;
    const int bits = scores.empty() ? 0 : static_cast<int>(scores.front().element_size()) * 8;
    for (int shift = bits - digit_bits; shift >= 0; shift -= digit_bits) {
        auto counts = torch::zeros({ digit_values }, torch::kInt64);
        for (const torch::Tensor& each : scores) {
            const auto whole = bits_of(each);
            auto digits = whole.bitwise_right_shift(shift);
            if (shift + digit_bits < bits)
                digits = digits.masked_select(
                    whole.bitwise_right_shift(shift + digit_bits).eq(least));
            if (digits.numel() > 0)
                counts += digits.bitwise_and(digit_values - 1)
                              .bincount({}, digit_values)
                              .to(torch::kCPU);
        }
        const auto* const of_digit = counts.data_ptr<std::int64_t>();
        std::int64_t digit = digit_values - 1;
        for (; digit > 0 && of_digit[digit] < missing; --digit)
            missing -= of_digit[digit];
        least = (least << digit_bits) + digit;
    }
    std::vector<torch::Tensor> chosen;
    for (const torch::Tensor& each : scores) {
        const auto whole = bits_of(each);
        auto flags = whole.gt(least);
        const auto equal = whole.eq(least).nonzero().view({ -1 });
        const auto taken = std::min(missing, equal.size(0));
        if (taken > 0)
            flags.index_fill_(0, equal.narrow(0, 0, taken), true);
        missing -= taken;
        chosen.push_back(flags);
    }
    return chosen;
}

} // namespace circuitloom
