// What the user does to a circuit view, and takes back.
#include "core/analysis/circuit_paths.h"
#include "tests/support/circuit_samples.h"
#include "tests/support/ui_test.h"
#include "ui/circuit/circuit_choice.h"
#include "ui/circuit/circuit_menu.h"
#include "ui/circuit/circuit_panel.h"
#include "ui/circuit/dot_layouts.h"

#include <QCheckBox>
#include <QComboBox>
#include <QInputDialog>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QSlider>
#include <QTest>
#include <QToolButton>

#include <algorithm>
#include <memory>

using namespace circuitloom;
using namespace circuitloom::ui;
using circuitloom::testing::circuit_of;
using circuitloom::testing::demo_graph;

namespace {

constexpr int patience = 60'000; ///< milliseconds, for a busy machine

} // namespace

class TestViewState : public QObject
{
    Q_OBJECT

private:
    std::shared_ptr<const ComputationalGraph> graph_ = demo_graph();
    Circuit circuit_ = circuit_of(*graph_,
        { "a3.h4->logits", "a2.h2->a3.h4<q>", "input->a2.h2<v>", "a2.h5->a3.h6<k>", "a3.h6->logits",
            "input->m0.g3", "m0.g3->m1.g2" });

    void open(CircuitView& view) const
    {
        view.resize(900, 560);
        view.set_reduced_motion(true);
        view.circuit().set_graph(graph_);
        view.circuit().show(circuit_, {}, false);
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        view.setFocus();
    }

    QPoint place_of(const CircuitView& view, const char* name) const
    {
        const CircuitScene& scene = view.scene();
        const CircuitGeometry geometry(
            *scene.layout, graph_area(view.size(), *scene.layout, {}), view.state().camera);
        for (std::size_t i = 0; i < scene.layout->nodes.size(); ++i)
            if (scene.layout->nodes[i].name == name)
                return geometry.node_rect({ static_cast<int>(i) }).center().toPoint();
        return {};
    }

    static QStringList shown(const CircuitView& view)
    {
        QStringList names;
        for (const EdgeAppearance& edge : view.scene().edges)
            names << QString::fromStdString(view.scene().graph->edge_name(edge.edge));
        return names;
    }

