#include "core/run/drift_question.h"

#include <cmath>

namespace circuitloom {

Moved together(const std::vector<MovedPart>& parts)
{
    double distance = 0;
    double before = 0;
    for (const MovedPart& part : parts) {
        distance += part.moved.distance * part.moved.distance;
        before += part.moved.before * part.moved.before;
    }
    return { std::sqrt(distance), std::sqrt(before) };
}

} // namespace circuitloom
