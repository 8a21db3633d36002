#pragma once

#include "tests/support/fake_panel_context.h"
#include "tests/support/store_samples.h"

#include <QString>

#include <optional>
#include <vector>

namespace circuitloom::testing {

/// A .loom file with one run of these circuits, and a fake window that shows it.
class WrittenCircuits
{
public:
    /// Iteration i comes after 2 · i steps. `stability`: of every circuit, where they were resampled.
    explicit WrittenCircuits(const std::vector<Circuit>& circuits,
        const std::vector<EvaluationRecord>& evaluations = {},
        const RunDescription& run = samples::description(), std::optional<double> stability = {})
        : circuits_(circuits)
        , stability_(stability)
    {
        write(evaluations, run);
    }

    /// Another run takes the place of this one, under its number and in its file.
    void write_anew(const std::vector<Circuit>& circuits,
        const std::vector<EvaluationRecord>& evaluations = {},
        const RunDescription& run = samples::description())
    {
        for (const char* name : { "run.loom", "run.loom-wal", "run.loom-shm" })
            std::filesystem::remove(folder_ / name);
        circuits_ = circuits;
        write(evaluations, run);
    }

    std::filesystem::path file() const { return folder_ / "run.loom"; }
    const std::vector<Circuit>& circuits() const { return circuits_; }
    const ComputationalGraph& graph() const { return *context.history->graph; }

    FakePanelContext context;

private:
    void write(const std::vector<EvaluationRecord>& evaluations, const RunDescription& run)
    {
        {
            RunWriter writer(file(), run);
            add(writer, 0, circuits_.size());
            if (!evaluations.empty())
                writer.add_evaluations(evaluations);
            writer.set_state(RunState::finished);
        }
        show();
    }
    void add(RunWriter& writer, std::size_t from, std::size_t to)
    {
        for (std::size_t i = from; i < to; ++i) {
            const Circuit& circuit = circuits_[i];
            int entered = 0;
            for (const ScoredEdge& scored : circuit)
                entered += i == 0 || std::ranges::find(circuits_[i - 1], scored.edge, &ScoredEdge::edge)
                        == circuits_[i - 1].end();
            std::optional<ScoreCertainty> certainty;
            if (stability_) {
                certainty = ScoreCertainty{ 20, 1, 40, 40, { *stability_, 0.01 }, {} };
                certainty->edges.resize(circuit.size());
            }
            const int index = static_cast<int>(i);
            writer.add_iteration({ { index }, 2 * index, 3.0, 0.5, 0.25, 1000,
                                     static_cast<int>(circuit.size()), entered, 0.01 },
                circuit, certainty);
        }
    }
    void show()
    {
        const ExperimentReader reader(file());
        const RunSummary run = reader.runs().front();
        context.history = ui::load_history(reader, run);
        if (circuits_.empty())
            return;
        context.shown = ui::ShownPlace{ QString::fromStdString(file().string()), run.id, 0, 0,
            context.history->graph };
    }

    samples::TemporaryFolder folder_;
    std::vector<Circuit> circuits_;
    std::optional<double> stability_;
};

} // namespace circuitloom::testing
