#pragma once

#include "core/run/compute_devices.h"
#include "core/run/run_estimate.h"

#include <QWidget>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

class QLabel;
class QPushButton;

namespace circuitloom::ui {

class MemoryBar;

/// Says what a run, or a sweep, holds in memory against what its device has free. Where a run does not
/// fit, offers the settings with which it would.
class MemoryEstimate : public QWidget
{
    Q_OBJECT

public:
    explicit MemoryEstimate(QWidget* parent = nullptr);

    /// `device` is the one that it computes on, where that is known; `fitting` are the settings, as
    /// `--set` takes them, with which the run would fit there; empty where it does or nothing helps.
    /// Where they are not `offered` they are only named. `processes` hold it together.
    void show_run(const RunEstimate& run, const std::optional<ComputeDevice>& device,
        const std::vector<std::string>& fitting, bool offered = true, int processes = 1);
    /// Of several runs, `bytes` for the one that holds most, of a model of so many parameters.
    void show_sweep(std::int64_t bytes, std::int64_t parameters,
        const std::optional<ComputeDevice>& device);
    /// What is shown is no longer of what was asked: its settings cannot be asked for any more.
    void withdraw_offer();
    /// Instead of an estimate: why there is none.
    void show_problem(const QString& problem);

Q_SIGNALS:
    void fit_requested(const std::vector<std::string>& settings);

private:
    /// A form gives a column of wrapped texts less height than they need.

    std::vector<std::string> fitting_;
    QLabel* text_;
    MemoryBar* bar_;
    QLabel* fits_;
    QPushButton* fit_;
};

} // namespace circuitloom::ui
