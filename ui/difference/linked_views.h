#pragma once

#include "core/graph/circuit_reach.h"

#include <QObject>

#include <memory>

namespace circuitloom::ui {

class CircuitView;

/// Keeps a second circuit view at what the first one is at: camera, selection, filter, what is
/// pinned, hidden, isolated, switched off and folded, and which layout is chosen. What the user does
/// to the second one, camera and selection, goes to the first, so that undo is there. Colours stay
/// the first one's own.
/// Where the graphs differ, what is chosen is translated by the names of nodes.
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
    /// Pixels of the second view for one of the first, at the same zoom.
    double scale_of_second() const;

    CircuitView& first_;
    CircuitView& second_;
    GraphChoice led_; ///< the second's selection as the first gave it
    bool linked_ = false;
    bool busy_ = false;
};

} // namespace circuitloom::ui
