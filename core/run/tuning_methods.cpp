#include "core/run/tuning_methods.h"

#include "core/base/error.h"
#include "core/base/utf8.h"

#include <algorithm>
#include <string>

namespace circuitloom {

const TuningMethodInfo& tuning_method_info(TuningMethod method)
{
    const auto found = std::ranges::find(tuning_methods, method, &TuningMethodInfo::method);
    if (found == tuning_methods.end())
        throw InputError("There is no method of tuning with the number "
            + std::to_string(static_cast<int>(method)) + ".");
    return *found;
}

const TuningMethodInfo& tuning_method_named(std::string_view name)
{
    const auto found = std::ranges::find(tuning_methods, name, &TuningMethodInfo::name);
    if (found == tuning_methods.end())
        throw InputError("There is no method of tuning called \"" + for_message(name)
            + "\"; it must be " + alternatives(method_names) + ".");
    return *found;
}

std::string_view method_name(TuningMethod method)
{
    return tuning_method_info(method).name;
}

} // namespace circuitloom
