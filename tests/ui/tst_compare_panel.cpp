// The panel that shows a second circuit beside the window's, or the difference of both.
#include "tests/support/fake_panel_context.h"
#include "tests/support/ui_test.h"
#include "tests/support/written_runs.h"
#include "ui/circuit/circuit_legend.h"
#include "ui/circuit/circuit_view.h"
#include "ui/difference/compare_panel.h"

#include <QComboBox>
#include <QLabel>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QToolButton>
#include <QtTest>

#include <algorithm>
#include <set>

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
