#pragma once

#include "core/run/differing_settings.h"
#include "ui/compare/compared_run.h"

#include <QString>

#include <cstddef>
#include <string>
#include <vector>

namespace circuitloom::ui {

/// In which settings compared runs differ, and what each has there. Runs whose settings are not
/// known count for no difference. A value that never changes, for any thread.
class ComparedSettings
{
public:
    explicit ComparedSettings(const std::vector<ComparedRun>& runs);

    /// In the order of the file, as in `circuit.top_n`.
    const std::vector<std::string>& names() const { return differing_.names; }
    /// `setting` is a place in names(). A dash where the run's settings are not known.
    QString value(RunId run, std::size_t setting) const;

private:
    std::vector<RunId> runs_; ///< whose settings are known
    DifferingSettings differing_;
};

} // namespace circuitloom::ui
