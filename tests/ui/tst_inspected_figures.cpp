// What the inspector's figures say of themselves: which model they are of, how sure they are.
#include "tests/support/shown_run.h"
#include "tests/support/ui_test.h"
#include "ui/inspector/attention_grid.h"
#include "ui/inspector/edge_rows.h"
#include "ui/inspector/inspector_panel.h"

#include <QLabel>
#include <QListWidget>
#include <QtTest>

#include <algorithm>
#include <cmath>
#include <map>

using namespace circuitloom;
using namespace circuitloom::ui;
using circuitloom::testing::FakePanelContext;
using circuitloom::testing::show_run;

namespace {

const QString lens_now = QStringLiteral("inspector, lens, now");
const QString neurons_now = QStringLiteral("inspector, neurons, now");
const QString attention_now = QStringLiteral("inspector, attention, now");
const QString task_now = QStringLiteral("inspector, attention on the task, now");
const QString all_maps = QStringLiteral("inspector, attention of all");

QString text_of(const InspectorPanel& panel, const char* name)
{
    return panel.findChild<QLabel*>(QString::fromLatin1(name))->text();
}

/// A node of the run's graph, as a selection.
GraphChoice chosen(const FakePanelContext& context, const char* name, bool upstream = true)
{
    return { { *context.shown->graph->find_node(*parse_node_name(name, upstream)) }, {} };
}

/// As the panel's tables have it.
QString row(const QString& name, const QString& value)
{
    return QStringLiteral("<td>%1</td><td style='padding-left: 10px'>%2</td>").arg(name, value);
}

AttentionAnswer attention(int step, std::vector<Node> heads)
{
    AttentionAnswer answer;
    answer.model.step = step;
    answer.tokens = { "the", " cat" };
    for (const Node& head : heads)
        answer.patterns.push_back({ head, { 1, 0, 0.25F, 0.75F } });
    return answer;
}

} // namespace

class TestInspectedFigures : public QObject
{
    Q_OBJECT

    void show(InspectorPanel& panel, FakePanelContext& context)
    {
        show_run(context, folder_, 12, 5);
        context.set_sentence(QStringLiteral("the cat"));
        panel.resize(300, 900);
        panel.show();
    }

    QTemporaryDir folder_;

private Q_SLOTS:
    void maps_say_which_model_they_are_of()
    {
        FakePanelContext context;
        InspectorPanel panel(context);
        show(panel, context);
        Q_EMIT context.place_changed();
        QTRY_VERIFY(context.open.contains(all_maps));
        QVERIFY(!text_of(panel, "inspectorKind").contains(QStringLiteral("iteration")));
        context.answer(all_maps, attention(40, { { NodeKind::head, 1, 3 } }));
        const QString of_five = QStringLiteral("iteration 5, after step 40");
        QVERIFY(text_of(panel, "inspectorKind").contains(of_five));
        // Until those of the next iteration come, the maps are of the one before.
        context.go_to(7);
        QTRY_VERIFY(context.open.contains(all_maps));
        QVERIFY(text_of(panel, "inspectorKind").contains(of_five));
        context.answer(all_maps, attention(56, { { NodeKind::head, 1, 3 } }));
        QVERIFY(text_of(panel, "inspectorKind")
                    .contains(QStringLiteral("iteration 7, after step 56")));
    }

    void figures_of_a_head_say_which_model_they_are_of()
    {
        FakePanelContext context;
        InspectorPanel panel(context);
        show(panel, context);
        context.select(chosen(context, "a1.h3"));
        QTRY_VERIFY(context.open.contains(attention_now) && context.open.contains(task_now));
        context.answer(attention_now, attention(40, { { NodeKind::head, 1, 3 } }));
        TargetAttentionAnswer answer;
        answer.model.step = 40;
        answer.examples = 9;
        answer.heads.resize(1);
        context.answer(task_now, answer);
        context.go_to(7);
        QTRY_VERIFY(context.open.contains(attention_now));
        const QString of_five = QStringLiteral("iteration 5, after step 40");
        for (const char* label : { "inspectorReads", "inspectorAttention" })
            QVERIFY2(text_of(panel, label).contains(of_five), label);
    }

