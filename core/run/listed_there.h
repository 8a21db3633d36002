#pragma once

#include "core/run/compute_devices.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace circuitloom {

// What circuitloom-cli lists as JSON, read again, maybe from another machine, whose text is not
// trusted.

/// A model that a machine has.
struct ListedModel
{
    std::string model; ///< for RunConfig::model
    std::string family;
    std::int64_t bytes = 0; ///< of its weights
    std::string unusable; ///< why it cannot be tuned; empty where it can
};

/// Of `models list --json`. Throws InputError, which begins with `origin`.
std::vector<ListedModel> parse_listed_models(std::string_view json, std::string_view origin);
/// Of `devices --json`. Throws as well.
Devices parse_listed_devices(std::string_view json, std::string_view origin);

} // namespace circuitloom
