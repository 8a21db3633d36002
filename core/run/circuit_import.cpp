#include "core/run/circuit_import.h"

#include "core/base/error.h"
#include "core/graph/entered_edges.h"
#include "core/run/imported_run.h"
#include "core/store/run_writer.h"

#include <algorithm>
#include <optional>

namespace circuitloom {

namespace {

RunDescription description_of(const CircuitSeries& series, const std::string& name)
{
    RunDescription run = imported_description(name, series.model, series.layout,
        series.graph.shape(), series.graph.options());
    run.steps = series.steps.back();
    return run;
}

constexpr std::size_t most_notes = 20; ///< those of a long series may all be different

void add_new(std::vector<std::string>& notes, const std::vector<std::string>& more)
{
    for (const std::string& note : more) {
        if (notes.size() > most_notes || std::ranges::find(notes, note) != notes.end())
            continue;
        notes.push_back(
            notes.size() < most_notes ? note : "Of the other circuits there is more to say.");
    }
}

/// Writes one run; it is taken away again where that fails.
class Import
{
public:
    Import(const CircuitSeries& series, const std::filesystem::path& file, const std::string& name)
        : series_(series)
        , file_(file)
        , done_{ {}, name, series.layout, 0, series.notes, series.unused }
        , writer_(std::in_place, file, description_of(series, name))
    {
        done_.run = writer_->id();
    }

    RunId id() const { return done_.run; }

    ImportedRun write(const ImportOptions& options)
    {
        std::optional<InputError> wrong; // with the first damaged one
        const int total = static_cast<int>(series_.steps.size());
        for (int i = 0; i < total; ++i) {
            if (options.progress)
                options.progress(done_.name, i, total);
            const auto at = static_cast<std::size_t>(i);
            try {
                add(series_.read(at), series_.steps[at]);
            } catch (const InputError& error) {
                if (!wrong)
                    wrong = error;
                done_.unused.push_back(unused_circuit(series_.names[at], error.what()));
            }
        }
        if (done_.iterations == 0)
            throw InputError(wrong.value());
        writer_->set_state(RunState::finished);
        writer_.reset();
        set_run_notes(file_, done_.run, notes());
        return done_;
    }

private:
    void add(const SeriesCircuit& read, int step)
    {
        IterationRecord record
            = imported_iteration(read.circuit, entered_edges(read.circuit, before_));
        record.index = { done_.iterations };
        record.step = step;
        writer_->add_iteration(record, read.circuit);
        before_ = read.circuit;
        add_new(done_.notes, read.notes);
        ++done_.iterations;
    }

    std::string notes() const
    {
        std::string text = "Imported from " + series_.name + ", " + series_.layout + ".";
        for (const std::string& note : done_.notes)
            text += "\n" + note;
        for (std::size_t i = 0; i < done_.unused.size() && i < most_notes; ++i)
            text += "\n" + done_.unused[i].name + " is not used: " + done_.unused[i].why;
        if (done_.unused.size() > most_notes)
            text += "\n" + std::to_string(done_.unused.size() - most_notes)
                + " more circuits are not used.";
        return text;
    }

    const CircuitSeries& series_;
    std::filesystem::path file_;
    ImportedRun done_;
    Circuit before_; ///< of the iteration before
    std::optional<RunWriter> writer_;
};

} // namespace

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
    std::vector<RunId> begun;
    try {
        for (const CircuitSeries& series : found) {
            Import import(series, file, options.name.empty() ? series.name : options.name);
            begun.push_back(import.id());
            done.push_back(import.write(options));
        }
    } catch (...) {
        take_away_runs(file, made, begun);
        throw;
    }
    return done;
}

} // namespace circuitloom
