#pragma once

#include "core/store/stored_certainty.h"
#include "ui/session/followed_run.h"

#include <QCache>
#include <QObject>
#include <QString>

#include <memory>

namespace circuitloom::ui {

/// How sure the edges of the shown run's circuits are, as far as that is in memory, and the reading
/// of more in the background: some iterations at a time, so that playing finds them.
class RunCertainties : public QObject
{
    Q_OBJECT

public:
    /// Of one circuit; without edges where it was not resampled.
    using Edges = std::shared_ptr<const CertainEdges>;

    explicit RunCertainties(QObject* parent = nullptr);

    /// `run` of `file` is to be read as far as it is known by now; null for none. What is known of
    /// another run, or of the same one before it was written anew, is forgotten.
    void follow(const QString& file, const RunHistory* run);
    /// Null where it is not known yet; then arrived() comes.
    Edges want(int iteration);
    /// Null where it is not known.
    Edges known(int iteration) const;

Q_SIGNALS:
    /// More is known than before.
    void arrived();
    void failed(const QString& sentence);

private:
    void read(int from);

    FollowedRun run_;
    int wanted_ = -1; ///< while something is read
    bool reading_ = false;
    bool broken_ = false; ///< reading failed, which was said once
    int generation_ = 0; ///< drops what was read of a run that is no longer followed
    QCache<int, Edges> edges_; ///< costs are edges
};

} // namespace circuitloom::ui
