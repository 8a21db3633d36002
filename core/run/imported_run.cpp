#include "core/run/imported_run.h"

#include "core/base/error.h"

namespace circuitloom {

RunConfig config_of(const RunDescription& run)
{
    if (is_imported(run))
        throw InputError("“" + run.name
            + "” was imported from files: it has circuits, but no model, so there is nothing to "
              "train, rebuild or ask.");
    return run_config_from_json(run.configuration);
}

std::optional<RunConfig> known_config(const RunDescription& run)
{
    try {
        return config_of(run);
    } catch (const Error&) {
        return std::nullopt;
    }
}

} // namespace circuitloom
