// What a circuit view shows, without the view.
#include "tests/support/circuit_samples.h"
#include "tests/support/ui_test.h"
#include "ui/circuit/circuit_choice.h"
#include "ui/circuit/focus_fade.h"
#include "ui/circuit/viewed_circuit.h"

#include <QSignalSpy>
#include <QTest>

using namespace circuitloom;
using namespace circuitloom::ui;
using circuitloom::testing::circuit_of;
using circuitloom::testing::demo_graph;

class TestViewedCircuit : public QObject
{
    Q_OBJECT

private:
    std::shared_ptr<const ComputationalGraph> graph_ = demo_graph();
    Circuit first_ = circuit_of(*graph_, { "a3.h4->logits", "a2.h2->a3.h4<q>", "input->a2.h2<v>" });
    Circuit second_ = circuit_of(*graph_, { "a2.h2->logits", "a3.h4->logits", "input->a2.h2<v>" });

    CircuitScene scene(const Circuit& now, const Circuit& reference = {}) const
    {
        CircuitLayouts layouts;
        layouts.set_graph(graph_, {});
        static const auto layout = layouts.plain();
        return scene_of(graph_, layout, now, reference, {});
    }

    static bool has(const CircuitLayout& layout, const char* name)
    {
        return std::ranges::any_of(
            layout.nodes, [=](const DrawnNode& node) { return node.name == name; });
    }

private Q_SLOTS:
    void a_motion_goes_on_from_what_is_seen()
    {
        SceneMotion motion;
        motion.set_visible(true);
        motion.go_to(scene(first_), false);
        QCOMPARE(motion.shown().edges, scene(first_).edges);
        QSignalSpy moves(&motion, &SceneMotion::moved);
        motion.go_to(scene(second_, first_), true);
        QVERIFY(motion.running());
        QTRY_VERIFY(motion.shown().edges != scene(first_).edges);
        const auto seen = motion.shown().edges;
        motion.go_to(scene(first_, second_), true);
        QCOMPARE(motion.shown().edges, seen);
        QTRY_VERIFY(!motion.running());
        QCOMPARE(motion.shown().edges, motion.target().edges);
        QVERIFY(!moves.isEmpty());
    }

    void nothing_moves_unseen_or_where_motion_is_reduced()
    {
        SceneMotion motion;
        motion.go_to(scene(first_), true);
        QVERIFY(!motion.running());
        motion.set_visible(true);
        motion.go_to(scene(second_), true);
        QVERIFY(motion.running());
        motion.set_visible(false);
        QVERIFY(!motion.running());
        QCOMPARE(motion.shown().edges, scene(second_).edges);
        motion.set_visible(true);
        motion.set_reduced(true);
        motion.go_to(scene(first_), true);
        QVERIFY(!motion.running());
        QCOMPARE(motion.shown().edges, scene(first_).edges);
    }

    void at_a_pace_the_motion_lasts_until_the_next_scene()
    {
        SceneMotion motion;
        motion.set_visible(true);
        motion.go_to(scene(first_), false);
        motion.set_pace(0.25); // 4 s, of which a busy machine may lose some
        motion.go_to(scene(second_), true);
        QTest::qWait(400); // by its own a motion takes 220 ms
        QVERIFY(motion.running());
    }

    void the_focus_fades_in_and_out()
    {
        const CircuitScene shown = scene(first_);
        FocusFade fade;
        QSignalSpy changes(&fade, &FocusFade::changed);
        const GraphChoice head
            = choice_of(*shown.layout, NodeOrEdge{ source_of(shown, first_[0].edge) });
        fade.follow(shown, { head, {}, {} });
        QCOMPARE(fade.lit().selection, head);
        QTRY_COMPARE(fade.depth(), 1.0);
        // A node without edges here leaves the selection lit.
        const NodeOrEdge lonely = choice_of(*shown.layout, DrawnNodeId{ 1 }) == head
            ? DrawnNodeId{ 2 }
            : DrawnNodeId{ 1 };
        fade.follow(shown, { head, {}, lonely });
        QCOMPARE(fade.lit().selection, head);
        QCOMPARE(fade.depth(), 1.0);
        // It stays lit until it has faded.
        fade.follow(shown, {});
        QCOMPARE(fade.lit().selection, head);
        QTRY_COMPARE(fade.depth(), 0.0);
        QVERIFY(fade.lit().empty());
        QVERIFY(!changes.isEmpty());
        fade.set_reduced(true);
        fade.follow(shown, { head, {}, {} });
        QCOMPARE(fade.depth(), 1.0);
        fade.clear();
        QVERIFY(fade.lit().empty());
    }