    void the_lens_and_the_neurons_say_which_model_they_are_of()
    {
        FakePanelContext context;
        InspectorPanel panel(context);
        show(panel, context);
        context.select(chosen(context, "m1.g2"));
        QTRY_VERIFY(context.open.contains(lens_now) && context.open.contains(neurons_now));
        LensAnswer lens;
        lens.model.step = 40;
        lens.nodes = { { { NodeKind::mlp_group, 1, 2 }, 1.0, 0.5, {} } };
        context.answer(lens_now, lens);
        NeuronAnswer neurons;
        neurons.model.step = 40;
        context.answer(neurons_now, neurons);
        context.go_to(7);
        QTRY_VERIFY(context.open.contains(lens_now));
        context.open.at(lens_now).handlers.progressed(QStringLiteral("Replaying"), 1, 9);
        const QString of_five = QStringLiteral("iteration 5, after step 40");
        for (const char* label : { "inspectorLens", "inspectorNeurons" })
            QVERIFY2(text_of(panel, label).contains(of_five), label);
    }

    void a_writers_share_of_the_answer_is_of_the_logits()
    {
        FakePanelContext context;
        InspectorPanel panel(context);
        show(panel, context);
        context.select(chosen(context, "input"));
        QTRY_VERIFY(context.open.contains(lens_now));
        const auto nodes = [&] {
            return std::get<LensQuestion>(context.open.at(lens_now).question).nodes;
        };
        const Node input{ NodeKind::input, -1, -1 };
        const Node logits{ NodeKind::logits, -1, -1 };
        QVERIFY(nodes() == (std::vector<Node>{ input, logits }));
        LensAnswer answer;
        answer.nodes = { { input, 1.0, 0.5, {} }, { logits, 3.0, 1.0, {} } };
        context.answer(lens_now, answer);
        QVERIFY(text_of(panel, "inspectorLens").contains(QStringLiteral("share of the answer")));
        QVERIFY(text_of(panel, "inspectorLens").contains(QStringLiteral(">25.0 %<")));

        context.select(chosen(context, "logits", false));
        QTRY_VERIFY(context.open.contains(lens_now) && nodes() == std::vector<Node>{ logits });
        answer.nodes.erase(answer.nodes.begin());
        context.answer(lens_now, answer);
        QVERIFY(text_of(panel, "inspectorLens").contains(QStringLiteral("+2.000")));
        QVERIFY(text_of(panel, "inspectorLens").contains(QStringLiteral(">100.0 %<")));
    }

    void an_edge_says_how_sure_it_is()
    {
        FakePanelContext context;
        InspectorPanel panel(context);
        show(panel, context);
        context.select({ {}, { context.circuit.front().edge } });
        const auto figures = [&] { return text_of(panel, "inspectorFigures"); };
        QTRY_VERIFY(figures().contains(QStringLiteral("in iterations")));
        QVERIFY(!figures().contains(QStringLiteral("in resamples")));
        context.circuit.front().certainty = EdgeCertainty{ 0.875F, 0.25F, 0.5F };
        Q_EMIT context.edges_changed();
        QTRY_VERIFY(figures().contains(QStringLiteral("in resamples")));
        QVERIFY(figures().contains(
            QStringLiteral("87.5 %, 95 % of their scores from +0.2500 to +0.5000")));
        QVERIFY(figures().contains(row(QStringLiteral("sign"), QStringLiteral("certain"))));
        context.circuit.front().certainty = EdgeCertainty{ 0.5F, -0.25F, 0.5F };
        Q_EMIT context.edges_changed();
        QTRY_VERIFY(figures().contains(row(QStringLiteral("sign"), QStringLiteral("not certain"))));
    }

