#pragma once

#include "core/base/ids.h"

#include <QString>

#include <memory>

namespace circuitloom {
class ComputationalGraph;
}

namespace circuitloom::ui {

struct RunHistory;

/// Which run of which file is being read, and how far it has come.
class FollowedRun
{
public:
    /// `run` of `file` as it is by now; null for none. True where that is another one than before,
    /// or the same one written anew: what was read of it is to be forgotten.
    bool follow(const QString& file, const RunHistory* run);

    /// Empty for none.
    const QString& file() const { return file_; }
    RunId id() const { return id_; }
    /// Of the run's history, which it tells from all others; null for none.
    const std::shared_ptr<const ComputationalGraph>& graph() const { return graph_; }
    int iterations() const { return iterations_; }

private:
    QString file_;
    RunId id_;
    std::shared_ptr<const ComputationalGraph> graph_;
    int iterations_ = 0;
};

} // namespace circuitloom::ui
