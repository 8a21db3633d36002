// What the circuit panel reads from an experiment's file and writes to it.
#include "core/layout/dot_layout.h"
#include "core/store/experiment_reader.h"
#include "core/store/run_writer.h"
#include "tests/support/fake_engine.h"
#include "tests/support/open_experiment.h"
#include "tests/support/store_samples.h"
#include "tests/support/ui_test.h"
#include "ui/circuit/circuit_choice.h"
#include "ui/circuit/circuit_menu.h"
#include "ui/circuit/circuit_panel.h"
#include "ui/session/experiment_session.h"
#include "ui/session/run_ages.h"
#include "ui/window/circuit_commands.h"

#include <QInputDialog>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

#include <set>

using namespace circuitloom;
using namespace circuitloom::ui;
using circuitloom::testing::open_and_wait;

namespace {

constexpr int iterations = 5;
constexpr int patience = 60'000; ///< milliseconds, for a busy machine

/// A window's worth of parts, without the window.
struct Parts
{
    explicit Parts(const samples::TemporaryFolder& folder)
        : session(
            [] {
                return std::make_unique<circuitloom::testing::FakeEngine>(
                    circuitloom::testing::FakeEngineOptions{});
            },
            QString::fromStdString(folder.path().string()))
        , commands(session, panel, ages)
        , failures(&commands, &CircuitCommands::failed)
    {
    }

    void open(const std::filesystem::path& file)
    {
        panel.resize(1200, 640);
        panel.show();
        QVERIFY(QTest::qWaitForWindowExposed(&panel));
        QVERIFY(open_and_wait(session, QString::fromStdString(file.string())));
        QTRY_VERIFY(session.want_circuits({ 0 }));
        const RunHistory* run = session.current();
        panel.set_graph(run->graph);
        panel.show_iteration(
            { run->iterations.front(), *session.circuit(0), {}, {}, {}, {}, {} }, false);
        ages.follow(session.file(), run);
    }

    ExperimentSession session;
    CircuitPanel panel;
    RunAges ages;
    CircuitCommands commands;
    QSignalSpy failures;
};

void write_run(const std::filesystem::path& file)
{
    RunWriter writer(file, samples::description());
    for (int i = 0; i < iterations; ++i)
        writer.add_iteration(samples::iteration(i), samples::circuit(i));
    writer.set_state(RunState::finished);
}

} // namespace