    static QStringList drawn(const CircuitView& view)
    {
        QStringList names;
        for (const DrawnNode& node : view.scene().layout->nodes)
            names << QString::fromStdString(node.name);
        return names;
    }

private Q_SLOTS:
    void delete_switches_off_and_on_and_is_undone()
    {
        CircuitView view;
        open(view);
        QVERIFY(view.circuit().select_named(QStringLiteral("a2.h2")));
        const GraphChoice head = view.state().selection;
        QTest::keyClick(&view, Qt::Key_Delete);
        QVERIFY(view.state().switched_off == head);
        QVERIFY(view.scene().switched_off == head);
        QVERIFY(view.circuit().options().switched_off == head); // what an export takes
        QVERIFY(view.state().selection == head);
        QTest::keyClick(&view, Qt::Key_Z, Qt::ControlModifier);
        QVERIFY(view.state().switched_off.empty());
        QVERIFY(view.scene().switched_off.empty());
        QTest::keyClick(&view, Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(view.state().switched_off == head);
        // The menu says what it would do, and switches everything on again.
        const std::unique_ptr<QMenu> menu(circuit_menu(view));
        QVERIFY(menu->findChild<QAction*>(QStringLiteral("switchOff"))
                    ->text()
                    .contains(QStringLiteral("&on")));
        menu->findChild<QAction*>(QStringLiteral("switchAllOn"))->trigger();
        QVERIFY(view.state().switched_off.empty());
        menu->findChild<QAction*>(QStringLiteral("switchOff"))->trigger();
        QVERIFY(view.state().switched_off.empty()); // it was to switch on
        // Another graph has none of it.
        view.editor().switch_off(head, true);
        view.circuit().set_graph(graph_);
        QVERIFY(view.state().switched_off.empty());
        QVERIFY(view.circuit().options().switched_off.empty());
    }

    void shift_click_adds_and_takes_out()
    {
        CircuitView view;
        open(view);
        QSignalSpy names(&view.circuit(), &ViewedCircuit::selection_changed);
        QTest::mouseClick(&view, Qt::LeftButton, {}, place_of(view, "a2.h2"));
        QTest::mouseClick(&view, Qt::LeftButton, Qt::ShiftModifier, place_of(view, "a3.h6"));
        QCOMPARE(names.last().at(0).toString(), QStringLiteral("2 nodes"));
        QTest::mouseClick(&view, Qt::LeftButton, Qt::ShiftModifier, place_of(view, "a2.h2"));
        QCOMPARE(names.last().at(0).toString(), QStringLiteral("a3.h6"));
        QTest::mouseClick(&view, Qt::LeftButton, {}, QPoint(3, 3));
        QVERIFY(view.state().selection.empty());
    }

    void a_rectangle_selects_the_circuits_nodes_in_it()
    {
        CircuitView view;
        open(view);
        const QPoint from = place_of(view, "a3.h4") - QPoint(25, 20);
        const QPoint to = place_of(view, "a3.h6") + QPoint(25, 20);
        QTest::mousePress(&view, Qt::LeftButton, Qt::ShiftModifier, from);
        for (const QPoint& at : { (from + to) / 2, to }) {
            QMouseEvent move(QEvent::MouseMove, at, view.mapToGlobal(at), Qt::NoButton,
                Qt::LeftButton, Qt::ShiftModifier);
            QCoreApplication::sendEvent(&view, &move);
        }
        QTest::mouseRelease(&view, Qt::LeftButton, Qt::ShiftModifier, to);
        QCOMPARE(view.state().camera, CircuitCamera{}); // nothing was panned
        const auto items = items_of(*view.scene().layout, view.state().selection);
        QCOMPARE(items.size(), std::size_t(2)); // h5 between them is outside the circuit
        QCOMPARE(item_name(view.scene(), items[0]), QStringLiteral("a3.h4"));
        QCOMPARE(item_name(view.scene(), items[1]), QStringLiteral("a3.h6"));
    }

    void a_selection_lights_its_paths()
    {
        CircuitView view;
        open(view);
        QVERIFY(view.circuit().select_named(QStringLiteral("a2.h2")));
        const CircuitFocus focus(view.scene(), view.highlight(), 1);
        std::vector<EdgeId> edges;
        for (const EdgeAppearance& edge : view.scene().edges)
            edges.push_back(edge.edge);
        const auto paths = paths_through(*graph_, edges, view.state().selection);
        QCOMPARE(paths.size(), std::size_t(3));
        for (const EdgeId edge : edges)
            QCOMPARE(focus.lit(edge), std::ranges::count(paths, edge) > 0);
        // What is pinned stays lit beside another selection.
        view.editor().set_pinned(view.state().selection, true);
        QVERIFY(view.circuit().select_named(QStringLiteral("a3.h6")));
        const CircuitFocus both(view.scene(), view.highlight(), 1);
        for (const EdgeId edge : paths)
            QVERIFY(both.lit(edge));
        QVERIFY(both.lit(*graph_->find_edge("a3.h6->logits")));
        QVERIFY(!both.lit(*graph_->find_edge("input->m0.g3")));
    }

    void a_double_click_isolates_and_all_can_be_shown_again()
    {
        CircuitView view;
        open(view);
        QTest::mouseDClick(&view, Qt::LeftButton, {}, place_of(view, "a2.h2"));
        QCOMPARE(shown(view).size(), 3);
        QVERIFY(!shown(view).contains(QStringLiteral("input->m0.g3")));
        view.editor().show_all();
        QCOMPARE(shown(view).size(), 7);
    }

    void what_is_hidden_takes_its_edges_along()
    {
        CircuitView view;
        open(view);
        view.circuit().select_named(QStringLiteral("m0.g3"));
        QTest::keyClick(&view, Qt::Key_H);
        QCOMPARE(shown(view).size(), 5);
        QVERIFY(view.state().selection.empty());
        QTest::keyClick(&view, Qt::Key_H, Qt::ShiftModifier);
        QCOMPARE(shown(view).size(), 7);
    }

    void every_change_is_undone_and_done_again()
    {
        CircuitView view;
        open(view);
        std::vector<ViewState> states{ view.state() };
        const auto note = [&] {
            QVERIFY(view.state() != states.back());
            states.push_back(view.state());
        };
        view.circuit().select_named(QStringLiteral("a2.h2"));
        note();
        view.editor().set_pinned(view.state().selection, true);
        note();
        view.editor().isolate(view.state().selection);
        note();
        view.zoom_to_selection();
        note();
        view.editor().hide(view.state().selection);
        note();
        view.circuit().group(QStringLiteral("heads"), view.state().pinned);
        note();
        view.editor().set_folded("heads", false);
        note();
        view.editor().fold_layer(1, true);
        note();
        view.editor().fold_mlps(0, true);
        note();
        CircuitFilter filter = view.state().filter;
        filter.threshold = 0.3;
        view.editor().set_filter(filter);
        note();
        view.editor().choose_colors(ColorChoice::kind);
        note();
        view.editor().ungroup("heads");
        note();
        const QStringList at_last = shown(view);
        for (std::size_t i = states.size() - 1; i-- > 0;) {
            QVERIFY(view.editor().can_undo());
            QTest::keyClick(&view, Qt::Key_Z, Qt::ControlModifier);
            QVERIFY(view.state() == states[i]);
        }
        QVERIFY(!view.editor().can_undo());
        QCOMPARE(shown(view).size(), 7);
        for (std::size_t i = 1; i < states.size(); ++i) {
            QTest::keyClick(&view, Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
            QVERIFY(view.state() == states[i]);
        }
        QVERIFY(!view.editor().can_redo());
        QCOMPARE(shown(view), at_last);
        // Something new forgets what could have been done again.
        view.editor().undo();
        view.editor().select({});
        view.circuit().select_named(QStringLiteral("a3.h4"));
        QVERIFY(!view.editor().can_redo());
        view.circuit().set_graph(graph_);
        QVERIFY(!view.editor().can_undo());
    }

    void one_gesture_is_one_step()
    {
        ViewHistory history;
        ViewState state;
        for (int turn = 0; turn < 10; ++turn) {
            history.record(state, ViewHistory::Change::camera, 50 * turn);
            state.camera.zoom *= 1.1;
        }
        QCOMPARE(history.undo(state)->camera.zoom, 1.0);
        QVERIFY(!history.can_undo());
        history.clear();
        // After a rest another begins; so it does after something else.
        history.record({}, ViewHistory::Change::camera, 0);
        history.record({}, ViewHistory::Change::camera, 5000);
        history.record({}, ViewHistory::Change::filter, 5001);
        history.record({}, ViewHistory::Change::other, 5002);
        history.record({}, ViewHistory::Change::other, 5003);
        int steps = 0;
        while (history.undo({}))
            ++steps;
        QCOMPARE(steps, 5);
    }

    void folded_nodes_are_drawn_as_one_and_found_by_any_name()
    {
        CircuitView view;
        open(view);
        QSignalSpy saved(&view.circuit(), &ViewedCircuit::supernodes_changed);
        view.circuit().select_named(QStringLiteral("a3.h4"));
        view.circuit().toggle_item(items_of(*view.scene().layout,
            choice_of(*view.scene().layout, NodeOrEdge{ *graph_->find_edge("a3.h4->logits") }))[0]);
        view.circuit().select_named(QStringLiteral("a3.h4"));
        GraphChoice heads = view.state().selection;
        view.circuit().select_named(QStringLiteral("a3.h6"));
        heads = united(heads, view.state().selection);
        view.circuit().group(QStringLiteral("readers"), heads);
        QCOMPARE(saved.size(), 1);
        const auto made = saved.last().at(0).value<std::vector<Supernode>>();
        QVERIFY(made == (std::vector<Supernode>{ { "readers", { "a3.h4", "a3.h6" }, true } }));
        QVERIFY(drawn(view).contains(QStringLiteral("readers")));
        QVERIFY(!drawn(view).contains(QStringLiteral("a3.h4")));
        QCOMPARE(shown(view).size(), 7);
        for (const char* name : { "readers", "a3.h4", "A3.H6" }) {
            QVERIFY(view.circuit().select_named(QString::fromLatin1(name)));
            QCOMPARE(choice_name(view.scene(), view.state().selection), QStringLiteral("readers"));
        }
        // An edge inside a fold is not drawn.
        view.editor().fold_mlps(0, true);
        view.editor().fold_layer(1, true);
        QVERIFY(drawn(view).contains(QStringLiteral("layer 1")));
        QVERIFY(drawn(view).contains(QStringLiteral("m0")));
        view.circuit().group(QStringLiteral("mlps"), [&] {
            view.circuit().select_named(QStringLiteral("m0.g3"));
            GraphChoice both = view.state().selection;
            view.circuit().select_named(QStringLiteral("m1.g2"));
            return united(both, view.state().selection);
        }());
        QVERIFY(!shown(view).contains(QStringLiteral("m0.g3->m1.g2")));
        QCOMPARE(shown(view).size(), 6);
    }

    void a_search_knows_nodes_inputs_edges_and_their_lists()
    {
        CircuitView view;
        open(view);
        QVERIFY(view.circuit().select_named(QStringLiteral("a3.h4<q>")));
        QCOMPARE(view.state().selection.nodes,
            std::vector<NodeId>{ *graph_->find_node({ NodeKind::query, 3, 4 }) });
        QVERIFY(view.circuit().select_named(QStringLiteral("m0.g3 → m1.g2")));
        QCOMPARE(view.state().selection.edges, std::vector<EdgeId>{ circuit_[6].edge });
        QVERIFY(view.circuit().select_named(QStringLiteral("input->")));
        QCOMPARE(view.state().selection.edges.size(), std::size_t(2));
        QVERIFY(view.circuit().select_named(QStringLiteral("->logits")));
        QCOMPARE(view.state().selection.edges.size(), std::size_t(2));
        for (const char* wrong : { "", "->", "a9.h1", "a3.h4<x>", "logits->", "->input" })
            QVERIFY(!view.circuit().select_named(QString::fromLatin1(wrong)));

        // In the circuit first, by strength, then in order.
        const QStringList heads = view.circuit().completions_of(QStringLiteral("A3.h"), 6);
        QCOMPARE(heads.join(u' '), QStringLiteral("a3.h4 a3.h6 a3.h0 a3.h1 a3.h2 a3.h3"));
        QVERIFY(view.circuit().completions_of(QStringLiteral("a3.h4<"), 9)
            == (QStringList{ QStringLiteral("a3.h4<q>"), QStringLiteral("a3.h4<k>"),
                QStringLiteral("a3.h4<v>") }));
        const QStringList edges = view.circuit().completions_of(QStringLiteral("m0.g3->"), 4);
        QCOMPARE(edges.size(), 4);
        QCOMPARE(edges.front(), QStringLiteral("m0.g3->m1.g2"));
        for (const QString& edge : edges)
            QVERIFY(graph_->find_edge(edge.toStdString()));
        QCOMPARE(view.circuit().completions_of(QStringLiteral("->log"), 9).size(), 2);
        QVERIFY(view.circuit()
                    .completions_of(QStringLiteral("h6"), 3)
                    .contains(QStringLiteral("a3.h6")));
        QVERIFY(view.circuit().completions_of(QStringLiteral("nothing"), 9).isEmpty());
        // Whatever is offered is found.
        for (const char* typed : { "a", "m0", "a2.h2", "input->", "a1.h3->" })
            for (const QString& name :
                view.circuit().completions_of(QString::fromLatin1(typed), 30))
                QVERIFY2(view.circuit().select_named(name) || view.circuit().select_named(name),
                    qPrintable(name));
    }

    void zooming_to_a_selection_brings_it_to_the_middle()
    {
        CircuitView view;
        open(view);
        view.circuit().select_named(QStringLiteral("a3.h6"));
        QTest::keyClick(&view, Qt::Key_Z);
        QVERIFY(view.state().camera.zoom > 1);
        const QPoint off = place_of(view, "a3.h6") - view.rect().center();
        QVERIFY(off.manhattanLength() < 40);
        QTest::keyClick(&view, Qt::Key_Right, Qt::ShiftModifier);
        QVERIFY(place_of(view, "a3.h6").x() < view.rect().center().x() + off.x());
    }

    void far_away_neuron_groups_are_one_node()
    {
        const auto deep = std::make_shared<const ComputationalGraph>(
            GraphShape{ 30, 9, 3, 1536 }, GraphOptions{ GraphKind::full, 24 });
        CircuitView view;
        open(view);
        view.circuit().set_graph(deep);
        view.circuit().show(circuit_of(*deep, { "input->m3.g7", "m3.g7->logits" }), {}, false);
        QVERIFY(drawn(view).contains(QStringLiteral("m3")));
        QVERIFY(!drawn(view).contains(QStringLiteral("m3.g7")));
        QVERIFY(view.circuit().select_named(QStringLiteral("m3.g7")));
        QCOMPARE(choice_name(view.scene(), view.state().selection), QStringLiteral("m3"));
        QVERIFY(view.state().folding == Folding{});
        const GraphChoice chosen = view.state().selection;
        for (int i = 0; i < 10; ++i)
            view.zoom_by(1.5, view.rect().center());
        QVERIFY(drawn(view).contains(QStringLiteral("m3.g7")));
        QVERIFY(view.state().selection == chosen);
        QCOMPARE(choice_name(view.scene(), chosen), QStringLiteral("m3.g7"));
        view.fit();
        QVERIFY(!drawn(view).contains(QStringLiteral("m3.g7")));
        QCOMPARE(shown(view).size(), 2);
    }

    void a_card_tells_place_and_time()
    {
        CircuitView view;
        open(view);
        const KnownSpan known{ EdgeAges::Span{ 3, 77 }, true };
        const HoverCard edge = hover_card(
            view.scene(), circuit_[1].edge, circuit_, [&](const GraphChoice&) { return known; });
        QCOMPARE(edge.facts.size(), std::size_t(2));
        QVERIFY(edge.facts[0].startsWith(QStringLiteral("rank 2 of 7 · ")));
        QCOMPARE(edge.facts[1], QStringLiteral("in the circuit first at iteration 3, last at 77"));
        // 1 + 1/2 + 1/3 + … + 1/7 = 2.593, of which the second has 19 %.
        QVERIFY(edge.facts[0].contains(QStringLiteral("19 %")));
        view.circuit().select_named(QStringLiteral("a3.h4"));
        const auto node = items_of(*view.scene().layout, view.state().selection).front();
        const HoverCard card = hover_card(view.scene(), node, circuit_);
        // The logits' two edges have 1.2, this head's 1.5: the largest sum.
        QVERIFY(card.facts.at(0).startsWith(QStringLiteral("rank 1 of 8 · 58 %")));
        QVERIFY(hover_card(view.scene(), EdgeId{ 0 }, circuit_).facts.empty());
    }

    void the_menu_does_what_it_says()
    {
        CircuitView view;
        open(view);
        const auto act = [&](const char* name) {
            QMenu* menu = circuit_menu(view);
            auto* action = menu->findChild<QAction*>(QString::fromLatin1(name));
            QVERIFY2(action && action->isEnabled(), name);
            action->trigger();
            delete menu;
        };
        view.circuit().select_named(QStringLiteral("a2.h2"));
        act("isolate");
        QCOMPARE(shown(view).size(), 3);
        act("showAll");
        act("pin");
        QVERIFY(view.state().pinned == view.state().selection);
        act("pin");
        QVERIFY(view.state().pinned.empty());
        act("foldLayer");
        QVERIFY(drawn(view).contains(QStringLiteral("layer 2")));
        act("foldLayer");
        QVERIFY(!drawn(view).contains(QStringLiteral("layer 2")));
        act("foldMlps");
        QVERIFY(drawn(view).contains(QStringLiteral("m2")));
        view.circuit().group(QStringLiteral("one"), view.state().selection);
        act("fold");
        QVERIFY(!drawn(view).contains(QStringLiteral("one")));
        act("ungroup");
        QVERIFY(view.state().folding.supernodes.empty());
        act("hide");
        QCOMPARE(shown(view).size(), 5);
        act("undo");
        QCOMPARE(shown(view).size(), 7);
    }

    void a_menu_and_a_question_end_with_the_graph_that_they_are_about()
    {
        CircuitView view;
        open(view);
        view.circuit().select_named(QStringLiteral("a2.h2"));
        const std::unique_ptr<QMenu> menu(circuit_menu(view));
        menu->popup(view.mapToGlobal(QPoint()));
        ask_for_group(view);
        QVERIFY(view.findChild<QInputDialog*>());
        // As another file or a run in training brings it.
        view.circuit().set_graph(std::make_shared<const ComputationalGraph>(
            GraphShape{ 1, 1, 1, 8 }, GraphOptions{ GraphKind::full, 0 }));
        QVERIFY(menu->actions().isEmpty());
        QVERIFY(!menu->isVisible());
        QTRY_VERIFY(!view.findChild<QInputDialog*>());
        QVERIFY(view.state().selection.empty());
    }

    void filters_say_what_they_hide()
    {
        CircuitPanel panel;
        panel.resize(1200, 640);
        panel.view()->set_reduced_motion(true);
        panel.set_graph(graph_);
        panel.show();
        QVERIFY(QTest::qWaitForWindowExposed(&panel));
        IterationRecord record;
        record.tunable_ratio = 0.25;
        panel.show_iteration({ record, circuit_, {}, {}, {}, {}, {} }, false);
        const auto says = [&](const char* text) {
            const auto labels = panel.findChildren<QLabel*>();
            return std::any_of(labels.begin(), labels.end(), [&](const QLabel* label) {
                return label->text().startsWith(QString::fromUtf8(text));
            });
        };
        QVERIFY(says("7 of 7 edges · "));
        panel.findChild<QCheckBox*>(QStringLiteral("MLPs"))->setChecked(false);
        QVERIFY(says("5 of 7 edges, 2 hidden"));
        panel.findChild<QCheckBox*>(QStringLiteral("connected"))->setChecked(true);
        QVERIFY(says("3 of 7 edges, 4 hidden"));
        panel.findChild<QSlider*>(QStringLiteral("strongestSlider"))
            ->setValue(1); // its second place: two edges
        QVERIFY(says("0 of 7 edges, 7 hidden")); // the two strongest have no way from the input
        panel.view()->editor().undo();
        QVERIFY(says("3 of 7 edges, 4 hidden") || says("7 of 7 edges"));
        panel.findChild<QPushButton*>(QStringLiteral("reset"))->click();
        panel.findChild<QSlider*>(QStringLiteral("strongestSlider"))
            ->setValue(panel.findChild<QSlider*>(QStringLiteral("strongestSlider"))->maximum());
        QVERIFY(says("7 of 7 edges"));
        QVERIFY(panel.findChild<QCheckBox*>(QStringLiteral("MLPs"))->isChecked());
    }

    void controls_follow_an_undo()
    {
        CircuitPanel panel;
        panel.set_graph(graph_);
        panel.show_iteration({ {}, circuit_, {}, Circuit(), {}, {}, {} }, false);
        auto* colors = panel.findChild<QComboBox*>();
        const int before = colors->currentIndex();
        colors->setCurrentIndex(before + 3);
        QVERIFY(panel.view()->scene().mode == ColorMode::sign);
        panel.view()->editor().undo();
        QCOMPARE(colors->currentIndex(), before);
        QVERIFY(panel.view()->scene().mode == ColorMode::change);
        auto* all = panel.findChild<QToolButton*>(QStringLiteral("showAll"));
        QVERIFY(all->isHidden());
        panel.view()->circuit().select_named(QStringLiteral("a2.h2"));
        panel.view()->editor().isolate(panel.view()->state().selection);
        QVERIFY(!all->isHidden());
        all->click();
        QVERIFY(all->isHidden());
    }

    void a_filter_that_nothing_passes_says_so_and_can_be_cleared()
    {
        CircuitPanel panel;
        panel.resize(1200, 640);
        panel.show();
        panel.set_graph(graph_);
        auto* notice = panel.findChild<QWidget*>(QStringLiteral("emptyNotice"));
        QVERIFY(notice->isHidden()); // there is no circuit yet
        panel.show_iteration({ {}, circuit_, {}, {}, {}, {}, {} }, false);
        QVERIFY(notice->isHidden());
        CircuitFilter filter = panel.view()->state().filter;
        filter.threshold = 1e6;
        panel.view()->editor().set_filter(filter);
        QVERIFY(!notice->isHidden());
        panel.findChild<QPushButton*>(QStringLiteral("clearFilter"))->click();
        QVERIFY(notice->isHidden());
        QCOMPARE(edges_shown(panel.view()->scene()), static_cast<int>(circuit_.size()));
        // So it is where everything was hidden.
        GraphChoice all;
        for (const ScoredEdge& scored : circuit_)
            all.edges.push_back(scored.edge);
        std::ranges::sort(all.edges);
        panel.view()->editor().hide(all);
        QVERIFY(!notice->isHidden());
        panel.findChild<QPushButton*>(QStringLiteral("clearFilter"))->click();
        QVERIFY(notice->isHidden());
        panel.clear(QStringLiteral("No circuit"));
        QVERIFY(notice->isHidden());
    }

    void graphviz_lays_out_in_a_process_of_its_own()
    {
        CircuitPanel panel;
        panel.set_dot_program(QStringLiteral(CIRCUITLOOM_GUI_BINARY));
        panel.resize(1200, 640);
        panel.show();
        QVERIFY(QTest::qWaitForWindowExposed(&panel));
        panel.set_graph(graph_);
        panel.show_iteration({ {}, circuit_, {}, {}, {}, {}, {} }, false);
        QSignalSpy wanted(&panel, &CircuitPanel::edges_wanted);
        QSignalSpy failures(&panel, &CircuitPanel::failed);
        panel.findChild<QPushButton*>(QStringLiteral("dotLayout"))->click();
        QTRY_COMPARE_WITH_TIMEOUT(wanted.size(), 1, patience);
        QVERIFY(panel.view()->scene().layout
            == panel.view()->circuit().plain_layout()); // until it is there
        std::vector<EdgeId> edges;
        for (const ScoredEdge& scored : circuit_)
            edges.push_back(scored.edge);
        panel.set_edges_of_run({ edges, static_cast<int>(edges.size()) });
        QVERIFY(panel.view()->scene().layout == panel.view()->circuit().near_layout());
        QTRY_VERIFY_WITH_TIMEOUT(
            panel.view()->scene().layout != panel.view()->circuit().near_layout(), patience);
        QVERIFY(drawn(*panel.view()).contains(QStringLiteral("a2.h2")));
        QVERIFY(!drawn(*panel.view()).contains(QStringLiteral("a2.h0")));
        QCOMPARE(shown(*panel.view()).size(), 7);
        // What was found is known: the same again comes at once.
        panel.findChild<QPushButton*>(QStringLiteral("latticeLayout"))->click();
        QVERIFY(panel.view()->scene().layout == panel.view()->circuit().near_layout());
        QVERIFY(failures.isEmpty());

        DotLayouts missing(QStringLiteral("/nowhere/circuitloom"));
        QSignalSpy said(&missing, &DotLayouts::failed);
        missing.request(graph_, panel.view()->circuit().plain_layout(), edges);
        QTRY_COMPARE_WITH_TIMEOUT(said.size(), 1, patience);
        QVERIFY(said.first().at(0).toString().contains(QStringLiteral("/nowhere/circuitloom")));

        // A process that ends badly, and one that is cancelled.
        DotLayouts crashing(QStringLiteral("/bin/false"));
        QSignalSpy heard(&crashing, &DotLayouts::failed);
        crashing.request(graph_, panel.view()->circuit().plain_layout(), edges);
        QTRY_COMPARE_WITH_TIMEOUT(heard.size(), 1, patience);
        DotLayouts slow(QStringLiteral("/bin/cat"));
        QSignalSpy never(&slow, &DotLayouts::failed);
        slow.request(graph_, panel.view()->circuit().plain_layout(), edges);
        slow.cancel();
        QVERIFY(!slow.busy());
        QTest::qWait(100);
        QVERIFY(never.isEmpty());
    }
};

CIRCUITLOOM_UI_TEST(TestViewState, Application::widgets)
#include "tst_view_state.moc"
