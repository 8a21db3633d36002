#include "app/cli/commands/report_text.h"

#include "app/cli/commands/table.h"

#include <cmath>

namespace circuitloom {

using Json = nlohmann::ordered_json;

bool is_share(const std::string& measure)
{
    return measure.starts_with("accuracy");
}

std::string value_text(const std::string& measure, double value)
{
    return is_share(measure) ? percent(value) : fixed(value, 3);
}

std::string change_text(const std::string& measure, double change)
{
    const std::string sign = change > 0 ? "+" : "";
    return sign + (is_share(measure) ? fixed(100 * change, 1) : fixed(change, 3));
}

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
