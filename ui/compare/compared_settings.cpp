#include "ui/compare/compared_settings.h"

#include <algorithm>

namespace circuitloom::ui {

ComparedSettings::ComparedSettings(const std::vector<ComparedRun>& runs)
{
    std::vector<RunConfig> configs;
    for (const ComparedRun& run : runs)
        if (run.configured) {
            runs_.push_back(run.summary.id);
            configs.push_back(run.config);
        }
    differing_ = differing_settings(configs);
}

QString ComparedSettings::value(RunId run, std::size_t setting) const
{
    const auto at = std::ranges::find(runs_, run);
    return at == runs_.end()
        ? QStringLiteral("–")
        : QString::fromStdString(
            differing_.values[static_cast<std::size_t>(at - runs_.begin())][setting]);
}

} // namespace circuitloom::ui
