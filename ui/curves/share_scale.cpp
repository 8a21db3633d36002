#include "ui/curves/share_scale.h"

#include <algorithm>

namespace circuitloom::ui {

AxisScale round_scale_within(double low, double high, double least, double most)
{
    AxisScale scale = round_scale(std::clamp(low, least, most), std::clamp(high, least, most));
    if (scale.low >= least && scale.high <= most)
        return scale;
    scale.low = std::max(scale.low, least);
    scale.high = std::min(scale.high, most);
    std::erase_if(scale.ticks, [&](double tick) { return tick < least || tick > most; });
    // The end itself is what one looks for.
    if (scale.ticks.empty() || scale.ticks.back() < scale.high)
        scale.ticks.push_back(scale.high);
    return scale;
}

} // namespace circuitloom::ui
