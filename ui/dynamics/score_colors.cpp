#include "ui/dynamics/score_colors.h"

#include "ui/theme/color_mix.h"

#include <algorithm>
#include <cmath>

namespace circuitloom::ui {

namespace {

constexpr double least_share = 0.16; // of the sign's colour: the weakest score is not "out"

} // namespace

ScoreColors::ScoreColors(const Theme& theme, double greatest)
    : greatest_(greatest)
    , out_(mixed(theme.panel, theme.neutral, theme.dark ? 0.34 : 0.3).rgb())
{
    for (std::size_t i = 0; i < shades; ++i) {
        const double share = least_share
            + (1 - least_share) * static_cast<double>(i) / static_cast<double>(shades - 1);
        positive_[i] = mixed(theme.window, theme.positive, share).rgb();
        negative_[i] = mixed(theme.window, theme.negative, share).rgb();
    }
}

ScoreColors::ScoreColors()
    : ScoreColors(theme(false), 0)
{
}

QRgb ScoreColors::of(double score) const
{
    const double share = greatest_ > 0 ? std::sqrt(std::min(1.0, std::abs(score) / greatest_)) : 0;
    const auto shade
        = static_cast<std::size_t>(std::lround(share * static_cast<double>(shades - 1)));
    return score < 0 ? negative_[shade] : positive_[shade];
}

} // namespace circuitloom::ui
