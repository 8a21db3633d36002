#pragma once

#include <span>
#include <vector>

namespace circuitloom {

/// Scores smoothed over a run's discoveries (algorithm.md, section 2; the sensitivity and
/// uncertainty of AdaLoRA, arXiv 2303.10512):
///
///     I ← β1 I + (1 − β1) s,   U ← β2 U + (1 − β2) |s − I|,   rank by I · U,
///
/// per edge, both from 0; |s − I| takes I as just updated. Only the order of I · U means anything:
/// it has the sign of I and the square of the metric's unit.
///
/// With β1 = 0 nothing is smoothed: I = s and U stays 0, so that the product would rank nothing;
/// the scores themselves rank then.
class ScoreSmoothing
{
public:
    /// Both in [0, 1).
    ScoreSmoothing(double beta1, double beta2)
        : beta1_(beta1)
        , beta2_(beta2)
    {
    }

    /// Takes the scores of one discovery, one per edge, and gives what ranks the edges now. Throws
    /// Error where the number of edges is not that of the call before.
    std::vector<float> add(std::span<const float> scores);

    /// I and U, one per edge, which a checkpoint must hold; empty before the first add().
    std::span<const float> mean() const { return mean_; }
    std::span<const float> deviation() const { return deviation_; }
    /// Goes on from such a state. Throws Error where the two differ in size.
    void restore(std::vector<float> mean, std::vector<float> deviation);

private:
    double beta1_;
    double beta2_;
    std::vector<float> mean_;
    std::vector<float> deviation_;
};

} // namespace circuitloom
