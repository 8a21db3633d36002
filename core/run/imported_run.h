#pragma once

#include "core/run/run_config.h"
#include "core/store/records.h"

#include <filesystem>
#include <optional>
#include <span>
#include <string>
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

/// Of a run that is about to be imported `from` something, which is said in words. Steps are for the
/// caller to fill in.
RunDescription imported_description(const std::string& name, const std::string& model,
    const std::string& from, const GraphShape& shape, const GraphOptions& graph);
/// Of a circuit beside which nothing was measured: loss and metric are not a number.
IterationRecord imported_iteration(const Circuit& circuit, int entered);
/// Takes away runs that were begun in `file`, and the file too where it was `made` for them and nobody
/// has stored another run in it meanwhile, as far as that can be done: what went wrong before matters
/// more. Throws nothing.
void take_away_runs(const std::filesystem::path& file, bool made, std::span<const RunId> runs);

} // namespace circuitloom
