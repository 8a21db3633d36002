#include "app/cli/commands/report_text.h"

#include "core/base/number_text.h"

#include <cmath>

namespace circuitloom {

using Json = nlohmann::ordered_json;

std::string fixed_or_dash(const std::optional<double>& value, int digits)
{
    return value ? fixed(*value, digits) : "-";
}

Json number(double value)
{
    return std::isfinite(value) ? Json(value) : Json(nullptr);
}

Json number(const std::optional<double>& value)
{
    return value ? number(*value) : Json(nullptr);
}

std::string written(const Json& json)
{
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

} // namespace circuitloom
