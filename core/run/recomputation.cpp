#include "core/run/recomputation.h"

#include <algorithm>

namespace circuitloom {

std::int64_t examples_scored_anew(const ModelConfig& config, std::int64_t examples)
{
    return std::max<std::int64_t>(1, examples / config.layers);
}

} // namespace circuitloom
