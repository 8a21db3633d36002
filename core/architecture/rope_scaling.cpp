#include "core/architecture/rope_scaling.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace circuitloom {

namespace {

/// How many turns a frequency makes over the original context.
double turns(double frequency, const RopeScaling& scaling)
{
    return frequency * scaling.original_positions / (2 * std::numbers::pi);
}

double llama3_frequency(double frequency, const RopeScaling& scaling)
{
    const double kept = std::clamp((turns(frequency, scaling) - scaling.slow_turns)
            / (scaling.quick_turns - scaling.slow_turns),
        0.0, 1.0);
    return frequency * (kept + (1 - kept) / scaling.factor);
}

/// The base that stretches the slowest pair by as much as the text is longer (arXiv 2309.00071,
/// section 3.1).
double dynamic_theta(double theta, int turned, const RopeScaling& scaling, std::int64_t positions)
{
    const double original = scaling.original_positions;
    const double length = std::max(static_cast<double>(positions), original);
    const double stretch = scaling.factor * length / original - (scaling.factor - 1);
    // With one pair alone the exponent is infinite, as in the original.
    return theta * std::pow(stretch, static_cast<double>(turned) / (turned - 2));
}

/// Where between 0 (kept) and 1 (divided by the factor) each pair lies (arXiv 2309.00071, section
/// 3.2).
class YarnRamp
{
public:
    YarnRamp(double theta, int turned, const RopeScaling& scaling)
    {
        const auto pair_of = [&](double wanted_turns) {
            return turned
                * std::log(scaling.original_positions / (wanted_turns * 2 * std::numbers::pi))
                / (2 * std::log(theta));
        };
        first_ = pair_of(scaling.quick_turns);
        last_ = pair_of(scaling.slow_turns);
        if (scaling.whole_pairs) {
            first_ = std::floor(first_);
            last_ = std::ceil(last_);
        }
        first_ = std::max(first_, 0.0);
        last_ = std::min(last_, turned - 1.0);
        if (first_ == last_)
            last_ += 0.001;
    }
    double at(std::size_t pair) const
    {
        return std::clamp((static_cast<double>(pair) - first_) / (last_ - first_), 0.0, 1.0);
    }

private:
    double first_;
    double last_;
};

} // namespace

std::vector<double> rotary_frequencies(
    double theta, int turned, const RopeScaling& scaling, std::int64_t positions)
{
    if (scaling.kind == RopeKind::dynamic && positions > scaling.original_positions)
        theta = dynamic_theta(theta, turned, scaling, positions);
    const auto& factors
        = positions > scaling.original_positions ? scaling.long_factors : scaling.short_factors;
    std::vector<double> frequencies;
    for (int at = 0; at < turned; at += 2) {
        const std::size_t pair = frequencies.size();
        const double plain = std::pow(theta, -static_cast<double>(at) / turned);
        switch (scaling.kind) {
        case RopeKind::unscaled:
        case RopeKind::dynamic:
            frequencies.push_back(plain);
            break;
        case RopeKind::linear:
            frequencies.push_back(plain / scaling.factor);
            break;
        case RopeKind::yarn: {
            const double divided = YarnRamp(theta, turned, scaling).at(pair);
            frequencies.push_back(plain * (1 - divided) + plain / scaling.factor * divided);
            break;
        }
        case RopeKind::longrope:
            frequencies.push_back(plain / factors.at(pair));
            break;
        case RopeKind::llama3:
            frequencies.push_back(llama3_frequency(plain, scaling));
            break;
        }
    }
    return frequencies;
}

} // namespace circuitloom
