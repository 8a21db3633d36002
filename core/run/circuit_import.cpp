#include "core/run/circuit_import.h"

#include "core/base/error.h"
#include "core/store/run_writer.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <limits>
#include <optional>
#include <set>

namespace circuitloom {

namespace {

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

RunDescription description_of(const CircuitSeries& series, const std::string& name)
{
    RunDescription run;
    run.name = name;
    run.method = imported_method;
    run.configuration = nlohmann::json{ { "imported", series.layout } }.dump();
    run.model = series.model;
    run.software = nlohmann::json{ { "circuitloom", CIRCUITLOOM_VERSION } }.dump();
    run.steps = series.steps.back();
    run.shape = series.graph.shape();
    run.graph = series.graph.options();
    return run;
}

int entered_since(const std::set<EdgeId>& before, const Circuit& circuit)
{
    return static_cast<int>(std::ranges::count_if(
        circuit, [&](const ScoredEdge& scored) { return !before.contains(scored.edge); }));
}

void add_new(std::vector<std::string>& notes, const std::vector<std::string>& more)
{
    for (const std::string& note : more)
        if (std::ranges::find(notes, note) == notes.end())
            notes.push_back(note);
}

/// Writes one run; it is taken away again where that fails.
class Import
{
public:
    Import(const CircuitSeries& series, const std::filesystem::path& file, const std::string& name)
        : series_(series)
        , file_(file)
        , done_{ {}, name, series.layout, 0, series.notes }
        , writer_(std::in_place, file, description_of(series, name))
    {
        done_.run = writer_->id();
    }

    RunId id() const { return done_.run; }

    ImportedRun write(const ImportOptions& options)
    {
        std::set<EdgeId> before;
        const int total = static_cast<int>(series_.steps.size());
        for (int i = 0; i < total; ++i) {
            if (options.progress)
                options.progress(done_.name, i, total);
            const SeriesCircuit read = series_.read(static_cast<std::size_t>(i));
            IterationRecord record;
            record.index = { i };
            record.step = series_.steps[static_cast<std::size_t>(i)];
            record.loss = record.metric = unknown;
            record.edges = static_cast<int>(read.circuit.size());
            record.entered = entered_since(before, read.circuit);
            writer_->add_iteration(record, read.circuit);
            before.clear();
            for (const ScoredEdge& scored : read.circuit)
                before.insert(scored.edge);
            add_new(done_.notes, read.notes);
        }
        done_.iterations = total;
        writer_->set_state(RunState::finished);
        writer_.reset();
        std::string notes = "Imported from " + series_.name + ", " + series_.layout + ".";
        for (const std::string& note : done_.notes)
            notes += "\n" + note;
        set_run_notes(file_, done_.run, notes);
        return done_;
    }

private:
    const CircuitSeries& series_;
    std::filesystem::path file_;
    ImportedRun done_;
    std::optional<RunWriter> writer_;
};

} // namespace

RunConfig config_of(const RunDescription& run)
{
    if (is_imported(run))
        throw InputError("“" + run.name
            + "” was imported from files: it has circuits, but no model, so there is nothing to "
              "train, rebuild or ask.");
    return run_config_from_json(run.configuration);
}

std::vector<ImportedRun> import_circuits(std::span<const std::filesystem::path> paths,
    const std::filesystem::path& file, const ImportOptions& options)
{
    const std::vector<CircuitSeries> found = open_circuit_series(paths, options.series);
    if (!options.name.empty() && found.size() > 1)
        throw InputError("One name cannot be that of " + std::to_string(found.size())
            + " runs; import them one by one, or without a name.");
    std::error_code error;
    const bool made = !std::filesystem::exists(file, error);
    std::vector<ImportedRun> done;
    std::optional<RunId> begun;
    try {
        for (const CircuitSeries& series : found) {
            Import import(series, file, options.name.empty() ? series.name : options.name);
            begun = import.id();
            done.push_back(import.write(options));
            begun.reset();
        }
    } catch (const Error&) {
        if (begun)
            delete_run(file, *begun);
        for (const ImportedRun& run : done)
            delete_run(file, run.run);
        if (made)
            std::filesystem::remove(file, error);
        throw;
    }
    return done;
}

} // namespace circuitloom
