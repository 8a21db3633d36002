#include "ui/curves/plot_scale.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace circuitloom::ui {

AxisScale round_scale(double low, double high)
{
    if (!std::isfinite(low) || !std::isfinite(high) || low > high)
        return { 0, 1, { 0, 0.5, 1 }, -1 };
    // Beyond these a difference is no number any more, or its logarithm none.
    constexpr double largest = 1e240;
    constexpr double smallest = 1e-240;
    low = std::clamp(low, -largest, largest);
    high = std::clamp(high, -largest, largest);
    const double size = std::max(std::abs(low), std::abs(high));
    if (high - low <= std::max(smallest, 1e-9 * size)) {
        const double room = size > smallest ? size * 0.1 : 0.5;
        low -= room;
        high += room;
    }
    const double rough = (high - low) / 3;
    const double power = std::pow(10.0, std::floor(std::log10(rough)));
    const double share = rough / power;
    const double step = power * (share <= 1.0 ? 1 : share <= 2.0 ? 2 : share <= 5.0 ? 5 : 10);

    AxisScale scale;
    const double first = std::floor(low / step + 1e-9);
    const double last = std::ceil(high / step - 1e-9);
    scale.low = first * step;
    scale.high = last * step;
    for (double i = first; i <= last; ++i)
        scale.ticks.push_back(i * step + 0.0); // of a negative zero a plain one
    scale.exponent = static_cast<int>(std::floor(std::log10(step) + 1e-9));
    return scale;
}

AxisScale round_logarithmic_scale(double low, double high)
{
    constexpr double largest = 1e300;
    constexpr double smallest = 1e-300;
    if (!(low > 0) || !std::isfinite(high) || low > high)
        return { 0.1, 1, { 0.1, 1 }, 0, true };
    low = std::clamp(low, smallest, largest);
    high = std::clamp(high, smallest, largest);
    // The round numbers around the values, and those between.
    std::vector<double> round;
    const int first = static_cast<int>(std::floor(std::log10(low))) - 1;
    const int last = static_cast<int>(std::ceil(std::log10(high))) + 1;
    for (int power = first; power <= last; ++power)
        for (const double digit : { 1.0, 2.0, 5.0 })
            round.push_back(digit * std::pow(10.0, power));
    auto from = std::upper_bound(round.begin(), round.end(), low * (1 + 1e-9)) - 1;
    auto to = std::lower_bound(round.begin(), round.end(), high * (1 - 1e-9));
    if (to <= from)
        to = from + 1;

    AxisScale scale{ *from, *to, {}, 0, true };
    constexpr std::ptrdiff_t most = 6;
    if (to - from < most) {
        scale.ticks.assign(from, to + 1);
        return scale;
    }
    const int lowest = static_cast<int>(std::ceil(std::log10(scale.low) - 1e-9));
    const int highest = static_cast<int>(std::floor(std::log10(scale.high) + 1e-9));
    const int stride = (highest - lowest) / static_cast<int>(most) + 1;
    for (int power = lowest; power <= highest; power += stride)
        scale.ticks.push_back(std::pow(10.0, power));
    return scale;
}

std::vector<double> spread_labels(
    std::span<const double> wanted, double height, double top, double bottom)
{
    std::vector<std::size_t> order(wanted.size());
    std::iota(order.begin(), order.end(), std::size_t{ 0 });
    std::stable_sort(order.begin(), order.end(),
        [&](std::size_t a, std::size_t b) { return wanted[a] < wanted[b]; });
    if (wanted.size() > 1)
        height = std::min(height, (bottom - top) / static_cast<double>(wanted.size() - 1));

    // Labels that touch form a block, which stands where its members want it on average.
    struct Block
    {
        double sum = 0; ///< of (wanted − offset in the block)
        double first = 0;
        std::size_t size = 0;
    };
    std::vector<Block> blocks;
    const auto settle = [&](Block& block) {
        const double last_offset = static_cast<double>(block.size - 1) * height;
        block.first = std::clamp(
            block.sum / static_cast<double>(block.size), top, std::max(top, bottom - last_offset));
    };
    for (const std::size_t i : order) {
        blocks.push_back({ wanted[i], 0, 1 });
        settle(blocks.back());
        while (blocks.size() > 1) {
            Block& above = blocks[blocks.size() - 2];
            const Block& below = blocks.back();
            const double offset = static_cast<double>(above.size) * height;
            if (above.first + offset <= below.first)
                break;
            above.sum += below.sum - offset * static_cast<double>(below.size);
            above.size += below.size;
            blocks.pop_back();
            settle(blocks.back());
        }
    }

    std::vector<double> placed(wanted.size());
    std::size_t next = 0;
    for (const Block& block : blocks) {
        for (std::size_t i = 0; i < block.size; ++i)
            placed[order[next++]] = block.first + static_cast<double>(i) * height;
    }
    return placed;
}

std::ptrdiff_t label_stride(std::ptrdiff_t ticks, double room, int height)
{
    if (room < height)
        return std::max<std::ptrdiff_t>(ticks, 1);
    const double between = room / static_cast<double>(std::max<std::ptrdiff_t>(ticks - 1, 1));
    return std::max(static_cast<std::ptrdiff_t>(std::ceil(height / between)), std::ptrdiff_t{ 1 });
}

} // namespace circuitloom::ui
