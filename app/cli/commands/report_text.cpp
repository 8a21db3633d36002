#include "app/cli/commands/report_text.h"
#include "app/cli/commands/table.h"

#include "core/base/number_text.h"

#include <cmath>
#include <iostream>

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

void tell_remarks(const std::vector<std::string>& dropped, const std::vector<std::string>& notes)
{
    for (const std::string& sentence : dropped)
        std::cerr << "left out: " << printable(sentence) << "\n";
    for (const std::string& sentence : notes)
        std::cerr << "note: " << printable(sentence) << "\n";
}

} // namespace circuitloom
