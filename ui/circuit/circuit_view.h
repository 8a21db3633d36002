#pragma once

#include "ui/circuit/circuit_canvas.h"
#include "ui/circuit/circuit_drawing.h"
#include "ui/circuit/circuit_placeholder.h"
#include "ui/circuit/focus_fade.h"
#include "ui/circuit/hit_index.h"
#include "ui/circuit/hover_card.h"
#include "ui/circuit/viewed_circuit.h"
#include "ui/theme/theme.h"

#include <QWidget>

#include <memory>
#include <optional>
#include <utility>

namespace circuitloom::ui {

class MouseGestures;

/// Paints one circuit and lets the user look around in it. Drag pans, with Shift it selects what
/// lies in a rectangle; the wheel zooms, a double click beside the circuit shows everything; a
/// click selects, with Shift one more, a double click isolates; the arrows walk through
/// the circuit's nodes. See act_on_key() for the keys and circuit_menu() for the menu.
class CircuitView : public QWidget
{
    Q_OBJECT

public:
    explicit CircuitView(QWidget* parent = nullptr);

    /// What is shown: set the graph, the circuit and everything else there.
    ViewedCircuit& circuit() { return circuit_; }
    const ViewedCircuit& circuit() const { return circuit_; }
    /// What is shown once a running animation has ended: what an export takes.
    const CircuitScene& scene() const { return circuit_.scene(); }
    /// What the user did to the view, and how it is changed and taken back.
    const ViewState& state() const { return circuit_.state(); }
    ViewEditor& editor() { return circuit_.editor(); }

    void set_theme(const Theme& theme);
    /// One line of text over a faint lattice where there is no circuit.
    void set_placeholder(const QString& text);
    /// Tells when an edge was in the circuit; asked while one is pointed at.
    void set_span_source(SpanOf span_of) { span_of_ = std::move(span_of); }
    /// The span source knows more than before: the card shown is made anew.
    void spans_grew();
    /// Iterations replace each other without animation.
    void set_reduced_motion(bool reduced);
    /// Its motions are from now on as long as those of the other view are now.
    void move_as(const CircuitView& other);
    /// From now on OpenGL paints, if it works here.
    bool use_opengl();

    /// Where the nodes and edges of scene() are drawn. There must be a graph.
    CircuitGeometry geometry() const;
    /// What the pointer would point at; see HitIndex.
    std::optional<NodeOrEdge> item_at(const QPointF& point);
    /// What pointing at an item tells.
    HoverCard card_of(const NodeOrEdge& item) const;
    /// What stays lit wherever the pointer is: what an export shows.
    CircuitHighlight highlight() const { return { state().selection, state().pinned, {} }; }

    /// Whether the focus came by the keyboard, or a key has walked to a node since the last click.
    bool keyboard_in_use() const { return focus_ring_; }
    void use_keyboard();

    void fit();
    void zoom_by(double factor, const QPointF& around);
    void pan_by(const QPointF& pixels);
    void zoom_to_selection();

    QSize sizeHint() const override { return { 900, 560 }; }
    QSize minimumSizeHint() const override { return { 320, 220 }; }

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;

private:
    struct Hovered
    {
        NodeOrEdge item;
        QPointF at;
        HoverCard card;
    };

    void connect_circuit();
    void connect_mouse();
    /// Tells assistive programs that the selection is another, and which node has the focus now.
    void announce_selection();
    void follow_camera();
    void set_camera(const CircuitCamera& camera);
    void point_at(const QPointF& at);
    void clear_hover();
    /// Lights up what is selected, pinned and hovered.
    void update_focus();
    CircuitHighlight wanted_highlight() const;
    Drawing drawing() const;
    double legend_scale() const;
    CircuitPaintOptions paint_options() const;
    QRectF graph_rect() const;

    CircuitCanvas canvas_;
    Theme theme_;
    CircuitPlaceholder placeholder_;
    ViewedCircuit circuit_;
    SpanOf span_of_;
    FocusFade fade_;
    MouseGestures* mouse_;
    std::optional<Hovered> hover_;
    std::optional<HitIndex> hits_; ///< of scene(); made when it is asked for
    bool focus_ring_ = false;
};

} // namespace circuitloom::ui
