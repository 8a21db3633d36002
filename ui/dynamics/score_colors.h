#pragma once

#include "ui/theme/theme.h"

#include <array>

namespace circuitloom::ui {

/// What colour a score has: from nearly the background's at 0 to the theme's colour of its sign at
/// the greatest |score|, by the root of their quotient, so that weak scores can be told apart. What
/// is in no circuit is grey.
class ScoreColors
{
public:
    ScoreColors(const Theme& theme, double greatest);
    ScoreColors();

    double greatest() const { return greatest_; }
    QRgb of(double score) const;
    QRgb out() const { return out_; }

private:
    static constexpr std::size_t shades = 256;

    double greatest_;
    QRgb out_;
    std::array<QRgb, shades> positive_;
    std::array<QRgb, shades> negative_;
};

} // namespace circuitloom::ui
