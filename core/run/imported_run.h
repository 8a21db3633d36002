#pragma once

#include "core/run/run_config.h"
#include "core/store/records.h"

#include <optional>
#include <string_view>

namespace circuitloom {

/// The method of a run whose circuits another program found: such a run has no model, so nothing
/// of it can be trained, resumed, replayed or asked.
inline constexpr std::string_view imported_method = "imported";

inline bool is_imported(const RunDescription& run)
{
    return run.method == imported_method;
}

/// What a run was tuned with. Throws InputError where it was imported, or as run_config_from_json()
/// does.
RunConfig config_of(const RunDescription& run);
/// The same; empty where it throws: of an imported run, or one of a newer version of the program.
std::optional<RunConfig> known_config(const RunDescription& run);

} // namespace circuitloom
