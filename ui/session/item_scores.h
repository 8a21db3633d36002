#pragma once

#include "core/analysis/group_courses.h"
#include "ui/session/circuit_pieces.h"
#include "ui/session/curve_data.h"

#include <QObject>
#include <QString>

#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace circuitloom::ui {

/// The score of each item, by its name, over the steps: an edge's own, `m1->a2.h5<q>`, or the sum of
/// those of a node's edges, `a2.h5`. Not a number where the circuit has none of them.
using ItemCurves = std::map<std::string, Curve, std::less<>>;

/// The edges that each name stands for; none where the graph has no such edge or node.
std::vector<std::vector<EdgeId>> edges_named(
    const ComputationalGraph& graph, std::span<const std::string> items);

/// Reads item curves of runs of one file, in the background and only those that somebody wants; they
/// grow as the runs do. For the window's thread.
class ItemScores : public QObject
{
    Q_OBJECT

public:
    /// All of these items of the run of `file`, as far as it has come, and no others; without any the
    /// run is read no further and forgotten. For an item that was not wanted before, the run's
    /// circuits are read once more; the curves of the others stay meanwhile.
    void want(const QString& file, const RunHistory& run, const std::vector<std::string>& items);
    void forget() { runs_.clear(); }
    /// Of the run whose history has that graph; null while nothing is known. It grows, until other
    /// items are wanted: then there is another one.
    std::shared_ptr<const ItemCurves> known(
        const std::shared_ptr<const ComputationalGraph>& graph) const;

Q_SIGNALS:
    /// known() of some run is another one than before.
    void changed();
    /// What known() of some run gave has grown.
    void grown();
    /// A sentence for the user. That run is not read again before further items of it are wanted.
    void failed(const QString& sentence);

private:
    struct Followed
    {
        std::shared_ptr<const ComputationalGraph> graph;
        std::vector<std::string> wanted;
        std::vector<std::string> read; ///< those wanted, and some that no longer are
        std::vector<int> steps; ///< of its iterations
        GroupCourses courses{ std::vector<std::vector<EdgeId>>() }; ///< of what is read
        std::shared_ptr<ItemCurves> curves; ///< of what is wanted
        bool broken = false; ///< reading failed
        std::unique_ptr<CircuitPieces> pieces;
    };

    Followed& followed(RunId run);
    void forget(RunId run);
    static void begin(Followed& followed);
    static void choose(Followed& followed);
    static void extend(Followed& followed);
    void take(RunId run, const std::vector<Circuit>& circuits);

    std::map<RunId, Followed> runs_;
};

} // namespace circuitloom::ui
