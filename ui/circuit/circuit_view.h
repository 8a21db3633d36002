#pragma once

#include "ui/circuit/circuit_canvas.h"
#include "ui/circuit/circuit_drawing.h"
#include "ui/circuit/circuit_scene.h"
#include "ui/circuit/hit_index.h"
#include "ui/circuit/hover_card.h"
#include "ui/circuit/view_history.h"
#include "ui/circuit/view_state.h"
#include "ui/theme/theme.h"

#include <QElapsedTimer>
#include <QVariantAnimation>
#include <QWidget>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace circuitloom::ui {

/// Shows one circuit and moves smoothly to the next. Drag pans, with Shift it selects what lies in
/// a rectangle; the wheel and + - zoom, F or a double click beside the circuit fits; a click
/// selects, with Shift one more, a double click isolates; Tab walks through the circuit's nodes,
/// Esc clears. See keyPressEvent() for more keys.
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

    void set_filter(const CircuitFilter& filter);
    const CircuitFilter& filter() const { return state_.filter; }
    /// What the scene is made with.
    const SceneOptions& scene_options() const { return options_; }
    void set_color_mode(ColorMode mode);
    ColorMode color_mode() const { return options_.mode; }
    void set_width_scale(WidthScale scale);
    WidthScale width_scale() const { return options_.width; }
    void set_theme(const Theme& theme);
    /// One line of text over a faint lattice where there is no circuit.
    void set_placeholder(const QString& text);
    /// What tells when an edge was in the circuit; asked while one is pointed at.
    void set_span_source(SpanOf span_of) { span_of_ = std::move(span_of); }
    /// It knows more than before.
    void spans_grew();
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
    /// What pointing at an item tells.
    HoverCard card_of(const NodeOrEdge& item) const;

    /// What was done to the view; undo() and redo() step through it.
    const ViewState& state() const { return state_; }
    void undo();
    void redo();
    bool can_undo() const { return history_.can_undo(); }
    bool can_redo() const { return history_.can_redo(); }

    /// How the colours and the layout were chosen; the circuits for them come from elsewhere.
    void choose_colors(ColorChoice colors);
    void choose_layout(LayoutChoice layout);
    /// The lattice with what is folded drawn as one; null where `graph` is.
    const std::shared_ptr<const CircuitLayout>& plain_layout() const { return plain_; }
    /// For LayoutChoice::dot, made of plain_layout(). Until it comes, and again when that changes,
    /// the plain layout is shown.
    void set_dot_layout(std::shared_ptr<const CircuitLayout> layout);

    const CircuitCamera& camera() const { return state_.camera; }
    void fit();
    void zoom_by(double factor, const QPointF& around);
    void pan_by(const QPointF& pixels);
    void zoom_to_selection();

    void select(const GraphChoice& choice);
    void select_item(const std::optional<NodeOrEdge>& item);
    /// Adds the item to the selection, or takes it out.
    void toggle_item(const NodeOrEdge& item);
    /// What a search finds; see find_named(). False if there is none.
    bool select_named(const QString& name);
    const GraphChoice& selection() const { return state_.selection; }
    /// What stays lit wherever the pointer is: what an export shows.
    CircuitHighlight highlight() const { return { state_.selection, state_.pinned, {} }; }
    /// Names to go on with what was typed; see completions().
    QStringList completions_of(const QString& typed, int most) const;

    /// Shows only the paths through the choice; everything where it is empty.
    void isolate(const GraphChoice& choice);
    void set_pinned(const GraphChoice& choice, bool pinned);
    void hide_choice(const GraphChoice& choice);
    /// Nothing isolated, nothing hidden.
    void show_all();

    /// Those of the file. Not a change that undo() takes back.
    void set_supernodes(const std::vector<Supernode>& supernodes);
    /// Makes the nodes of the choice a folded supernode. They leave those that they were in.
    void group(const QString& name, const GraphChoice& choice);
    void ungroup(const std::string& name);
    void set_folded(const std::string& name, bool folded);
    void fold_layer(int layer, bool folded);
    void fold_mlps(int layer, bool folded);

    QSize sizeHint() const override { return { 900, 560 }; }
    QSize minimumSizeHint() const override { return { 320, 220 }; }

Q_SIGNALS:
    /// `a2.h4` or `m4->a5.h3<q>`; empty where nothing is selected.
    void selection_changed(const QString& name);
    /// The card's text in one line; empty where the pointer is over nothing.
    void hovered(const QString& text);
    /// state() is another, be it by undo.
    void state_changed();
    /// plain_layout() is another.
    void plain_layout_changed();
    /// Supernodes were made, changed or dropped here.
    void supernodes_changed(const std::vector<Supernode>& supernodes);
    /// What the circuit shows has changed: see scene().
    void scene_changed();

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
    void contextMenuEvent(QContextMenuEvent* event) override;

private:
    void change(ViewHistory::Change kind, const std::function<void(ViewState&)>& edit);
    /// Goes over to `next` and tells of it.
    void apply(const ViewState& next);
    void rebuild_plain_layout();
    void take_layout();
    /// Folds neuron groups where they are too small to be told apart, or unfolds them again.
    void mind_distance();
    void go_to_target(bool animate);
    void set_hover(std::optional<NodeOrEdge> item, const QPointF& at);
    void set_camera(const CircuitCamera& camera);
    CircuitCamera within_sight(CircuitCamera camera) const;
    bool act_on_key(const QKeyEvent& event);
    void select_in(const QRectF& band);
    bool step_selection(int direction);
    /// Lights up what is hovered, else what is selected, and what is pinned.
    void update_focus();
    /// What is on the screen now.
    Drawing drawing() const;
    DrawingLayer placeholder_layer() const;
    CircuitPaintOptions paint_options() const;
    QRectF graph_rect() const;
    std::optional<NodeOrEdge> item_at(const QPointF& point);

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
    SpanOf span_of_;
    QString placeholder_;
    CircuitLayout empty_lattice_; ///< drawn behind the placeholder

    ViewState state_;
    ViewHistory history_;
    QElapsedTimer clock_;
    std::shared_ptr<const CircuitLayout> lattice_;
    std::shared_ptr<const CircuitLayout> plain_;
    std::shared_ptr<const CircuitLayout> far_; ///< plain_ with all neuron groups folded
    std::shared_ptr<const CircuitLayout> dot_; ///< made of plain_; null until it comes
    bool is_far_ = false;

    std::optional<HitIndex> hits_; ///< of what is seen; made when it is asked for
    std::optional<NodeOrEdge> hover_;
    std::optional<HoverCard> card_; ///< of what is pointed at
    QPointF hover_at_;
    CircuitHighlight lit_; ///< what stands out, or did until it faded
    std::optional<QPointF> drag_from_;
    std::optional<QRectF> band_; ///< while a rectangle is drawn that selects
    bool dragged_ = false;
    bool focus_ring_ = false;

    QVariantAnimation motion_;
    QVariantAnimation focus_fade_;
};

} // namespace circuitloom::ui
