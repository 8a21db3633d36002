#pragma once

#include "ui/curves/curves_view.h"
#include "ui/curves/plot_content.h"

#include <span>
#include <vector>

namespace circuitloom::ui {

/// The mean of several curves, and the band around it.
struct CurveSpread
{
    Curve mean;
    std::vector<BandPoint> band;
};

/// Over the steps at which every curve has a finite value; the standard deviation has n − 1 in its
/// denominator (core/analysis/spread.h).
CurveSpread spread_over(std::span<const Curve> curves, SeedBand kind);

} // namespace circuitloom::ui
