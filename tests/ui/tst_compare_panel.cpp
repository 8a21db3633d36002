// The panel that shows a second circuit beside the window's, or the difference of both.
#include "tests/support/fake_panel_context.h"
#include "tests/support/store_samples.h"
#include "tests/support/ui_test.h"
#include "tests/support/written_runs.h"
#include "ui/circuit/circuit_legend.h"
#include "ui/circuit/circuit_view.h"
#include "ui/difference/compare_panel.h"
#include "ui/difference/compared_side.h"
#include "ui/difference/second_layouts.h"

#include <QComboBox>
#include <QLabel>
#include <QPointer>
#include <QSemaphore>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QThreadPool>
#include <QTimer>
#include <QToolButton>
#include <QtTest>

#include <algorithm>
#include <atomic>
#include <set>
#include <tuple>

using namespace circuitloom;
using namespace circuitloom::ui;

namespace {

constexpr int patience = 30'000;

/// A window whose circuit view shows an iteration of a run.
class FakeContext : public circuitloom::testing::FakePanelContext
{
public:
    CircuitView* circuit_view() const override { return &view; }

    void show(const QString& file, RunId run, int index)
    {
        const ExperimentReader reader(path_of(file));
        const RunDescription is = reader.run(run).description;
        view.resize(600, 400);
        view.circuit().set_graph(std::make_shared<const ComputationalGraph>(is.shape, is.graph));
        view.circuit().show(reader.circuit(run, { index }), {}, false);
        shown = ShownPlace{ file, run, index, index, view.scene().graph };
        Q_EMIT place_changed();
    }

    mutable CircuitView view;
};

std::set<EdgeId> edges_of(const Circuit& circuit)
{
    std::set<EdgeId> edges;
    for (const ScoredEdge& scored : circuit)
        edges.insert(scored.edge);
    return edges;
}

} // namespace

