#pragma once

#include "ui/circuit/view_state.h"

#include <QObject>

#include <memory>
#include <optional>

namespace circuitloom::ui {

class CircuitView;

/// Keeps a second circuit view at what the first one is at: camera, selection, filter, what is
/// pinned, hidden, isolated, switched off and folded, and which layout is chosen. What the user
/// does to the second one goes to the first, and undo is there, also for who presses its keys in
/// the second. Colours stay each one's own. Where the graphs differ, what is chosen is translated
/// by the names of nodes; what the first one's graph lacks stays chosen in the second until
/// something else is.
class LinkedViews : public QObject
{
    Q_OBJECT

public:
    /// Both must outlive it.
    LinkedViews(CircuitView& first, CircuitView& second, QObject* parent = nullptr);

    /// Does nothing while it is off; on, the second follows at once.
    void set_linked(bool linked);
    /// Shows another graph in the second view, or none. A view that begins anew forgets its camera
    /// and its selection; the first one keeps its own, and the second takes them over.
    void set_second_graph(std::shared_ptr<const ComputationalGraph> graph);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void lead();
    void follow();
    /// Both are alike now, as far as they can be.
    void note();
    /// Undo and redo in the second view are those of the first.
    bool take_undo(QEvent& event);
    /// Pixels of the second view for one of the first, at the same zoom.
    double scale_of_second() const;

    CircuitView& first_;
    CircuitView& second_;
    /// Both as they were when they were alike last; nothing where they shall be made so anew.
    struct Alike
    {
        ViewState first;
        ViewState second;
    };
    std::optional<Alike> alike_;
    bool linked_ = false;
    bool busy_ = false;
};

} // namespace circuitloom::ui
