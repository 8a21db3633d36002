#include "core/run/observation.h"

#include <system_error>

namespace circuitloom {

RunConfig observation_config(const ObserveRequest& request)
{
    RunConfig config = request.config;
    config.score_on = ScoredOn::probe;
    config.resamples = 0;
    std::error_code ignored;
    config.model = std::filesystem::exists(request.series, ignored)
        ? std::filesystem::absolute(request.series).lexically_normal().string()
        : request.series;
    validate(config);
    return config;
}

ObserveRequest request_for(const RunConfig& observed, const std::filesystem::path& file)
{
    ObserveRequest request;
    request.series = observed.model;
    request.config = observed;
    request.file = file;
    return request;
}

} // namespace circuitloom
