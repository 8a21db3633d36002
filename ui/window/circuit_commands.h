#pragma once

#include "core/analysis/circuit_filter.h"
#include "core/graph/supernode.h"
#include "ui/base/background.h"
#include "ui/circuit/hover_card.h"
#include "ui/timeline/playback.h"

#include <QObject>
#include <QString>

#include <optional>
#include <vector>

namespace circuitloom::ui {

class CircuitPanel;
class ExperimentSession;
class RunAges;

/// What the circuit panel needs from the experiment's file beyond the iteration shown, read and
/// written in the background: the edges of all iterations for the dot layout, supernodes, and when
/// an edge was in the circuit.
class CircuitCommands : public QObject
{
    Q_OBJECT

public:
    CircuitCommands(ExperimentSession& session, CircuitPanel& panel, RunAges& ages);

    /// The iterations whose edges the dot layout holds; all of the run where there is no range.
    void set_range(const std::optional<LoopRange>& range);

Q_SIGNALS:
    /// A sentence for the user.
    void failed(const QString& sentence);

private:
    KnownSpan span_of(const GraphChoice& item);
    void read_edges(const CircuitFilter& filter);
    void read_supernodes();
    void save_supernodes(const std::vector<Supernode>& supernodes);

    ExperimentSession& session_;
    CircuitPanel& panel_;
    RunAges& ages_;
    QString file_; ///< whose supernodes are shown
    bool changed_ = false; ///< the user was quicker than the reading
    std::optional<LoopRange> range_;
    int generation_ = 0; ///< drops edges that are no longer wanted
    Background saving_; ///< one thread: what is saved last is what stays
};

} // namespace circuitloom::ui
