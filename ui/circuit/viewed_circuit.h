#pragma once

#include "ui/circuit/circuit_layouts.h"
#include "ui/circuit/scene_motion.h"
#include "ui/circuit/view_editor.h"

#include <QObject>
#include <QString>
#include <QStringList>

#include <memory>
#include <optional>
#include <vector>

namespace circuitloom::ui {

/// Joins what a circuit view shows: the circuit and what it is compared with, the layouts, what the
/// user did to the view, and the scene that comes of them. It knows no widget; the view paints the
/// scene and says how large it is.
class ViewedCircuit : public QObject
{
    Q_OBJECT

public:
    explicit ViewedCircuit(QObject* parent = nullptr);

    /// Forgets the circuit shown. Null shows nothing.
    void set_graph(std::shared_ptr<const ComputationalGraph> graph);
    /// `reference`: what the change colours compare with; empty for none. `ages`: of the edges of
    /// `now`, see SceneOptions. A motion under way goes on from what is seen at this moment.
    void show(
        const Circuit& now, const Circuit& reference, bool animate, std::vector<int> ages = {},
        std::shared_ptr<const CertainEdges> certain = nullptr);
    /// It is known now how sure the edges are; see SceneOptions.
    void set_certain(std::shared_ptr<const CertainEdges> certain);
    /// `other`: what the reference is called in ColorMode::sides.
    void set_color_mode(ColorMode mode, char other = 'B');
    void set_width_scale(WidthScale scale);

    /// The whole circuit, of which the scene may show a part.
    const Circuit& circuit() const { return now_; }
    /// What the change colours compare it with; empty for none.
    const Circuit& reference() const { return reference_; }
    /// What the scene is made with.
    const SceneOptions& options() const { return options_; }
    /// What is shown once a motion has ended.
    const CircuitScene& scene() const { return motion_.target(); }
    SceneMotion& motion() { return motion_; }
    const SceneMotion& motion() const { return motion_; }

    /// Changes the state of the view and takes changes back.
    ViewEditor& editor() { return editor_; }
    const ViewEditor& editor() const { return editor_; }
    const ViewState& state() const { return editor_.state(); }

    /// The lattice with what is folded drawn as one; null without a graph.
    const std::shared_ptr<const CircuitLayout>& plain_layout() const { return layouts_.plain(); }
    /// For LayoutChoice::dot, made of plain_layout(). Until it comes, and again when that changes,
    /// the plain layout is shown.
    void set_dot_layout(std::shared_ptr<const CircuitLayout> layout);
    /// The same as it is shown near by.
    const std::shared_ptr<const CircuitLayout>& near_layout() const { return layouts_.near(); }
    /// What the filter shows in any iteration, see CircuitLayouts::set_edges().
    void set_run_edges(std::vector<EdgeId> edges, int most);
    /// See CircuitLayouts::set_scale().
    void set_scale(double pixels_per_unit, double zoom);

    void select_item(const std::optional<NodeOrEdge>& item);
    /// Adds the item to the selection, or takes it out.
    void toggle_item(const NodeOrEdge& item);
    /// Selects what a search finds; see find_named(). False if there is nothing.
    bool select_named(const QString& name);
    /// Names to go on with what was typed; see completions().
    QStringList completions_of(const QString& typed, int most) const;

    /// Those of the file. Not a change that can be undone.
    void set_supernodes(const std::vector<Supernode>& supernodes);
    /// Makes the nodes of the choice a folded supernode. They leave those that they were in.
    void group(const QString& name, const GraphChoice& choice);

Q_SIGNALS:
    /// Another graph is about to be shown.
    void graph_changed();
    /// Another layout is about to be shown: no DrawnNodeId from before means anything any more.
    void nodes_renumbered();
    /// scene() is another.
    void scene_changed();
    /// The options say how sure the edges are, or say it no longer.
    void certain_changed();
    /// The state's camera is another.
    void camera_changed();
    /// near_layout() may be another, and so how large it is drawn.
    void near_layout_changed();
    /// plain_layout() is another, and so may the camera be.
    void plain_layout_changed();
    /// `a2.h4` or `m4->a5.h3<q>`; empty where nothing is selected.
    void selection_changed(const QString& name);
    /// Supernodes were made, changed or dropped by the user.
    void supernodes_changed(const std::vector<Supernode>& supernodes);
    /// state() is another, be it by undo, and the scene has followed.
    void state_changed();

private:
    void follow_editor(const ViewState& before);
    void take_layout();
    void make_scene(bool animate);

    Circuit now_;
    Circuit reference_;
    SceneOptions options_;
    ViewEditor editor_;
    CircuitLayouts layouts_;
    SceneMotion motion_;
};

} // namespace circuitloom::ui