    void stays_have_their_beginnings_and_ends()
    {
        FakePanelContext context;
        InspectorPanel panel(context);
        show(panel, context);
        const ExperimentReader reader(path_of(context.shown->file));
        // An edge that comes and goes.
        const int count = static_cast<int>(context.history->iterations.size());
        std::vector<EdgeId> edges;
        for (const CircuitEdge& edge : context.circuit)
            edges.push_back(edge.edge);
        const auto flickers = std::ranges::find_if(edges, [&](EdgeId edge) {
            const auto history = reader.edge_history(context.shown->run, edge);
            return static_cast<int>(history.size()) < count - 1 && history.size() > 1;
        });
        QVERIFY(flickers != edges.end());
        QStringList expected;
        int first = -1;
        int last = -2;
        const auto close = [&] {
            if (first >= 0)
                expected << (first == last ? QString::number(first)
                                           : QStringLiteral("%1–%2").arg(first).arg(last));
        };
        for (const EdgeHistoryPoint& point : reader.edge_history(context.shown->run, *flickers)) {
            if (point.iteration.value != last + 1) {
                close();
                first = point.iteration.value;
            }
            last = point.iteration.value;
        }
        close();
        context.select({ {}, { *flickers } });
        QTRY_VERIFY2(text_of(panel, "inspectorFigures")
                         .contains(row(QStringLiteral("stays"),
                             expected.join(QStringLiteral(", ")))),
            qPrintable(text_of(panel, "inspectorFigures")));
    }

    void a_nodes_rank_is_among_the_nodes()
    {
        FakePanelContext context;
        InspectorPanel panel(context);
        show(panel, context);
        const ComputationalGraph& graph = *context.shown->graph;
        const Components components(graph);
        std::map<std::string, double> strength;
        for (const CircuitEdge& edge : context.circuit) {
            const Edge& ends = graph.edge(edge.edge);
            strength[components.name(components.of(ends.source))] += std::abs(edge.score);
            strength[components.name(components.of(ends.target))] += std::abs(edge.score);
        }
        const NodeId node = graph.edge(context.circuit[2].edge).source;
        const double own = strength.at(components.name(components.of(node)));
        const auto stronger = std::ranges::count_if(
            strength, [&](const auto& other) { return other.second > own; });
        context.select({ { node }, {} });
        const QString expected = row(QStringLiteral("rank among nodes"),
            QStringLiteral("%1 of %2").arg(stronger + 1).arg(strength.size()));
        QTRY_VERIFY2(text_of(panel, "inspectorFigures").contains(expected),
            qPrintable(QString(text_of(panel, "inspectorFigures") + expected)));
        // That of its strongest edge stands beside it.
        QVERIFY(text_of(panel, "inspectorFigures")
                    .contains(QStringLiteral("strongest edge's rank")));
    }

    void an_edge_lists_what_comes_before_and_after_it()
    {
        FakePanelContext context;
        InspectorPanel panel(context);
        show(panel, context);
        const ComputationalGraph& graph = *context.shown->graph;
        const Components components(graph);
        const auto of = [&](const CircuitEdge& edge) {
            const Edge& ends = graph.edge(edge.edge);
            return EdgeRowsOf{ components.of(ends.source), components.of(ends.target) };
        };
        const auto both = std::ranges::find_if(context.circuit, [&](const CircuitEdge& edge) {
            const auto rows = edge_rows(of(edge), context.circuit, graph, components, 6);
            return rows.size() > 1 && !rows.front().outwards && rows.back().outwards;
        });
        QVERIFY(both != context.circuit.end());
        const Edge chosen = graph.edge(both->edge);
        const auto rows = edge_rows(of(*both), context.circuit, graph, components, 6);
        for (const EdgeRow& row : rows) {
            const Edge& ends = graph.edge(row.edge);
            QVERIFY(row.outwards
                    ? components.of(ends.source) == components.of(chosen.target)
                    : components.of(ends.target) == components.of(chosen.source));
        }
        context.select({ {}, { both->edge } });
        const auto* list = panel.findChild<QListWidget*>(QStringLiteral("inspectorEdges"));
        QTRY_COMPARE(list->count(), static_cast<int>(rows.size()));
        QVERIFY(list->isVisible());
        QVERIFY(text_of(panel, "inspectorEdgeCounts")
                    .contains(QStringLiteral("into ")
                        + QString::fromStdString(components.name(components.of(chosen.source)))));
    }
};

CIRCUITLOOM_UI_TEST(TestInspectedFigures, Application::widgets)
#include "tst_inspected_figures.moc"
