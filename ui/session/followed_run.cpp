#include "ui/session/followed_run.h"

#include "ui/session/run_history.h"

#include <utility>

namespace circuitloom::ui {

bool FollowedRun::follow(const QString& file, const RunHistory* run)
{
    const FollowedRun before = std::exchange(*this, {});
    if (run) {
        file_ = file;
        id_ = run->summary.id;
        graph_ = run->graph;
        iterations_ = static_cast<int>(run->iterations.size());
    }
    return file_ != before.file_ || id_ != before.id_ || graph_ != before.graph_
        || iterations_ < before.iterations_;
}

} // namespace circuitloom::ui
