#include "core/run/attribution_methods.h"

#include "core/base/error.h"
#include "core/base/utf8.h"

#include <algorithm>
#include <string>

namespace circuitloom {

const AttributionInfo& attribution_info(AttributionMethod method)
{
    const auto found = std::ranges::find(attribution_methods, method, &AttributionInfo::method);
    if (found == attribution_methods.end())
        throw InputError("There is no way of scoring edges with the number "
            + std::to_string(static_cast<int>(method)) + ".");
    return *found;
}

const AttributionInfo& attribution_named(std::string_view name)
{
    const auto found = std::ranges::find(attribution_methods, name, &AttributionInfo::name);
    if (found == attribution_methods.end())
        throw InputError("There is no way of scoring edges called \"" + for_message(name)
            + "\"; it must be " + alternatives(attribution_names) + ".");
    return *found;
}

} // namespace circuitloom