    void what_is_pointed_at_does_not_dim_what_is_selected_or_isolated()
    {
        const CircuitScene shown = scene(first_);
        const DrawnNodeId node = source_of(shown, first_[0].edge);
        const GraphChoice head = choice_of(*shown.layout, NodeOrEdge{ node });
        const CircuitFocus selected(shown, { head, {}, {} }, 1);
        for (const EdgeAppearance& hovered : shown.edges) {
            const CircuitFocus both(shown, { head, {}, NodeOrEdge{ hovered.edge } }, 1);
            QVERIFY(both.lit(hovered.edge));
            const CircuitFocus isolated(shown, { {}, {}, NodeOrEdge{ hovered.edge }, head }, 1);
            const CircuitFocus plain(shown, { {}, {}, NodeOrEdge{ hovered.edge } }, 1);
            for (const EdgeAppearance& edge : shown.edges) {
                QVERIFY(!selected.lit(edge.edge) || both.lit(edge.edge));
                QVERIFY(isolated.lit(edge.edge));
                QCOMPARE(plain.lit(edge.edge), edge.edge == hovered.edge);
            }
        }
    }

    void layouts_are_chosen_by_folding_distance_and_wish()
    {
        CircuitLayouts layouts;
        QVERIFY(!layouts.shown());
        layouts.set_graph(graph_, {});
        QVERIFY(layouts.shown() == layouts.lattice());
        QVERIFY(has(*layouts.shown(), "m0.g3"));
        // Far away, groups are one; a little nearer they stay so, or the picture would flicker.
        QVERIFY(layouts.set_scale(0.2, 1));
        QVERIFY(has(*layouts.shown(), "m0") && !has(*layouts.shown(), "m0.g3"));
        QVERIFY(has(*layouts.plain(), "m0.g3"));
        QVERIFY(!layouts.set_scale(0.33, 1));
        QVERIFY(layouts.set_scale(0.4, 1));
        QVERIFY(!layouts.set_scale(0.33, 1));

        // Once the run's edges are known, only what they touch has room; of very many edges layers
        // are one, until they are looked at closely.
        const std::vector<EdgeId> edges{ first_[0].edge, first_[1].edge };
        CircuitLayouts close;
        close.set_graph(graph_, {});
        close.set_scale(1, 1);
        QVERIFY(close.set_edges(edges, 2));
        QVERIFY(close.shown() == close.near() && close.near() != close.plain());
        QVERIFY(!close.set_edges(edges, 2)); // the same again moves nothing
        close.set_edges(edges, most_single_edges + 1);
        close.set_scale(1, 1);
        QVERIFY(close.shown()->form == LayoutForm::layers);
        QVERIFY(close.set_scale(1, 2));
        QVERIFY(close.shown() == close.near());
        close.choose(LayoutChoice::matrix);
        QVERIFY(close.shown()->form == LayoutForm::matrix);

        const auto dot = std::make_shared<const CircuitLayout>(*layouts.plain());
        close.choose(LayoutChoice::dot);
        close.set_dot(dot);
        QVERIFY(close.shown() == dot); // of very many edges, looked at closely
        QVERIFY(close.set_scale(1, 1));
        QVERIFY(close.shown()->form == LayoutForm::layers);
        layouts.choose(LayoutChoice::dot);
        QVERIFY(layouts.shown() == layouts.plain()); // until there is one
        layouts.set_dot(dot);
        QVERIFY(layouts.shown() == dot);
        QVERIFY(!layouts.set_scale(0.1, 1)); // a dot layout is the same from everywhere
        layouts.set_scale(1, 1);
        Folding folding;
        folding.layers.insert(1);
        layouts.fold(folding);
        QVERIFY(layouts.shown() == layouts.plain());
        QVERIFY(has(*layouts.plain(), "layer 1"));
        layouts.set_graph(nullptr, folding);
        QVERIFY(!layouts.shown() && !layouts.lattice() && !layouts.plain());
    }

