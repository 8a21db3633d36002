#pragma once

#include "core/analysis/circuit_filter.h"
#include "ui/circuit/circuit_scene.h"
#include "ui/circuit/dot_layouts.h"

#include <QObject>
#include <QTimer>

#include <memory>
#include <vector>

namespace circuitloom::ui {

/// Keeps the layouts of a run as they should be: it asks for the edges that the run's circuits
/// have, and again when the filter or the circuits change; while a dot layout is wanted it has
/// Graphviz place them, and does so again when the folding changes.
class RunDotLayout : public QObject
{
    Q_OBJECT

public:
    /// `program`: see DotLayouts.
    explicit RunDotLayout(const QString& program, QObject* parent = nullptr);

    /// Another program lays out from now on; what is under way is dropped.
    void set_program(const QString& program);
    /// Another run is shown, of which no iteration is known yet.
    void begin_run();
    /// `scene` shows iteration `index`. The edges are asked for again where the layout has no place
    /// for nodes of a newer iteration.
    void show_iteration(int index, const CircuitScene& scene);
    /// Whether a dot layout is wanted, and of which edges.
    void follow(bool wanted, const CircuitFilter& filter);
    /// The layout that dot layouts are made of is another.
    void base_changed();
    /// Another answer to edges_wanted() is to be had.
    void edges_changed();
    /// The answer to edges_wanted(), strongest first. Ends with ready() or failed() where a dot
    /// layout is wanted.
    void set_edges(std::shared_ptr<const ComputationalGraph> graph,
        std::shared_ptr<const CircuitLayout> base, std::vector<EdgeId> edges);

Q_SIGNALS:
    /// The edges that `filter` shows in any iteration are needed.
    void edges_wanted(const CircuitFilter& filter);
    void ready(std::shared_ptr<const CircuitLayout> layout);
    /// A sentence for the user.
    void failed(const QString& sentence);
    /// The layout takes long enough to tell the user, or does so no longer.
    void busy_changed(bool busy);

private:
    void ask_soon(int in_ms);

    std::unique_ptr<DotLayouts> layouts_;
    QTimer timer_;
    CircuitFilter filter_;
    bool wanted_ = false;
    bool has_iteration_ = false;
    bool waits_for_edges_ = false;
    int shown_iteration_ = -1;
    int read_until_ = -1; ///< the newest iteration that was shown when edges were asked for
};

} // namespace circuitloom::ui
