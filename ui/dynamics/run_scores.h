#pragma once

#include "core/analysis/score_blocks.h"
#include "ui/session/followed_run.h"
#include "ui/session/run_history.h"

#include <QObject>
#include <QString>

#include <memory>
#include <vector>

namespace circuitloom::ui {

/// All scores of one run, edge by edge and node by node: read from its file in the background, a
/// block of iterations at a time, once that is wanted. What is known grows while a run trains.
///
/// For the window's thread. Blocks never change, so that work on other threads may share them.
class RunScores : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// `run` of `file` as far as it is known by now; null for none. What was read of another run is
    /// forgotten.
    void follow(const QString& file, const RunHistory* run);
    /// Reads, or reads on.
    void want();

    const QString& file() const { return run_.file(); }
    RunId run() const { return run_.id(); }
    const std::shared_ptr<const ComputationalGraph>& graph() const { return run_.graph(); }
    const std::shared_ptr<const Components>& components() const { return components_; }
    /// Rows are edges.
    const ScoreBlocks& edges() const { return edges_; }
    /// Rows are components.
    const ScoreBlocks& nodes() const { return nodes_; }
    int iterations() const { return iterations_of(edges_); }
    /// Of every iteration that the run has, read or not.
    const std::vector<IterationRecord>& records() const { return records_; }
    /// 0 of an iteration that is not known.
    int step(int iteration) const;
    /// Everything that was there when it was last followed has been read.
    bool complete() const { return iterations() >= static_cast<int>(records_.size()); }
    /// Another number for another run, or for the same one written anew.
    int generation() const { return generation_; }

    QString edge_name(EdgeId edge) const;
    QString node_name(ComponentId node) const;

Q_SIGNALS:
    /// More is known, or another run is followed.
    void changed();
    void failed(const QString& sentence);

private:
    void forget();
    void read_on();

    FollowedRun run_;
    std::shared_ptr<const Components> components_;
    std::vector<IterationRecord> records_;
    ScoreBlocks edges_;
    ScoreBlocks nodes_;
    bool wanted_ = false;
    bool reading_ = false;
    int generation_ = 0; ///< drops what was read of a run that is no longer followed
};

} // namespace circuitloom::ui
