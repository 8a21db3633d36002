#pragma once

#include "core/run/compute_devices.h"
#include "core/run/run_estimate.h"

#include <QTimer>
#include <QWidget>

#include <optional>
#include <string>
#include <vector>

class QLabel;

namespace circuitloom::ui {

class MemoryEstimate;

/// Shows an estimate of what a run, or a sweep, takes: memory against what its device has free, time,
/// the file's growth. Where the run does not fit, offers the settings with which it would.
class EstimatePanel : public QWidget
{
    Q_OBJECT

public:
    explicit EstimatePanel(QWidget* parent = nullptr);

    /// Runs whose time is known, the latest last.
    void set_timed_runs(std::vector<TimedRun> timed) { timed_ = std::move(timed); }
    /// What can be computed on; until it is known, memory stands alone.
    void set_devices(const std::optional<Devices>& devices);
    /// So many processes of this computer share the run shown next.
    void set_processes(int processes) { processes_ = processes; }
    /// Without a model, nothing can be said. Worked out in the background.
    void show_run(
        const RunConfig& config, const std::optional<ModelConfig>& model, const TaskSize& task);
    /// Nothing is known, for this reason.
    void show_nothing(const QString& why);
    /// What these take together, one after the other, instead of what the run shown takes.
    void show_sweep(std::vector<RunConfig> runs);
    /// How many edges the graph of the run shown has; nothing while it is not known.
    std::optional<std::int64_t> graph_edges() const { return edges_; }

Q_SIGNALS:
    void graph_read();
    /// These settings, as `--set` takes them, were asked for.
    void fit_requested(const std::vector<std::string>& changes);

private:
    void work_out();
    void show_time();
    /// The run that is estimated, where it is one: the last one of a sweep, too.
    const RunConfig& one_run() const;
    /// The same with its device named, which `device` is; as it stands where that is null.
    RunConfig run_on(const ComputeDevice* device) const;

    std::vector<TimedRun> timed_;
    std::optional<Devices> devices_;

    RunConfig run_;
    std::vector<RunConfig> sweep_; ///< empty where one run is all
    std::optional<ModelConfig> model_;
    TaskSize task_;
    int processes_ = 1;
    std::optional<std::int64_t> edges_;
    int awaited_ = 0; ///< number of the newest calculation, whose result alone is shown
    QTimer soon_;
    MemoryEstimate* memory_;
    QLabel* time_;
    QLabel* file_;
};

} // namespace circuitloom::ui
