// What the inspector makes of a selection, of a run's circuits and of the model's answers.
#include "tests/support/circuit_samples.h"
#include "tests/support/shown_run.h"
#include "tests/support/ui_test.h"
#include "ui/base/tip_text.h"
#include "ui/inspector/attention_grid.h"
#include "ui/inspector/attention_image.h"
#include "ui/inspector/attention_map.h"
#include "ui/inspector/course_chart.h"
#include "ui/inspector/edge_rows.h"
#include "ui/inspector/example_sentence.h"
#include "ui/inspector/inspector_panel.h"

#include <QCheckBox>
#include <QKeyEvent>
#include <QLabel>
#include <QListWidget>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QThreadPool>
#include <QtTest>

#include <algorithm>

using namespace circuitloom;
using namespace circuitloom::ui;
using circuitloom::testing::FakePanelContext;
using circuitloom::testing::show_run;

namespace {

const QString attention_now = QStringLiteral("inspector, attention, now");
const QString attention_start = QStringLiteral("inspector, attention, at the start");
const QString lens_now = QStringLiteral("inspector, lens, now");

NodeId node(const ComputationalGraph& graph, const char* name, bool upstream = true)
{
    return *graph.find_node(*parse_node_name(name, upstream));
}

AttentionAnswer two_tokens(float first, int step)
{
    AttentionAnswer answer;
    answer.model.step = step;
    answer.tokens = { "the", " cat" };
    answer.patterns = { { { NodeKind::head, 1, 3 }, { 1, 0, first, 1 - first } } };
    return answer;
}

int asked_iteration(const FakePanelContext& context)
{
    const auto& question
        = std::get<AttentionQuestion>(context.open.at(attention_now).question);
    return std::get<RunMoment>(question.model).number;
}

/// Shows the panel with one node selected.
void show_selected(InspectorPanel& panel, FakePanelContext& context, const char* name)
{
    panel.resize(300, 900);
    panel.show();
    context.select({ { node(*context.shown->graph, name) }, {} });
}

} // namespace

class TestInspector : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir folder_;

