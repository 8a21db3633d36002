#pragma once

#include "ui/circuit/circuit_canvas.h"
#include "ui/circuit/circuit_drawing.h"
#include "ui/circuit/circuit_scene.h"
#include "ui/theme/theme.h"

#include <QVariantAnimation>
#include <QWidget>

#include <memory>
#include <optional>

namespace circuitloom::ui {

/// Shows one circuit and moves smoothly to the next. Drag pans, the wheel and + - zoom, F or a
/// double click fits, a click selects, Tab walks through the circuit's nodes, Esc clears.
class CircuitView : public QWidget
{
    Q_OBJECT

public:
    explicit CircuitView(QWidget* parent = nullptr);

    /// Forgets the circuit shown. Null shows the placeholder.
    void set_graph(std::shared_ptr<const ComputationalGraph> graph);
    /// `reference`: what the change colours compare with; empty for none. `ages`: of the edges of
    /// `now`, see SceneOptions. An animation under way goes on from what is seen at this moment.
    void show_circuit(
        const Circuit& now, const Circuit& reference, bool animate, std::vector<int> ages = {});

    /// The number of edges shown, strongest first; 35 at first.
    void set_strongest(int n);
    int strongest() const { return options_.strongest; }
    void set_color_mode(ColorMode mode);
    ColorMode color_mode() const { return options_.mode; }
    void set_width_scale(WidthScale scale);
    WidthScale width_scale() const { return options_.width; }
    void set_theme(const Theme& theme);
    /// One line of text over a faint lattice where there is no circuit.
    void set_placeholder(const QString& text);
    /// Iterations replace each other without animation.
    void set_reduced_motion(bool reduced);
    /// From now on OpenGL paints, if it works here.
    bool use_opengl();
    /// While iterations follow each other at this rate the motion between them never rests; 0
    /// where they do not, and every change comes to a smooth end of its own.
    void set_pace(double iterations_per_second);

    /// What is shown once a running animation has ended: what an export takes.
    const CircuitScene& scene() const { return target_; }
    /// What is on the screen at this moment.
    const CircuitScene& displayed_scene() const { return shown_; }
    bool animating() const;

    const CircuitCamera& camera() const { return camera_; }
    void fit();
    void zoom_by(double factor, const QPointF& around);
    void select(std::optional<NodeOrEdge> item);
    /// Selects the node or edge of this name (`a2.h5`, `m0.g2->a2.h2<k>`); false if there is none.
    bool select_named(const QString& name);
    const std::optional<NodeOrEdge>& selection() const { return selection_; }

    QSize sizeHint() const override { return { 900, 560 }; }
    QSize minimumSizeHint() const override { return { 320, 220 }; }

Q_SIGNALS:
    /// `a2.h4` or `m4->a5.h3<q>`; empty where nothing is selected.
    void selection_changed(const QString& name);
    /// The card's text in one line; empty where the pointer is over nothing.
    void hovered(const QString& text);

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    void go_to_target(bool animate);
    void set_hover(std::optional<NodeOrEdge> item, const QPointF& at);
    void set_camera(const CircuitCamera& camera);
    bool step_selection(int direction);
    /// Lights up what is hovered, else what is selected.
    void update_focus();
    /// What is on the screen now.
    Drawing drawing() const;
    DrawingLayer placeholder_layer() const;
    bool in_circuit(const NodeOrEdge& item) const;
    CircuitPaintOptions paint_options() const;
    QRectF graph_rect() const;
    std::optional<NodeOrEdge> item_at(const QPointF& point) const;

    CircuitCanvas canvas_;
    Theme theme_;
    CircuitScene shown_;
    CircuitScene departure_;
    CircuitScene target_;
    Circuit now_;
    Circuit reference_;
    SceneOptions options_;
    Entrance entrance_ = Entrance::grow; ///< of the motion under way
    bool reduced_motion_ = false;
    QString placeholder_;
    CircuitLayout empty_lattice_; ///< drawn behind the placeholder

    CircuitCamera camera_;
    std::optional<NodeOrEdge> selection_;
    std::optional<NodeOrEdge> hover_;
    QPointF hover_at_;
    std::optional<NodeOrEdge> lit_; ///< what stands out, or did until it faded
    std::optional<QPointF> drag_from_;
    bool dragged_ = false;
    bool focus_ring_ = false;

    QVariantAnimation motion_;
    QVariantAnimation focus_fade_;
};

} // namespace circuitloom::ui
