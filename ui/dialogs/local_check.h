#pragma once

#include "core/run/run_check.h"

#include <QObject>
#include <QString>
#include <QTimer>

#include <optional>
#include <string>

namespace circuitloom::ui {

/// Whether a run can score circuits on its tasks, and what is odd about them, as `circuitloom-cli
/// check` says it of this computer's files: misspelt fields, targets that look like a mistake,
/// held-out examples that are trained on. For the window's thread, on which no file is read.
class LocalCheck : public QObject
{
    Q_OBJECT

public:
    explicit LocalCheck(QObject* parent = nullptr);

    /// Reads its tasks, a moment after the last change of what they are and how they are scored.
    void show_run(const RunConfig& config);
    /// Reads nothing until show_run() is called again, and knows nothing.
    void show_nothing();

    /// Sentences on the run's tasks, each of which it can begin with; empty until they are read.
    const std::vector<std::string>& notes() const;
    /// Why circuits of the run shown cannot be scored on its tasks; empty where they can, and until
    /// that is known.
    QString problem() const;

Q_SIGNALS:
    /// notes() or problem() is another.
    void told();

private:
    void read();

    RunConfig wanted_; ///< with what matters here of the run shown
    std::string shown_; ///< the same as TOML; empty for nothing
    std::string read_; ///< of check_
    std::string under_way_;
    std::optional<RunCheck> check_; ///< of the run shown, or still of one with the same tasks
    QTimer soon_;
};

} // namespace circuitloom::ui