private Q_SLOTS:
    void sides_of_a_node_are_one_subject()
    {
        const auto graph = circuitloom::testing::demo_graph();
        const Components components(*graph);
        const auto of = [&](const GraphChoice& choice) {
            return inspected_subject(choice, *graph, components);
        };
        QVERIFY(of({}).kind == InspectedSubject::Kind::nothing);
        const InspectedSubject head
            = of({ { node(*graph, "a1.h3"), node(*graph, "a1.h3<q>", false) }, {} });
        QVERIFY(head.kind == InspectedSubject::Kind::head);
        QCOMPARE(head.parts.size(), 1U);
        QCOMPARE(head.parts[0].name, QStringLiteral("a1.h3"));
        QVERIFY(*head.writer == (Node{ NodeKind::head, 1, 3 }));
        // Its edges are those that a name says it is an end of.
        std::size_t expected = 0;
        for (std::size_t i = 0; i < graph->edges().size(); ++i) {
            const std::string name = graph->edge_name({ static_cast<std::int32_t>(i) });
            expected += name.starts_with("a1.h3->") || name.find("->a1.h3<") != name.npos;
        }
        QCOMPARE(head.parts[0].edges.size(), expected);
        QVERIFY(of({ { node(*graph, "m2.g1") }, {} }).kind == InspectedSubject::Kind::mlp);
        QVERIFY(of({ { node(*graph, "logits", false) }, {} }).kind
            == InspectedSubject::Kind::logits);
        QVERIFY(!of({ { node(*graph, "logits", false) }, {} }).writer);
        QVERIFY(of({ { node(*graph, "input") }, {} }).kind == InspectedSubject::Kind::input);
        const EdgeId edge = *graph->find_edge("m0.g2->a2.h4<k>");
        const InspectedSubject one = of({ {}, { edge } });
        QVERIFY(one.kind == InspectedSubject::Kind::edge);
        QVERIFY(one.parts == (std::vector<InspectedPart>{ { QStringLiteral("m0.g2->a2.h4<k>"), { edge } } }));
        QVERIFY(of({ { node(*graph, "a1.h3"), node(*graph, "input") }, { edge } }).kind
            == InspectedSubject::Kind::several);
        QCOMPARE(of({ { node(*graph, "a1.h3"), node(*graph, "input") }, { edge } }).parts.size(),
            2U);
    }

    void keys_that_heads_share_are_a_subject()
    {
        const ComputationalGraph graph({ 2, 4, 2, 16 }, {});
        const Components components(graph);
        const InspectedSubject shared
            = inspected_subject({ { node(graph, "a1.h1<k>", false) }, {} }, graph, components);
        QVERIFY(shared.kind == InspectedSubject::Kind::shared_input);
        QVERIFY(!shared.writer);
        QVERIFY(!shared.parts[0].edges.empty());
    }

    void the_chart_goes_where_it_is_clicked()
    {
        CourseChart chart;
        chart.resize(300, 108);
        chart.set_theme(theme(false));
        chart.set_content({ { QStringLiteral("a"), Qt::red, false, { 1.0, {}, 3.0 } } }, {}, 11);
        chart.set_cursor(4);
        QVERIFY(chart.accessibleDescription().contains(QStringLiteral("not read yet")));
        chart.set_cursor(1);
        QVERIFY(chart.accessibleDescription().contains(QStringLiteral("not in the circuit")));
        QSignalSpy asked(&chart, &CourseChart::iteration_requested);
        for (const int iteration : { 0, 3, 10 }) {
            QCOMPARE(chart.iteration_at(chart.x_of(iteration)), iteration);
            QTest::mouseClick(
                &chart, Qt::LeftButton, {}, { static_cast<int>(chart.x_of(iteration)), 40 });
            QCOMPARE(asked.takeLast().front().toInt(), iteration);
        }
        QTest::keyClick(&chart, Qt::Key_Right);
        QCOMPARE(asked.takeLast().front().toInt(), 2);
        chart.set_cursor(0);
        QTest::keyClick(&chart, Qt::Key_Left);
        QCOMPARE(asked.takeLast().front().toInt(), 0);
    }

    void one_iteration_between_two_gaps_is_seen()
    {
        CourseChart chart;
        chart.resize(300, 108);
        chart.set_theme(theme(false));
        chart.set_content(
            { { QStringLiteral("a"), Qt::red, false, { {}, {}, 2.0, {}, {}, -1.0, -1.0 } } }, {}, 7);
        const QImage image = chart.grab().toImage();
        bool red = false;
        const int middle = static_cast<int>(chart.x_of(2) * image.devicePixelRatio());
        for (int y = 0; y < image.height(); ++y)
            red = red || image.pixelColor(middle, y).red() > image.pixelColor(middle, y).blue() + 60;
        QVERIFY(red);
    }

    void the_course_is_the_files()
    {
        FakePanelContext context;
        show_run(context, folder_, 12, 5);
        const EdgeId edge = context.circuit.front().edge;
        InspectorPanel panel(context);
        panel.resize(300, 900);
        panel.show();
        context.select({ {}, { edge } });
        auto* chart = panel.findChild<CourseChart*>();
        const std::size_t count = context.history->iterations.size();
        QTRY_VERIFY(!chart->lines().empty() && chart->lines()[0].values.size() == count);
        const ExperimentReader reader(path_of(context.shown->file));
        const auto history = reader.edge_history(context.shown->run, edge);
        std::vector<std::optional<double>> expected(count);
        for (const EdgeHistoryPoint& point : history)
            expected[static_cast<std::size_t>(point.iteration.value)]
                = static_cast<double>(point.score);
        QVERIFY(chart->lines()[0].values == expected);
        int inside = 0;
        for (const GroupStay& stay : chart->stays())
            inside += stay.last - stay.first + 1;
        QCOMPARE(inside, static_cast<int>(history.size()));
        auto* figures = panel.findChild<QLabel*>(QStringLiteral("inspectorFigures"));
        QVERIFY2(figures->text().contains(QStringLiteral("<td>rank</td><td style='padding-left: 10px'>1</td>")), qPrintable(figures->text()));
        QVERIFY(figures->text().contains(
            QStringLiteral("%1 of %2, ").arg(history.size()).arg(count)));
        QVERIFY(panel.findChild<QLabel*>(QStringLiteral("inspectorKind"))
                    ->text()
                    .contains(QStringLiteral("iteration 5")));

        Q_EMIT chart->iteration_requested(2);
        QCOMPARE(context.shown->iteration, 2);
        // Several are lines of their own and a sum.
        const EdgeId other = context.circuit[1].edge;
        context.select({ {}, { std::min(edge, other), std::max(edge, other) } });
        QTRY_VERIFY(chart->lines().size() == 3 && chart->lines()[2].values.size() == count);
        const auto value = [&](std::size_t line) {
            return chart->lines()[line].values[5].value_or(0);
        };
        QCOMPARE(value(2), value(0) + value(1));
    }

    void rows_are_the_strongest_each_way_and_select()
    {
        FakePanelContext context;
        show_run(context, folder_, 12, 5);
        const auto& graph = *context.shown->graph;
        const Components components(graph);
        const ComponentId head
            = components.of(graph.edge(context.circuit.front().edge).source);
        const auto rows = edge_rows({ head, head }, context.circuit, graph, components, 3);
        QVERIFY(!rows.empty());
        QVERIFY(std::ranges::count_if(rows, [](const EdgeRow& row) { return row.outwards; }) <= 3);
        for (const EdgeRow& row : rows) {
            const Edge& ends = graph.edge(row.edge);
            QVERIFY(components.of(row.outwards ? ends.source : ends.target) == head);
        }
        InspectorPanel panel(context);
        panel.resize(300, 900);
        panel.show();
        context.select({ { graph.edge(context.circuit.front().edge).source }, {} });
        auto* list = panel.findChild<QListWidget*>(QStringLiteral("inspectorEdges"));
        QTRY_VERIFY(list->count() > 0);
        const auto shown = edge_rows({ head, head }, context.circuit, graph, components, 6);
        list->setFocus();
        list->setCurrentRow(list->count() - 1);
        QTest::keyClick(list, Qt::Key_Return);
        QVERIFY(context.selected == (GraphChoice{ {}, { shown.back().edge } }));
    }

    void attention_is_asked_now_and_at_the_start()
    {
        FakePanelContext context;
        show_run(context, folder_, 12, 5);
        context.set_sentence(QStringLiteral("the cat"));
        InspectorPanel panel(context);
        show_selected(panel, context, "a1.h3");
        QTRY_VERIFY(context.open.contains(attention_now) && context.open.contains(attention_start));
        const auto& asked = std::get<AttentionQuestion>(context.open.at(attention_now).question);
        QCOMPARE(asked.text, "the cat");
        QVERIFY(asked.heads == (std::vector<Node>{ { NodeKind::head, 1, 3 } }));
        QCOMPARE(asked_iteration(context), 5);
        auto* now = panel.findChild<AttentionMap*>(QStringLiteral("attentionNow"));
        auto* other = panel.findChild<AttentionMap*>(QStringLiteral("attentionOther"));
        context.answer(attention_now, two_tokens(0.75F, 5));
        context.answer(attention_start, two_tokens(0.25F, 0));
        QCOMPARE(now->content().weights[2], 0.75F);
        QCOMPARE(other->content().weights[2], 0.25F);
        QVERIFY(now->accessibleDescription().contains(
            QStringLiteral("“cat” looks at “the”: 75.0 %")));

        QCOMPARE(panel.findChild<QLabel*>(QStringLiteral("inspectorReads"))->text(),
            QStringLiteral("iteration 5, after step 5: its end reads “the” 75 % (at the start 25 %), "
                           "“cat” 25 % (at the start 75 %)"));

        auto* difference = panel.findChild<QCheckBox*>(QStringLiteral("attentionDifference"));
        difference->setChecked(true);
        QCOMPARE(other->content().weights[2], 0.5F);
        QVERIFY(other->content().difference);
        QVERIFY(other->accessibleDescription().contains(QStringLiteral("+50.0 %")));

        // The start stays what it is.
        context.go_to(6);
        QTRY_VERIFY(context.open.contains(attention_now));
        QCOMPARE(asked_iteration(context), 6);
        QVERIFY(!context.open.contains(attention_start));
        panel.hide();
        QVERIFY(context.open.empty());
    }

    void the_lens_says_target_and_alternative()
    {
        FakePanelContext context;
        show_run(context, folder_, 12, 5);
        InspectorPanel panel(context);
        show_selected(panel, context, "m1.g2");
        QTRY_VERIFY(context.open.contains(lens_now));
        const auto& asked = std::get<LensQuestion>(context.open.at(lens_now).question);
        QCOMPARE(asked.task, context.history->config.task);
        QCOMPARE(asked.mlp_group_size, context.history->config.graph.mlp_group_size);
        QVERIFY(context.open.contains(QStringLiteral("inspector, neurons, now")));
        LensAnswer answer;
        answer.model.step = 5;
        answer.examples = 100;
        answer.nodes = { { asked.nodes[0], 1.5, -0.25, { { 1, " <b>runs</b>", 2.0 } } } };
        context.answer(lens_now, answer);
        const QString text
            = panel.findChild<QLabel*>(QStringLiteral("inspectorLens"))->text();
        QVERIFY(text.contains(QStringLiteral("+1.500")));
        QVERIFY(text.contains(QStringLiteral("+1.750"))); // the difference
        QVERIFY(text.contains(QStringLiteral("&lt;b&gt;runs"))); // tokens are no markup
    }

    void a_map_names_what_is_under_the_pointer()
    {
        AttentionMap map;
        map.set_theme(theme(true));
        map.set_content({ { QStringLiteral("the"), QStringLiteral(" cat"), QStringLiteral("\n") },
            { 1, 0, 0, 0.25F, 0.75F, 0, 0.5F, 0.25F, 0.25F }, false });
        map.resize(260, map.heightForWidth(260));
        QStringList found;
        for (int y = 0; y < map.height(); ++y)
            for (int x = 0; x < map.width(); ++x)
                if (const QString text = map.text_at(QPointF(x, y)); !text.isEmpty())
                    found << text;
        found.removeDuplicates();
        QCOMPARE(found.size(), 6); // nothing looks ahead
        QVERIFY(found.contains(QStringLiteral("“⏎” looks at “cat”: 25.0 %")));
        QVERIFY(map.color_of(0.9) != map.color_of(0.1));
    }

    void the_grid_has_the_circuits_heads_by_rank()
    {
        const auto graph = circuitloom::testing::demo_graph();
        const auto edge = [&](const char* name) {
            return CircuitEdge{ *graph->find_edge(name), 1, {}, {}, {} };
        };
        const std::vector<CircuitEdge> circuit{ edge("m0.g2->a2.h4<k>"), edge("a2.h4->a3.h1<q>"),
            edge("a0.h5->logits"), edge("a0.h5->a3.h1<q>") };
        const auto heads = heads_of_circuit(circuit, *graph);
        QVERIFY(heads
            == (std::vector<Node>{ { NodeKind::head, 2, 4 }, { NodeKind::head, 3, 1 },
                { NodeKind::head, 0, 5 } }));

        FakePanelContext context;
        context.shown = ShownPlace{ QStringLiteral("x.loom"), { 1 }, 3, 3, graph };
        context.circuit = circuit;
        context.set_sentence(QStringLiteral("the cat"));
        InspectorPanel panel(context);
        panel.resize(300, 900);
        panel.show();
        const QString asker = QStringLiteral("inspector, attention of all");
        QTRY_VERIFY(context.open.contains(asker));
        AttentionAnswer answer = two_tokens(0.5F, 3);
        const AttentionPattern pattern = answer.patterns.front();
        answer.patterns.clear();
        for (const Node& head : heads)
            answer.patterns.push_back({ head, pattern.weights });
        context.answer(asker, answer);
        auto* grid = panel.findChild<AttentionGrid*>();
        QCOMPARE(grid->heads().size(), 3U);
        QTest::mouseClick(grid, Qt::LeftButton, {}, grid->place_of(1).center());
        const Components components(*graph);
        QVERIFY(!context.selected.nodes.empty());
        for (const NodeId node : context.selected.nodes)
            QCOMPARE(components.name(components.of(node)), "a3.h1");
    }

    void maps_are_of_what_is_shown_and_asked_for_once()
    {
        const QString asker = QStringLiteral("inspector, attention of all");
        FakePanelContext context;
        show_run(context, folder_, 12, 5);
        context.set_sentence(QStringLiteral("the cat"));
        InspectorPanel panel(context);
        panel.resize(300, 900);
        panel.show();
        QTRY_VERIFY(context.open.contains(asker));
        const auto answer_it = [&] {
            AttentionAnswer answer = two_tokens(0.5F, 3);
            const auto& question = std::get<AttentionQuestion>(context.open.at(asker).question);
            answer.patterns.resize(question.heads.size(), answer.patterns.front());
            context.answer(asker, answer);
        };
        answer_it();
        auto* grid = panel.findChild<AttentionGrid*>();
        const std::size_t count = grid->heads().size();
        QVERIFY(count > 0);
        const int asked = context.asked;
        const ShownPlace place = *context.shown;
        grid->show_heads(place, context.sentence(), false);
        panel.hide();
        panel.show();
        grid->show_heads(place, context.sentence(), false);
        QCOMPARE(context.asked, asked);
        QCOMPARE(grid->heads().size(), count);

        context.set_sentence(QStringLiteral("the dogs"));
        grid->show_heads(place, context.sentence(), false);
        QVERIFY(grid->heads().empty()); // those of another sentence are not this one's
        QCOMPARE(context.asked, asked + 1);
        grid->show_heads(place, context.sentence(), false);
        QCOMPARE(context.asked, asked + 1);
        answer_it();
        QCOMPARE(grid->heads().size(), count);

        // The same run written anew, or another one: its heads may be others.
        context.history->graph = std::make_shared<ComputationalGraph>(*context.history->graph);
        context.shown->graph = context.history->graph;
        grid->show_heads(*context.shown, context.sentence(), false);
        QVERIFY(grid->heads().empty());
        QTest::mouseClick(grid, Qt::LeftButton, {}, grid->place_of(0).center());
        QVERIFY(context.selected.nodes.empty());
    }

    void a_failure_stays_and_can_be_asked_again_data()
    {
        QTest::addColumn<QString>("node");
        QTest::addColumn<QString>("asker");
        QTest::addColumn<QString>("line");
        QTest::newRow("lens") << "m1.g2" << lens_now << "inspectorLensState";
        QTest::newRow("head") << "a1.h3" << attention_now << "inspectorHeadState";
        QTest::newRow("grid") << QString() << "inspector, attention of all" << "attentionGridState";
    }

    void a_failure_stays_and_can_be_asked_again()
    {
        QFETCH(const QString, node);
        QFETCH(const QString, asker);
        QFETCH(const QString, line);
        FakePanelContext context;
        show_run(context, folder_, 12, 5);
        context.set_sentence(QStringLiteral("the cat"));
        InspectorPanel panel(context);
        panel.resize(300, 900);
        panel.show();
        if (!node.isEmpty())
            context.select({ { ::node(*context.shown->graph, qPrintable(node)) }, {} });
        QTRY_VERIFY(context.open.contains(asker));
        context.fail(asker, QStringLiteral("The <model> is gone."));
        auto* state = panel.findChild<QLabel*>(line);
        QVERIFY(state->text().contains(QStringLiteral("The &lt;model&gt; is gone.")));
        Q_EMIT context.edges_changed();
        QTest::qWait(100); // the panel refreshes soon
        QVERIFY(state->isVisible());
        QVERIFY(state->text().contains(QStringLiteral("The &lt;model&gt; is gone.")));
        QVERIFY(!context.open.contains(asker)); // not by itself
        Q_EMIT state->linkActivated(QStringLiteral("again"));
        QVERIFY(context.open.contains(asker));
        QVERIFY(!state->text().contains(QStringLiteral("gone")));
    }

    void progress_goes_with_the_answer()
    {
        FakePanelContext context;
        show_run(context, folder_, 12, 5);
        context.set_sentence(QStringLiteral("the cat"));
        InspectorPanel panel(context);
        show_selected(panel, context, "a1.h3");
        const QString task_now = QStringLiteral("inspector, attention on the task, now");
        QTRY_VERIFY(context.open.contains(attention_now) && context.open.contains(task_now));
        auto* state = panel.findChild<QLabel*>(QStringLiteral("inspectorHeadState"));
        QVERIFY(state->text().contains(QStringLiteral("Asking the model")));
        context.open.at(task_now).handlers.progressed(QStringLiteral("Replaying"), 3, 20);
        QCOMPARE(state->text(), QStringLiteral("Replaying (3 of 20)"));
        context.answer(attention_now, two_tokens(0.75F, 5));
        QCOMPARE(state->text(), QStringLiteral("Replaying (3 of 20)"));
        TargetAttentionAnswer answer;
        answer.heads.resize(1);
        context.answer(task_now, answer);
        QVERIFY(state->isHidden());
    }

    void of_many_parts_some_have_lines_and_all_are_in_the_sum()
    {
        FakePanelContext context;
        show_run(context, folder_, 12, 5);
        InspectorPanel panel(context);
        panel.resize(300, 900);
        panel.show();
        GraphChoice choice;
        double sum = 0;
        for (std::size_t i = 0; i < 10; ++i) {
            choice.edges.push_back(context.circuit[i].edge);
            sum += context.circuit[i].score;
        }
        std::ranges::sort(choice.edges);
        context.select(choice);
        auto* chart = panel.findChild<CourseChart*>();
        const std::size_t count = context.history->iterations.size();
        QTRY_VERIFY(chart->lines().size() == 7 && chart->lines()[6].values.size() == count);
        QVERIFY(std::abs(*chart->lines()[6].values[5] - sum) < 1e-6);
        const auto labels = panel.findChildren<QLabel*>();
        QVERIFY(std::ranges::any_of(labels, [](const QLabel* label) {
            return label->text().contains(QStringLiteral("4 more"));
        }));
    }

    void a_hidden_inspector_reads_nothing()
    {
        FakePanelContext context;
        show_run(context, folder_, 12, 5);
        InspectorPanel panel(context);
        panel.resize(300, 900);
        panel.show();
        context.select({ {}, { context.circuit.front().edge } });
        auto* chart = panel.findChild<CourseChart*>();
        const std::size_t count = context.history->iterations.size();
        QTRY_VERIFY(!chart->lines().empty() && chart->lines()[0].values.size() == count);
        panel.hide();
        auto& iterations = context.history->iterations;
        iterations.resize(count + 5, iterations.back());
        context.shown->file += QStringLiteral(".gone"); // reading it would say so
        Q_EMIT context.run_grown();
        QThreadPool::globalInstance()->waitForDone();
        QCoreApplication::processEvents();
        const auto says_gone = [&] {
            const auto labels = panel.findChildren<QLabel*>();
            return std::ranges::any_of(labels, [](const QLabel* label) {
                return label->text().contains(QStringLiteral(".gone"));
            });
        };
        QVERIFY(!says_gone());
        panel.show();
        QTRY_VERIFY(says_gone());
    }

    void the_grids_keys_are_not_the_windows()
    {
        FakePanelContext context;
        AttentionGrid grid(context, nullptr);
        const auto keeps = [&grid](Qt::Key key, Qt::KeyboardModifiers modifiers = {}) {
            QKeyEvent asks(QEvent::ShortcutOverride, key, modifiers);
            asks.ignore();
            QCoreApplication::sendEvent(&grid, &asks);
            return asks.isAccepted();
        };
        for (const Qt::Key key : { Qt::Key_Left, Qt::Key_Right, Qt::Key_Space })
            QVERIFY(keeps(key));
        QVERIFY(!keeps(Qt::Key_Home)); // it does nothing in the grid
        QVERIFY(!keeps(Qt::Key_Right, Qt::ControlModifier));
    }

    void a_long_texts_picture_is_small_and_shows_what_is_strongest()
    {
        constexpr int positions = 700;
        std::vector<float> weights(static_cast<std::size_t>(positions) * positions);
        const auto at = [](int row, int column) {
            return static_cast<std::size_t>(row) * positions + static_cast<std::size_t>(column);
        };
        weights[at(350, 14)] = 0.81F;
        weights[at(351, 14)] = 0.2F; // of the same pixel
        weights[at(699, 0)] = -1;
        QImage image = attention_image(weights, positions, 100);
        QCOMPARE(image.size(), QSize(100, 100));
        QVERIFY(image.sizeInBytes() < 100 * 104);
        for (const bool dark : { false, true }) {
            set_attention_colors(image, true, Qt::magenta, theme(dark));
            const auto close = [](const QColor& a, const QColor& b) {
                return std::abs(a.red() - b.red()) + std::abs(a.green() - b.green())
                    + std::abs(a.blue() - b.blue())
                    <= 6; // a colour number is one of 127
            };
            QVERIFY(close(image.pixelColor(2, 50), attention_color(0.81, true, theme(dark))));
            QVERIFY(close(image.pixelColor(0, 99), theme(dark).negative));
            QVERIFY(close(image.pixelColor(1, 99), attention_color(0, true, theme(dark))));
            QCOMPARE(image.pixelColor(99, 0), QColor(Qt::magenta)); // nothing looks ahead
        }
    }

    void names_in_tips_are_no_markup()
    {
        QVERIFY(tip_text(QStringLiteral("<b>m0</b>")).contains(QStringLiteral("&lt;b&gt;m0&lt;/b&gt;")));
        QVERIFY(!Qt::mightBeRichText(tip_text(QStringLiteral("m0->a1.h3<q>: 1"))));
        QVERIFY(tip_text({}).isEmpty());
    }

    void a_sentence_ends_before_its_target()
    {
        TaskExample example{ "déjà 🙂 sees it", { { 7, 11, " see" } }, {}, {} };
        QCOMPARE(sentence_before_target(example), QString::fromUtf8("déjà 🙂"));
        example.spans[0].start = 99;
        QCOMPARE(sentence_before_target(example), QString::fromUtf8("déjà 🙂 sees it"));
        QVERIFY(!first_sentence("demo/disagreement").isEmpty());
    }
};

CIRCUITLOOM_UI_TEST(TestInspector, Application::widgets)
#include "tst_inspector.moc"
