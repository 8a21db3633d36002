#include "ui/dynamics/edge_changes.h"

#include "ui/session/run_history.h"

namespace circuitloom::ui {

std::vector<EdgeChange> edge_changes(const std::vector<IterationRecord>& records)
{
    std::vector<EdgeChange> changes;
    for (std::size_t i = 1; i < records.size(); ++i) {
        const IterationRecord& now = records[i];
        const int kept = now.edges - now.entered;
        changes.push_back({ now.index.value, now.entered, records[i - 1].edges - kept,
            now.edges > 0 ? static_cast<double>(now.entered) / now.edges : 0.0,
            records[i - 1].edges });
    }
    return changes;
}

std::optional<double> batch_turnover(
    const std::vector<IterationCertainty>& certainties, int iteration)
{
    const auto before = stability_at(certainties, iteration - 1);
    const auto now = stability_at(certainties, iteration);
    if (!before || !now)
        return std::nullopt;
    const double jaccard = (before->jaccard + now->jaccard) / 2;
    return (1 - jaccard) / (1 + jaccard);
}

} // namespace circuitloom::ui
