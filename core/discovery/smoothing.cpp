#include "core/discovery/smoothing.h"

#include "core/base/error.h"

#include <cmath>
#include <string>
#include <utility>

namespace circuitloom {

std::vector<float> ScoreSmoothing::add(std::span<const float> scores)
{
    if (mean_.empty()) {
        mean_.resize(scores.size());
        deviation_.resize(scores.size());
    }
    if (mean_.size() != scores.size())
        throw Error("The smoothing holds " + std::to_string(mean_.size()) + " edges; "
            + std::to_string(scores.size()) + " scores do not fit.");
    std::vector<float> ranking(scores.size());
    for (std::size_t e = 0; e < scores.size(); ++e) {
        const double score = scores[e];
        const double mean = beta1_ * mean_[e] + (1 - beta1_) * score;
        const double deviation = beta2_ * deviation_[e] + (1 - beta2_) * std::abs(score - mean);
        mean_[e] = static_cast<float>(mean);
        deviation_[e] = static_cast<float>(deviation);
        ranking[e] = static_cast<float>(beta1_ == 0 ? score : mean * deviation);
    }
    return ranking;
}

void ScoreSmoothing::restore(std::vector<float> mean, std::vector<float> deviation)
{
    if (mean.size() != deviation.size())
        throw Error("The state of the smoothing has " + std::to_string(mean.size()) + " means and "
            + std::to_string(deviation.size()) + " deviations.");
    mean_ = std::move(mean);
    deviation_ = std::move(deviation);
}

} // namespace circuitloom
