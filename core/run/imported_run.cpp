#include "core/run/imported_run.h"

#include "core/base/error.h"
#include "core/store/experiment_reader.h"
#include "core/store/run_writer.h"

#include <nlohmann/json.hpp>

#include <limits>

namespace circuitloom {

namespace {

bool holds_no_run(const std::filesystem::path& file)
{
    try {
        return ExperimentReader(file).runs().empty();
    } catch (const Error&) {
        return false;
    }
}

} // namespace

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

RunDescription imported_description(const std::string& name, const std::string& model,
    const std::string& from, const GraphShape& shape, const GraphOptions& graph)
{
    RunDescription run;
    run.name = name;
    run.method = imported_method;
    run.configuration = nlohmann::json{ { "imported", from } }.dump();
    run.model = model;
    run.software = nlohmann::json{ { "circuitloom", CIRCUITLOOM_VERSION } }.dump();
    run.shape = shape;
    run.graph = graph;
    return run;
}

IterationRecord imported_iteration(const Circuit& circuit, int entered)
{
    IterationRecord record;
    record.loss = record.metric = std::numeric_limits<double>::quiet_NaN();
    record.edges = static_cast<int>(circuit.size());
    record.entered = entered;
    return record;
}

void take_away_runs(const std::filesystem::path& file, bool made, std::span<const RunId> runs)
{
    for (const RunId run : runs)
        try {
            delete_run(file, run);
        } catch (const Error&) {
            // The run stays, unfinished; the others are still to be deleted.
        }
    if (made && holds_no_run(file)) {
        std::error_code ignored;
        std::filesystem::remove(file, ignored);
    }
}

} // namespace circuitloom