class TestComparePanel : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir folder_;
    QString file_;

    struct Shown
    {
        FakeContext context;
        ComparePanel panel{ context };

        template <class Widget>
        Widget& find(const char* name)
        {
            return *panel.findChild<Widget*>(QString::fromLatin1(name));
        }
        /// Of the circuit with this letter; null where there is none.
        ComparedSide* side(char letter)
        {
            return panel.findChild<ComparedSide*>(QStringLiteral("compared") + QLatin1Char(letter));
        }
        template <class Widget>
        Widget& find_in(char letter, const char* name)
        {
            return *side(letter)->findChild<Widget*>(QString::fromLatin1(name));
        }
        QString caption_of(char letter)
        {
            return find_in<QLabel>(letter, "comparedCaption").text();
        }
        /// Does what asks for other circuits, and waits until they are shown.
        template <class Action>
        void after(Action action)
        {
            QSignalSpy shown(&panel, &ComparePanel::shown);
            action();
            QVERIFY(wait(shown));
            QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        }
        void add()
        {
            after([this] { find<QToolButton>("addCompared").click(); });
        }
        QString caption() { return find<QLabel>("comparedCaption").text(); }
        CircuitView& view() { return find<CircuitView>("comparedView"); }
        bool wait(QSignalSpy& spy) { return !spy.isEmpty() || spy.wait(patience); }
        void open(const QString& file, RunId run, int iteration)
        {
            QSignalSpy shown(&panel, &ComparePanel::shown);
            panel.resize(600, 600);
            panel.show();
            context.show(file, run, iteration);
            QVERIFY(wait(shown));
        }
        void choose(const char* box, const QString& text)
        {
            QSignalSpy shown(&panel, &ComparePanel::shown);
            auto& combo = find<QComboBox>(box);
            const int at = combo.findText(text);
            QVERIFY2(at >= 0, qPrintable(text));
            if (combo.currentIndex() == at)
                return;
            combo.setCurrentIndex(at);
            QVERIFY(wait(shown));
        }
    };

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(folder_.isValid());
        file_ = folder_.filePath(QStringLiteral("runs.loom"));
        circuitloom::testing::write_run(file_, "long", 12, 1);
        circuitloom::testing::write_run(file_, "short", 6, 2);
    }

    void the_other_run_follows_step_by_step_and_a_missing_counterpart_is_said()
    {
        Shown shown;
        shown.open(file_, { 1 }, 4);
        QVERIFY2(shown.caption().contains(QStringLiteral("B: short, iteration 4")),
            qPrintable(shown.caption()));
        const Circuit b = ExperimentReader(path_of(file_)).circuit({ 2 }, { 4 });
        QVERIFY(shown.view().circuit().circuit() == b);

        QSignalSpy again(&shown.panel, &ComparePanel::shown);
        shown.context.show(file_, { 1 }, 10);
        QVERIFY(shown.wait(again));
        QVERIFY2(shown.caption().contains(QStringLiteral("“short” has no circuit at step")),
            qPrintable(shown.caption()));
        QVERIFY(!shown.view().scene().graph);
    }

    void the_figures_are_those_of_the_two_circuits()
    {
        Shown shown;
        shown.open(file_, { 1 }, 3);
        const ExperimentReader reader(path_of(file_));
        const auto a = edges_of(reader.circuit({ 1 }, { 3 }));
        const auto b = edges_of(reader.circuit({ 2 }, { 3 }));
        const auto in = [](const std::set<EdgeId>& set) {
            return [&set](EdgeId edge) { return set.contains(edge); };
        };
        const auto both = std::ranges::count_if(a, in(b));
        const auto only_b = static_cast<std::ptrdiff_t>(b.size()) - both;
        const QString text = shown.find<QLabel>("comparedFigures").text();
        for (const auto count : { both, static_cast<std::ptrdiff_t>(a.size()) - both, only_b })
            QVERIFY2(text.contains(u'>' + QString::number(count) + u'<'), qPrintable(text));

        // The difference has each edge of either once, by the side that it is on.
        shown.context.view.editor().set_filter({});
        shown.find<QToolButton>("showDifference").click();
        const CircuitScene& scene = shown.view().scene();
        QVERIFY(scene.mode == ColorMode::sides);
        QCOMPARE(legend_of(scene).front().label, QStringLiteral("only in A"));
        std::set<EdgeId> drawn;
        for (const EdgeAppearance& edge : scene.edges) {
            drawn.insert(edge.edge);
            QCOMPARE(edge.change == EdgeAppearance::Change::entered, !b.contains(edge.edge));
            QCOMPARE(edge.change == EdgeAppearance::Change::left, !a.contains(edge.edge));
        }
        std::set<EdgeId> all = a;
        all.insert(b.begin(), b.end());
        QVERIFY(drawn == all);
    }

    void the_two_change_places_where_the_window_shows_bs_run()
    {
        Shown shown;
        shown.open(file_, { 1 }, 4);
        QVERIFY2(shown.caption().contains(QStringLiteral("B: short, iteration 4")),
            qPrintable(shown.caption()));
        for (const auto& [a, b] : { std::pair{ 2, "long" }, std::pair{ 1, "short" } }) {
            QSignalSpy again(&shown.panel, &ComparePanel::shown);
            shown.context.show(file_, { a }, 4);
            QVERIFY(shown.wait(again));
            QVERIFY2(shown.caption().contains(
                         QStringLiteral("B: %1, iteration 4").arg(QLatin1String(b))),
                qPrintable(shown.caption()));
        }
    }

    void b_is_laid_out_as_a_is()
    {
        Shown shown;
        shown.panel.set_dot_program(QStringLiteral(CIRCUITLOOM_GUI_BINARY));
        shown.open(file_, { 1 }, 4);
        CircuitView& first = shown.context.view;
        CircuitView& second = shown.view();
        first.editor().choose_layout(LayoutChoice::dot);
        QCOMPARE(second.state().layout, LayoutChoice::dot);
        // Its own: of what the circuits of B's run have.
        QTRY_VERIFY_WITH_TIMEOUT(second.scene().layout != second.circuit().plain_layout()
                && second.scene().layout != second.circuit().near_layout(),
            patience);
        QVERIFY(!second.scene().edges.empty());
        for (const EdgeAppearance& edge : second.scene().edges)
            for (const DrawnNodeId end :
                { source_of(second.scene(), edge.edge), target_of(second.scene(), edge.edge) })
                QVERIFY(second.scene().layout->nodes[static_cast<std::size_t>(end.value)].used);
        first.editor().choose_layout(LayoutChoice::matrix);
        QTRY_VERIFY_WITH_TIMEOUT(second.scene().layout->form == LayoutForm::matrix, patience);
        first.editor().choose_layout(LayoutChoice::lattice);
        QCOMPARE(second.state().layout, LayoutChoice::lattice);
        QVERIFY(second.scene().layout == second.circuit().near_layout());
    }

    // Whoever takes a circuit away does not wait for its layout, whose reading may take long.
    void a_circuit_goes_while_its_layout_is_read()
    {
        QSemaphore begun;
        QSemaphore go_on;
        std::atomic<bool> read = false;
        Shown shown;
        shown.panel.set_dot_program(QStringLiteral(CIRCUITLOOM_GUI_BINARY));
        shown.open(file_, { 1 }, 4);
        shown.add();
        shown.side('C')->findChild<SecondLayouts*>()->set_before_reading([&] {
            begun.release();
            static_cast<void>(go_on.tryAcquire(1, patience)); // not for ever, if it is waited for
            read = true;
        });
        shown.context.view.editor().choose_layout(LayoutChoice::dot);
        QTRY_VERIFY_WITH_TIMEOUT(begun.available() > 0, patience);
        const QPointer<ComparedSide> side = shown.side('C');
        shown.find_in<QToolButton>('C', "removeCompared").click();
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        QVERIFY(!side);
        QVERIFY(!read);
        go_on.release(begun.available());
        QTRY_VERIFY_WITH_TIMEOUT(read, patience);
        QThreadPool::globalInstance()->waitForDone();
    }

    void two_iterations_of_one_run()
    {
        Shown shown;
        shown.open(file_, { 1 }, 9);
        shown.choose("comparedRun", QStringLiteral("1 · long"));
        shown.choose("comparedBy", QStringLiteral("at iteration"));
        QSignalSpy again(&shown.panel, &ComparePanel::shown);
        shown.find<QSpinBox>("comparedIteration").setValue(2);
        QVERIFY(shown.wait(again));
        QVERIFY2(shown.caption().contains(QStringLiteral("B: long, iteration 2")),
            qPrintable(shown.caption()));
    }

    void camera_and_selection_are_one_for_both()
    {
        Shown shown;
        shown.open(file_, { 1 }, 3);
        CircuitView& first = shown.context.view;
        CircuitView& second = shown.view();
        first.zoom_by(2, QPointF(100, 100));
        QCOMPARE(second.state().camera.zoom, first.state().camera.zoom);
        const ComputationalGraph& graph = *first.scene().graph;
        const EdgeId edge = first.circuit().circuit().front().edge;
        first.editor().select({ {}, { edge } });
        QVERIFY(second.state().selection == first.state().selection);
        const GraphChoice node{ { graph.edge(edge).source }, {} };
        second.editor().select(node);
        QVERIFY(first.state().selection == node);
        second.zoom_by(0.5, QPointF(50, 50));
        QCOMPARE(first.state().camera.zoom, second.state().camera.zoom);
        CircuitFilter few;
        few.strongest = 3;
        first.editor().set_filter(few);
        QCOMPARE(edges_shown(second.scene()), 3);

        shown.panel.hide();
        const double before = second.state().camera.zoom;
        first.zoom_by(3, QPointF(100, 100));
        QCOMPARE(second.state().camera.zoom, before);
    }

    void each_alignment_finds_its_counterpart()
    {
        const QString file = folder_.filePath(QStringLiteral("aligned.loom"));
        // B sees twice as many examples a step, and has come as far after half the steps.
        const auto write = [&](const char* name, int batch, int speed) {
            RunConfig config = circuitloom::testing::written_config(name, 20);
            config.batch = batch;
            RunDescription run = circuitloom::samples::description(name);
            run.configuration = to_json(config);
            RunWriter writer(path_of(file), run);
            for (int i = 0; i <= 20; ++i) {
                IterationRecord record;
                record.index = { i };
                record.step = i;
                record.loss = 10.0 - 0.1 * speed * i;
                record.metric = 0.1 * speed * i;
                record.edges = 12;
                writer.add_iteration(record, circuitloom::samples::circuit(i));
            }
            writer.set_state(RunState::finished);
        };
        write("A", 8, 1);
        write("B", 16, 2);
        Shown shown;
        shown.open(file, { 1 }, 12);
        QVERIFY(shown.caption().contains(QStringLiteral("B: B, iteration 12")));
        // Means over the last five iterations are two behind: A's at 12 is 10 of its steps, which
        // are 5 of B's, whose mean is there at 7.
        for (const auto& [by, least, most] : { std::tuple{ "after as many examples", 6, 6 },
                 std::tuple{ "at the same loss", 7, 8 }, std::tuple{ "at the same metric", 7, 8 },
                 std::tuple{ "at the same step", 12, 12 } }) {
            shown.choose("comparedBy", QString::fromUtf8(by));
            const QString caption = shown.caption();
            const int found
                = caption.section(QStringLiteral("iteration "), 1).section(u',', 0, 0).toInt();
            QVERIFY2(found >= least && found <= most, qPrintable(caption));
        }
    }

    void of_two_graphs_what_has_the_same_name_is_one()
    {
        const QString file = folder_.filePath(QStringLiteral("graphs.loom"));
        for (const int heads : { 4, 2 }) {
            RunDescription run = circuitloom::samples::description("heads");
            run.shape = { 3, heads, 2, 8 };
            const ComputationalGraph graph(run.shape, run.graph);
            RunWriter writer(path_of(file), run);
            IterationRecord record;
            record.edges = 12;
            Circuit circuit;
            for (int i = 0; i < 12; ++i)
                circuit.push_back({ { i * 3 }, 1.0F - 0.01F * static_cast<float>(i) });
            writer.add_iteration(record, circuit);
            writer.set_state(RunState::finished);
        }
        Shown shown;
        CircuitView& first = shown.context.view;
        CircuitView& second = shown.view();
        shown.context.show(file, { 1 }, 0);
        const ComputationalGraph large(*first.scene().graph);
        // Chosen and zoomed before B is there: neither is lost to B's graph.
        const auto node = [](const ComputationalGraph& graph, const char* name) {
            return *graph.find_node(*parse_node_name(name, true));
        };
        GraphChoice off{ { node(large, "a2.h3"), node(large, "a0.h1") }, {} };
        const auto last = static_cast<std::int32_t>(large.edges().size() - 1);
        off.edges.push_back({ last });
        std::ranges::sort(off.nodes);
        first.editor().set_switched_off(off);
        first.editor().select({ { node(large, "a1.h1") }, {} });
        first.zoom_by(2, QPointF(100, 100));
        const ViewState before = first.state();
        QSignalSpy told(&shown.panel, &ComparePanel::shown);
        shown.panel.resize(600, 600);
        shown.panel.show();
        QVERIFY(shown.wait(told));
        QVERIFY2(shown.caption().contains(QStringLiteral("different nodes")),
            qPrintable(shown.caption()));
        QVERIFY(first.state() == before);
        const ComputationalGraph& small = *second.scene().graph;
        QCOMPARE(small.shape().heads, 2);
        QCOMPARE(second.state().camera.zoom, before.camera.zoom);
        QVERIFY(second.state().selection == (GraphChoice{ { node(small, "a1.h1") }, {} }));
        const GraphChoice& there = second.state().switched_off;
        QVERIFY(std::ranges::find(there.nodes, node(small, "a0.h1")) != there.nodes.end());
        QCOMPARE(there.nodes.size(), std::size_t{ 1 }); // the other has no head of that number
        for (const EdgeId edge : there.edges)
            QVERIFY(edge.value < static_cast<std::int32_t>(small.edges().size()));
        QVERIFY(!second.grab().isNull());
        // Nor is it lost when B goes.
        QSignalSpy gone(&shown.panel, &ComparePanel::shown);
        shown.context.shown->iteration = 99;
        Q_EMIT shown.context.place_changed();
        QVERIFY(shown.wait(gone));
        QVERIFY(!second.scene().graph);
        QVERIFY(first.state() == before);
    }

    void another_file_has_its_own_runs()
    {
        const QString other = folder_.filePath(QStringLiteral("other.loom"));
        circuitloom::testing::write_run(other, "elsewhere", 6, 3);
        circuitloom::testing::write_run(other, "beside it", 6, 4);
        Shown shown;
        shown.open(file_, { 1 }, 3);
        shown.choose("comparedRun", QStringLiteral("1 · long"));
        QSignalSpy again(&shown.panel, &ComparePanel::shown);
        shown.context.show(other, { 1 }, 3);
        QVERIFY(shown.wait(again));
        const auto& runs = shown.find<QComboBox>("comparedRun");
        QCOMPARE(runs.itemText(0), QStringLiteral("1 · elsewhere"));
        QCOMPARE(runs.currentText(), QStringLiteral("2 · beside it"));
        QVERIFY2(shown.caption().contains(QStringLiteral("B: beside it, iteration 3")),
            qPrintable(shown.caption()));
        // A new name is shown, and a file that cannot be read leaves no figures of the one before.
        rename_run(path_of(other), { 2 }, "renamed");
        QSignalSpy renamed(&shown.panel, &ComparePanel::shown);
        shown.context.show(other, { 1 }, 4);
        QVERIFY(shown.wait(renamed));
        QCOMPARE(runs.currentText(), QStringLiteral("2 · renamed"));
        QSignalSpy failed(&shown.panel, &ComparePanel::shown);
        shown.context.shown->file = folder_.filePath(QStringLiteral("missing.loom"));
        Q_EMIT shown.context.place_changed();
        QVERIFY(shown.wait(failed));
        const QString why = shown.caption();
        QVERIFY2(why.contains(QStringLiteral("missing.loom")), qPrintable(why));
        shown.find<QToolButton>("showDifference").click();
        QCOMPARE(shown.caption(), why);
        QVERIFY(!shown.view().scene().graph);
    }

    void further_circuits_stand_beside_a_and_b()
    {
        Shown shown;
        shown.open(file_, { 1 }, 4);
        QVERIFY(!shown.find_in<QToolButton>('B', "removeCompared").isVisible());
        shown.add(); // of the same run, as there are no others: its first iteration
        QVERIFY2(shown.caption_of('C').contains(QStringLiteral("C: long, iteration 0")),
            qPrintable(shown.caption_of('C')));
        shown.after([&] { shown.find_in<QSpinBox>('C', "comparedIteration").setValue(9); });
        QVERIFY(shown.caption_of('C').contains(QStringLiteral("C: long, iteration 9")));
        QVERIFY(shown.caption_of('B').contains(QStringLiteral("B: short, iteration 4")));
        const ExperimentReader reader(path_of(file_));
        const Circuit a = reader.circuit({ 1 }, { 4 });
        const Circuit c = reader.circuit({ 1 }, { 9 });
        CircuitView& third = shown.find_in<CircuitView>('C', "comparedView");
        QVERIFY(third.circuit().circuit() == c);

        // Camera and selection are one for all, whichever view they are changed in.
        const GraphChoice edge{ {}, { a.front().edge } };
        third.editor().select(edge);
        QVERIFY(shown.context.view.state().selection == edge);
        QVERIFY(shown.find_in<CircuitView>('B', "comparedView").state().selection == edge);
        shown.find_in<CircuitView>('B', "comparedView").zoom_by(2, QPointF(50, 50));
        QCOMPARE(third.state().camera.zoom, shown.context.view.state().camera.zoom);

        // The timeline takes along those that follow it.
        shown.after([&] { shown.context.show(file_, { 1 }, 5); });
        QVERIFY(shown.caption_of('B').contains(QStringLiteral("B: short, iteration 5")));
        QVERIFY(shown.caption_of('C').contains(QStringLiteral("C: long, iteration 9")));

        // The difference is between A and the one that it is asked of.
        shown.find_in<QToolButton>('C', "showDifference").click();
        QVERIFY(third.scene().mode == ColorMode::sides);
        QCOMPARE(legend_of(third.scene()).back().label, QStringLiteral("only in C"));
        QVERIFY(shown.find_in<CircuitView>('B', "comparedView").scene().mode != ColorMode::sides);

        // C becomes B where that is removed.
        shown.after([&] { shown.find_in<QToolButton>('B', "removeCompared").click(); });
        QVERIFY(!shown.side('C'));
        QVERIFY2(shown.caption().contains(QStringLiteral("B: long, iteration 9")),
            qPrintable(shown.caption()));
        QVERIFY(shown.view().scene().mode == ColorMode::sides);
        QCOMPARE(legend_of(shown.view().scene()).back().label, QStringLiteral("only in B"));
    }

    void what_each_two_share_is_told_with_what_chance_gives()
    {
        Shown shown;
        shown.open(file_, { 1 }, 4);
        shown.add();
        shown.after([&] { shown.find_in<QSpinBox>('C', "comparedIteration").setValue(11); });
        const ExperimentReader reader(path_of(file_));
        const std::vector<std::set<EdgeId>> circuits{ edges_of(reader.circuit({ 1 }, { 4 })),
            edges_of(reader.circuit({ 2 }, { 4 })), edges_of(reader.circuit({ 1 }, { 11 })) };
        const auto graph_edges
            = static_cast<double>(shown.context.view.scene().graph->edges().size());
        const QString text = shown.find<QLabel>("comparedFigures").text();
        const QString table = text.mid(text.indexOf(QStringLiteral("Jaccard of edges")));
        for (std::size_t i = 0; i < 3; ++i)
            for (std::size_t j = i + 1; j < 3; ++j) {
                double both = 0;
                for (const EdgeId edge : circuits[i])
                    both += circuits[j].contains(edge) ? 1 : 0;
                const auto one = static_cast<double>(circuits[i].size());
                const auto two = static_cast<double>(circuits[j].size());
                const double by_chance = one * two / graph_edges;
                const QString jaccard = QString::number(both / (one + two - both), 'f', 2);
                const QString random = QString::number(by_chance / (one + two - by_chance), 'f', 3);
                QVERIFY2(table.contains(u'>' + jaccard + u'<'), qPrintable(table + jaccard));
                QVERIFY2(table.contains(random), qPrintable(table + random));
            }
        for (const int other : { 1, 2 }) {
            int kept = 0;
            for (const EdgeId edge : circuits[0])
                kept += circuits[static_cast<std::size_t>(other)].contains(edge) ? 1 : 0;
            const QString row = text.mid(text.indexOf(QStringLiteral("edges in both")))
                                    .section(QStringLiteral("</tr>"), 0, 0);
            QVERIFY2(row.contains(u'>' + QString::number(kept) + u'<'), qPrintable(row));
        }
    }

    void no_more_than_six_stand_side_by_side_and_each_has_its_place()
    {
        Shown shown;
        shown.open(file_, { 1 }, 4);
        auto& more = shown.find<QToolButton>("addCompared");
        auto& limit = shown.find<QLabel>("comparedLimit");
        for (const char letter : { 'C', 'D', 'E', 'F' }) {
            QVERIFY(more.isEnabled());
            QVERIFY(!limit.isVisible());
            shown.add();
            QVERIFY(shown.side(letter));
        }
        QVERIFY(!more.isEnabled());
        QVERIFY(limit.isVisible() && limit.text().contains(QStringLiteral("6 circuits")));
        for (const QSize& size : { QSize(300, 480), QSize(1200, 700) }) {
            shown.panel.resize(size);
            QCoreApplication::processEvents();
            std::vector<QRect> places;
            for (const char letter : { 'B', 'C', 'D', 'E', 'F' }) {
                ComparedSide& side = *shown.side(letter);
                const QRect place(side.mapTo(&shown.panel, QPoint()), side.size());
                QVERIFY(place.left() >= 0 && place.right() < size.width());
                for (const QRect& other : places)
                    QVERIFY(!place.intersects(other));
                places.push_back(place);
                for (const QWidget* control : side.findChildren<QWidget*>())
                    if (control->focusPolicy() != Qt::NoFocus && control->isVisible()
                        && control->objectName().startsWith(QStringLiteral("compared")))
                        QVERIFY2(control->accessibleName().contains(QLatin1Char(letter)),
                            qPrintable(control->objectName()));
            }
            QCOMPARE(places[0].top() == places[1].top(), size.width() > 480);
        }
        // Tab goes through the circuits in their order.
        QStringList order;
        for (QWidget* next = more.nextInFocusChain(); next != &more;
             next = next->nextInFocusChain())
            if (next->objectName() == QLatin1String("comparedRun"))
                order << next->parentWidget()->objectName();
        QCOMPARE(
            order.join(u' '), QStringLiteral("comparedB comparedC comparedD comparedE comparedF"));
        shown.after([&] { shown.find_in<QToolButton>('D', "removeCompared").click(); });
        QVERIFY(more.isEnabled() && !limit.isVisible() && !shown.side('F'));
    }

    void what_was_chosen_is_kept_with_the_file()
    {
        Shown shown;
        shown.open(file_, { 1 }, 4);
        QVERIFY(shown.context.compared(file_).empty()); // nobody chose yet
        shown.choose("comparedBy", QStringLiteral("at the same loss"));
        shown.add();
        shown.after([&] { shown.find_in<QSpinBox>('C', "comparedIteration").setValue(3); });
        const std::vector<ComparedWith> kept = shown.context.compared(file_);
        QCOMPARE(kept,
            (std::vector<ComparedWith>{
                { { 2 }, Alignment::loss, {} }, { { 1 }, Alignment::step, 3 } }));
        QVERIFY(shown.context.compared(QStringLiteral("other.loom")).empty());

        Shown later;
        later.context.set_compared(file_, kept);
        later.open(file_, { 1 }, 4);
        QVERIFY(later.caption_of('C').contains(QStringLiteral("C: long, iteration 3")));
        QCOMPARE(later.find_in<QComboBox>('B', "comparedBy").currentText(),
            QStringLiteral("at the same loss"));
        // And where it comes after the panel has looked; A's own run does not change places then.
        later.after([&] { later.context.set_compared(file_, { { { 1 }, Alignment::step, 7 } }); });
        QVERIFY(!later.side('C'));
        QVERIFY2(later.caption().contains(QStringLiteral("B: long, iteration 7")),
            qPrintable(later.caption()));
    }

    void steady_news_do_not_keep_it_from_reading()
    {
        Shown shown;
        shown.open(file_, { 1 }, 3);
        QSignalSpy again(&shown.panel, &ComparePanel::shown);
        shown.context.show(file_, { 1 }, 4);
        QTimer news; // more often than it waits
        connect(
            &news, &QTimer::timeout, &shown.context, [&] { Q_EMIT shown.context.place_changed(); });
        news.start(5);
        QVERIFY(shown.wait(again));
    }

    void it_moves_as_the_circuit_beside_it_does()
    {
        Shown shown;
        shown.context.view.set_reduced_motion(true);
        shown.open(file_, { 1 }, 3);
        QVERIFY(shown.view().circuit().motion().reduced());
        shown.context.view.set_reduced_motion(false);
        shown.context.view.circuit().motion().set_pace(4);
        QSignalSpy again(&shown.panel, &ComparePanel::shown);
        shown.context.show(file_, { 1 }, 4);
        QVERIFY(shown.wait(again));
        QVERIFY(!shown.view().circuit().motion().reduced());
        QCOMPARE(shown.view().circuit().motion().pace(), 4.0);
    }

    void news_of_any_run_are_looked_at()
    {
        Shown shown;
        shown.open(file_, { 1 }, 3);
        for (const auto signal : { &PanelContext::run_grown, &PanelContext::runs_changed }) {
            QSignalSpy again(&shown.panel, &ComparePanel::shown);
            Q_EMIT(shown.context.*signal)();
            QVERIFY(shown.wait(again));
        }
    }

    void without_an_experiment_it_says_what_it_is_for()
    {
        Shown shown;
        QSignalSpy said(&shown.panel, &ComparePanel::shown);
        shown.panel.show();
        QVERIFY(shown.wait(said));
        QVERIFY(shown.caption().contains(QStringLiteral("Open an experiment")));
    }
};

CIRCUITLOOM_UI_TEST(TestComparePanel, Application::widgets)
#include "tst_compare_panel.moc"