class TestCircuitCommands : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void supernodes_are_kept_in_the_file()
    {
        const samples::TemporaryFolder folder;
        const auto file = folder / "some.loom";
        write_run(file);
        std::vector<Supernode> made;
        {
            Parts parts(folder);
            parts.open(file);
            CircuitView* view = parts.panel.view();
            QVERIFY(view->circuit().select_named(QStringLiteral("a1.h2")));
            GraphChoice both = view->state().selection;
            QVERIFY(view->circuit().select_named(QStringLiteral("a2.h0")));
            both = united(both, view->state().selection);
            view->circuit().group(QStringLiteral("two heads"), both);
            made = view->state().folding.supernodes;
            QCOMPARE(made.size(), std::size_t(1));
            QTRY_VERIFY(ExperimentReader(file).supernodes() == made);
            // Undo takes it back there as well.
            view->editor().undo();
            QTRY_VERIFY(ExperimentReader(file).supernodes().empty());
            view->editor().redo();
            QTRY_VERIFY(ExperimentReader(file).supernodes() == made);
            QVERIFY(parts.failures.isEmpty());
        }
        Parts again(folder);
        again.open(file);
        QTRY_VERIFY(again.panel.view()->state().folding.supernodes == made);
        QVERIFY(!again.panel.view()->editor().can_undo());
    }

    void a_group_takes_no_name_of_another_unasked()
    {
        const samples::TemporaryFolder folder;
        write_run(folder / "some.loom");
        Parts parts(folder);
        parts.open(folder / "some.loom");
        CircuitView* view = parts.panel.view();
        const auto names = [view] {
            std::vector<std::string> all;
            for (const Supernode& supernode : view->state().folding.supernodes)
                all.push_back(supernode.name);
            return all;
        };
        const auto ask = [view](const char* node) {
            QVERIFY(view->circuit().select_named(QString::fromLatin1(node)));
            ask_for_group(*view);
        };
        view->editor().group("group 2", { "a1.h2" });
        ask("a2.h0");
        auto* dialog = view->findChild<QInputDialog*>();
        QCOMPARE(dialog->textValue(), QStringLiteral("group 1"));
        dialog->accept();
        QCOMPARE(names(), (std::vector<std::string>{ "group 2", "group 1" }));

        QTRY_VERIFY(!view->findChild<QInputDialog*>());
        ask("a2.h1");
        dialog = view->findChild<QInputDialog*>();
        QCOMPARE(dialog->textValue(), QStringLiteral("group 3"));
        dialog->setTextValue(QStringLiteral("group 2"));
        dialog->accept();
        QCOMPARE(view->state().folding.supernodes[0].members, std::vector<std::string>{ "a1.h2" });
        view->findChild<QPushButton*>(QStringLiteral("yes"))->click();
        QCOMPARE(names(), (std::vector<std::string>{ "group 1", "group 2" }));
        QCOMPARE(view->state().folding.supernodes[1].members, std::vector<std::string>{ "a2.h1" });
    }

    void the_dot_layout_is_of_all_iterations()
    {
        const samples::TemporaryFolder folder;
        const auto file = folder / "some.loom";
        write_run(file);
        Parts parts(folder);
        parts.panel.set_dot_program(QStringLiteral(CIRCUITLOOM_GUI_BINARY));
        parts.open(file);
        parts.panel.findChild<QPushButton*>(QStringLiteral("dotLayout"))->click();
        CircuitView* view = parts.panel.view();
        // The run's edges bring other places before Graphviz has answered.
        QTRY_VERIFY_WITH_TIMEOUT(view->scene().layout != view->circuit().plain_layout()
                && view->scene().layout != view->circuit().near_layout(),
            patience);
        const auto touched = [&](int first, int last) {
            std::set<std::string> names{ "input", "logits" };
            const CircuitLayout& plain = *view->circuit().plain_layout();
            const ComputationalGraph& graph = *parts.session.current()->graph;
            for (int i = first; i <= last; ++i)
                for (const ScoredEdge& scored : samples::circuit(i))
                    for (const NodeId end :
                        { graph.edge(scored.edge).source, graph.edge(scored.edge).target }) {
                        const int at = plain.drawn_of[static_cast<std::size_t>(end.value)];
                        names.insert(plain.nodes[static_cast<std::size_t>(at)].name);
                    }
            return names;
        };
        const auto placed = [&] {
            std::set<std::string> names;
            for (const DrawnNode& node : view->scene().layout->nodes)
                if (!is_rest(node))
                    names.insert(node.name);
            return names;
        };
        QVERIFY(placed() == touched(0, iterations - 1));
        // Of a range only its own.
        parts.commands.set_range(LoopRange{ 1, 2 });
        QTRY_VERIFY_WITH_TIMEOUT(placed() == touched(1, 2), patience);
        parts.commands.set_range(std::nullopt);
        QTRY_VERIFY_WITH_TIMEOUT(placed() == touched(0, iterations - 1), patience);
        QVERIFY(parts.failures.isEmpty());
    }

    void when_an_edge_was_in_is_read_when_it_is_asked_for()
    {
        const samples::TemporaryFolder folder;
        const auto file = folder / "some.loom";
        write_run(file);
        Parts parts(folder);
        parts.open(file);
        QCOMPARE(parts.ages.known().iterations(), 0);
        const EdgeId edge = samples::circuit(0).front().edge;
        const CircuitScene& scene = parts.panel.view()->scene();
        const auto facts = [&] { return parts.panel.view()->card_of(edge).facts; };
        QVERIFY(scene.graph);
        facts();
        QTRY_COMPARE(parts.ages.known().iterations(), iterations);
        int last = 0;
        for (int i = 0; i < iterations; ++i)
            for (const ScoredEdge& scored : samples::circuit(i))
                last = scored.edge == edge ? i : last;
        QCOMPARE(facts().back(),
            QStringLiteral("in the circuit first at iteration 0, last at %1").arg(last));
        // A node is in while any of its edges is.
        const NodeId source = scene.graph->edge(edge).source;
        const int drawn = scene.layout->drawn_of[static_cast<std::size_t>(source.value)];
        const auto touches = [&](NodeId node) {
            return scene.layout->drawn_of[static_cast<std::size_t>(node.value)] == drawn;
        };
        for (int i = 0; i < iterations; ++i)
            for (const ScoredEdge& scored : samples::circuit(i)) {
                const Edge& other = scene.graph->edge(scored.edge);
                if (touches(other.source) || touches(other.target))
                    last = std::max(last, i);
            }
        QCOMPARE(parts.panel.view()->card_of(DrawnNodeId{ drawn }).facts.back(),
            QStringLiteral("in the circuit first at iteration 0, last at %1").arg(last));
    }
};

CIRCUITLOOM_UI_TEST(TestCircuitCommands, Application::widgets)
#include "tst_circuit_commands.moc"
