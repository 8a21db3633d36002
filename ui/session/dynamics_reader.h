#pragma once

#include "core/analysis/run_dynamics.h"
#include "ui/base/background.h"
#include "ui/session/circuit_curves.h"
#include "ui/session/run_history.h"

#include <QObject>
#include <QString>
#include <QTimer>

#include <atomic>
#include <map>
#include <memory>
#include <optional>

namespace circuitloom::ui {

/// All that run_dynamics() says of runs of one file: computed in the background once somebody wants
/// it, for all who do, one run after another. What a run has grown by is computed with all before
/// it, since each iteration's position depends on the last ones; that takes no more than a fifth of
/// the time. For the window's thread.
class DynamicsReader : public QObject
{
    Q_OBJECT

public:
    explicit DynamicsReader(QObject* parent = nullptr);
    ~DynamicsReader() override;

    struct Known
    {
        std::shared_ptr<const RunDynamics> dynamics; ///< null while nothing is known
        std::shared_ptr<const CircuitCurves> curves; ///< of the same
        QString failure; ///< why it could not be read, until want() has it tried again
        std::optional<double> progress; ///< 0…1 of what is being computed; nothing while nothing is
    };

    /// The run of `file` as far as it has come. Of another file than before all is forgotten, and
    /// so is what the run was before it was written anew. What could not be read is tried again,
    /// after a rest: a database may have been locked.
    void want(const QString& file, const RunHistory& run);
    void forget();
    /// Of the run whose history has that graph; of none, nothing.
    Known known(const std::shared_ptr<const ComputationalGraph>& graph) const;

    /// For tests: how long nothing is computed again, in times of the computing before.
    void set_rest(int factor, qint64 least_ms);

Q_SIGNALS:
    /// More is known of some run, or that it cannot be read.
    void changed();
    void progressed();

private:
    struct Job
    {
        RunId run;
        std::atomic<bool> called_off = false;
        std::atomic<int> done = 0;
        std::atomic<int> total = 0;
    };
    struct Wanted
    {
        std::shared_ptr<const ComputationalGraph> graph;
        int iterations = 0;
        Known known;
    };

    bool is_due(const Wanted& wanted) const;
    void compute_next();
    void end_job();
    void call_off();

    QString file_;
    std::map<RunId, Wanted> wanted_;
    std::shared_ptr<Job> job_; ///< null while nothing is being computed
    QTimer rest_; ///< until what has grown may be computed again
    QTimer tick_;
    int rest_factor_;
    qint64 least_rest_ms_;
    Background background_; // last, so that its work ends first
};

} // namespace circuitloom::ui
