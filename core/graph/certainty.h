#pragma once

#include <cstdint>
#include <vector>

namespace circuitloom {

/// How sure an edge of a circuit is (algorithm.md, section 10), from bootstrap resamples of the
/// examples that it was scored on.
struct EdgeCertainty
{
    float inclusion = 0; ///< share of the resamples whose circuit has the edge, 0…1
    float low = 0; ///< the 2.5th percentile of the resamples' scores
    float high = 0; ///< the 97.5th
    /// The interval excludes 0.
    bool sign_certain() const { return low > 0 || high < 0; }
    bool operator==(const EdgeCertainty&) const = default;
};

/// What an edge's inclusion frequency makes of it.
enum class CertaintyClass
{
    core, ///< at least CertaintyBounds::core
    contingent, ///< between
    noise ///< below CertaintyBounds::noise
};

struct CertaintyBounds
{
    double core = 0.9;
    double noise = 0.5;
    bool operator==(const CertaintyBounds&) const = default;
};

/// A frequency is a float, so the bounds are rounded to one as well.
inline CertaintyClass certainty_class(float inclusion, const CertaintyBounds& bounds = {})
{
    if (inclusion >= static_cast<float>(bounds.core))
        return CertaintyClass::core;
    return inclusion < static_cast<float>(bounds.noise) ? CertaintyClass::noise
                                                       : CertaintyClass::contingent;
}

/// How alike the circuits of the resamples are.
struct CircuitStability
{
    /// The mean Jaccard similarity of two resamples' circuits, over all pairs; 1 for fewer than
    /// two resamples.
    double jaccard = 1;
    /// The same of random circuits of as many edges among the same candidates: two circuits of N
    /// of E edges share N² / E on average.
    double chance = 1;
    bool operator==(const CircuitStability&) const = default;
};

/// What the resamples of one discovery say.
struct ScoreCertainty
{
    int resamples = 0;
    std::uint64_t seed = 0; ///< of the resamples' random numbers
    std::int64_t examples = 0;
    std::int64_t blocks = 0; ///< drawn in each resample; `examples` where each is its own block
    CircuitStability stability;
    std::vector<EdgeCertainty> edges; ///< as the edges that were asked for; all where none were
};

/// How many edges are in each class, of those that some resample's circuit has.
struct CertaintyCounts
{
    int core = 0;
    int contingent = 0;
    int noise = 0;
    int never = 0; ///< edges that no resample's circuit has
    int sign_certain = 0; ///< of all edges
};

inline CertaintyCounts count_classes(
    const ScoreCertainty& certainty, const CertaintyBounds& bounds = {})
{
    CertaintyCounts counts;
    for (const EdgeCertainty& edge : certainty.edges) {
        counts.sign_certain += edge.sign_certain() ? 1 : 0;
        if (edge.inclusion == 0)
            ++counts.never;
        else
            switch (certainty_class(edge.inclusion, bounds)) {
            case CertaintyClass::core:
                ++counts.core;
                break;
            case CertaintyClass::contingent:
                ++counts.contingent;
                break;
            case CertaintyClass::noise:
                ++counts.noise;
                break;
            }
    }
    return counts;
}

} // namespace circuitloom
