#pragma once

#include "core/analysis/run_dynamics.h"
#include "ui/base/background.h"

#include <QObject>
#include <QString>
#include <QTimer>

#include <atomic>
#include <memory>
#include <optional>

namespace circuitloom::ui {

/// All that run_dynamics() says of a run, computed in the background once it is wanted, and again
/// when the run has grown, but no more than a fifth of the time. For the window's thread.
class RunReport : public QObject
{
    Q_OBJECT

public:
    RunReport();
    ~RunReport() override;

    /// The run of `file` with so many iterations; an empty file or no iterations for none.
    void want(const QString& file, RunId run, int iterations);

    /// Null while nothing is known of the run. Lives until changed().
    const RunDynamics* known() const { return known_ ? &*known_ : nullptr; }
    /// 0…1 of what is being computed; nothing while nothing is.
    std::optional<double> progress() const;

Q_SIGNALS:
    void changed();
    void progressed();
    void failed(const QString& sentence);

private:
    struct Job
    {
        std::atomic<bool> called_off = false;
        std::atomic<int> done = 0;
        std::atomic<int> total = 0;
    };

    void compute();
    void call_off();

    QString file_;
    RunId run_;
    int iterations_ = 0;
    std::optional<RunDynamics> known_;
    std::shared_ptr<Job> job_; ///< null while nothing is being computed
    QTimer rest_; ///< until it may be computed again
    QTimer tick_;
    Background background_; // last, so that its work ends first
};

} // namespace circuitloom::ui