    void an_editor_says_what_was_before()
    {
        ViewEditor editor;
        std::vector<ViewState> before;
        connect(&editor, &ViewEditor::changed, this,
            [&](const ViewState& state) { before.push_back(state); });
        const GraphChoice some{ { NodeId{ 1 }, NodeId{ 4 } }, {} };
        editor.select(some);
        editor.select(some); // no change
        editor.hide(some);
        QCOMPARE(before.size(), std::size_t(2));
        QVERIFY(before[0] == ViewState{});
        QVERIFY(before[1].selection == some);
        QVERIFY(editor.state().selection.empty());
        editor.undo();
        QVERIFY(editor.state() == before[1]);
        QVERIFY(before[2].hidden == some);
        editor.redo();
        QVERIFY(editor.state().hidden == some);
        // What comes with another graph is no change that could be taken back.
        editor.choose_colors(ColorChoice::age);
        const std::size_t told = before.size();
        editor.begin_graph();
        QVERIFY(editor.state().hidden.empty());
        QVERIFY(editor.state().colors == ColorChoice::age);
        QVERIFY(!editor.can_undo());
        QVERIFY(editor.load_supernodes({ { "two", { "a1.h1", "a1.h2" }, true } }));
        QVERIFY(!editor.load_supernodes({ { "two", { "a1.h1", "a1.h2" }, true } }));
        QVERIFY(!editor.can_undo());
        QCOMPARE(before.size(), told);
        // A node is in one supernode only, and an empty one is none.
        editor.group("three", { "a1.h1", "a1.h2", "a1.h3" });
        QCOMPARE(editor.state().folding.supernodes.size(), std::size_t(1));
        QCOMPARE(editor.state().folding.supernodes[0].name, std::string("three"));
        editor.group("", { "a1.h1" });
        editor.group("none", {});
        QCOMPARE(editor.state().folding.supernodes.size(), std::size_t(1));
    }

    void a_scene_follows_the_state()
    {
        ViewedCircuit shown;
        shown.set_graph(graph_);
        shown.show(first_, {}, false);
        QCOMPARE(shown.scene().edges.size(), std::size_t(3));
        QStringList told;
        connect(&shown, &ViewedCircuit::nodes_renumbered, this,
            [&] { told << QStringLiteral("nodes"); });
        connect(
            &shown, &ViewedCircuit::scene_changed, this, [&] { told << QStringLiteral("scene"); });
        connect(&shown, &ViewedCircuit::plain_layout_changed, this,
            [&] { told << QStringLiteral("layout"); });
        connect(&shown, &ViewedCircuit::selection_changed, this,
            [&](const QString& name) { told << QStringLiteral("selected ") + name; });
        connect(
            &shown, &ViewedCircuit::state_changed, this, [&] { told << QStringLiteral("state"); });
        QVERIFY(shown.select_named(QStringLiteral("a2.h2")));
        QCOMPARE(told.join(u','), QStringLiteral("selected a2.h2,state"));
        told.clear();
        shown.editor().hide(shown.state().selection);
        QCOMPARE(shown.scene().edges.size(), std::size_t(1));
        QCOMPARE(told.join(u','), QStringLiteral("scene,selected ,state"));
        told.clear();
        shown.editor().fold_layer(3, true);
        QCOMPARE(told.join(u','), QStringLiteral("nodes,scene,layout,state"));
        shown.set_graph(nullptr);
        QVERIFY(!shown.scene().graph);
        QVERIFY(!shown.select_named(QStringLiteral("a2.h2")));
        QVERIFY(shown.completions_of(QStringLiteral("a"), 5).isEmpty());
    }
};

CIRCUITLOOM_UI_TEST(TestViewedCircuit, Application::widgets)
#include "tst_viewed_circuit.moc"
