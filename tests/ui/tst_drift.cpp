// The map of how far parts of the model moved, and the inspector's section about what is selected.
#include "tests/support/fake_panel_context.h"
#include "tests/support/ui_test.h"
#include "ui/base/painted_parts.h"
#include "ui/dynamics/drift_view.h"
#include "ui/inspector/drift_section.h"

#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QtTest>

using namespace circuitloom;
using namespace circuitloom::ui;
using circuitloom::testing::FakePanelContext;

namespace {

using Kind = ParameterPart::Kind;

const QString map_asker = QStringLiteral("dynamics, drift");
const QString section_asker = QStringLiteral("inspector, drift");
const QString checkpoint_asker = QStringLiteral("inspector, drift at checkpoints");
constexpr ParameterPart moved_query{ Kind::query, 1, 2 };

std::shared_ptr<ComputationalGraph> graph_of(int group = 4)
{
    return std::make_shared<ComputationalGraph>(
        GraphShape{ 3, 4, 2, 8, false }, GraphOptions{ GraphKind::full, group });
}

/// A window that shows iteration 3.
void show_run(FakePanelContext& context)
{
    context.history.emplace();
    for (int i = 0; i < 9; ++i) {
        IterationRecord record;
        record.index = { i };
        record.step = 2 * i;
        context.history->iterations.push_back(record);
    }
    context.go_to(3);
    context.shown->graph = graph_of();
}

/// One query moved by a fifth of its norm, one output by a tenth; all else stayed.
DriftAnswer answer_of(const ComputationalGraph& graph, int step)
{
    DriftAnswer answer;
    answer.model.step = step;
    for (const ParameterPart& part : parameter_parts(graph)) {
        const bool output = part == ParameterPart{ Kind::output, 1, 2 };
        answer.parts.push_back(
            { part, { part == moved_query ? 0.4 : output ? 0.2 : 0.0, 2.0 } });
    }
    answer.whole = together(answer.parts);
    return answer;
}

int asked_iteration(const FakePanelContext& context, const QString& asker)
{
    const auto& question = std::get<DriftQuestion>(context.open.at(asker).question);
    return std::get<RunMoment>(question.model).number;
}

std::size_t place_of(const ComputationalGraph& graph, const ParameterPart& part)
{
    const auto parts = parameter_parts(graph);
    return static_cast<std::size_t>(std::ranges::find(parts, part) - parts.begin());
}

} // namespace

class TestDrift : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void every_part_has_a_place_of_its_own_on_the_map()
    {
        for (const int group : { 0, 3, 4 }) {
            const auto graph = graph_of(group);
            const DriftAnswer answer = answer_of(*graph, 6);
            const DriftMap map(answer.parts);
            const QSizeF area(500, 200);
            QCOMPARE(map.rows(), 5); // three layers and the two ends
            for (std::size_t part = 0; part < answer.parts.size(); ++part) {
                const QRectF cell = map.cell(part, area);
                QVERIFY(QRectF(QPointF(), area).adjusted(-1e-6, -1e-6, 1e-6, 1e-6).contains(cell));
                QVERIFY(cell.width() > 4);
                QCOMPARE(map.at(cell.center(), area), std::optional(part));
            }
            // Later layers lie higher, as in the circuit view.
            QVERIFY(map.cell(place_of(*graph, { Kind::query, 2, 0 }), area).bottom()
                <= map.cell(place_of(*graph, { Kind::query, 1, 0 }), area).top() + 1e-6);
            QVERIFY(!map.at(QPointF(-1, 10), area));
        }
        QVERIFY(DriftMap().empty());
    }

    void the_map_is_of_the_iteration_shown_and_the_newest_wish_wins()
    {
        FakePanelContext context;
        show_run(context);
        RunScores scores;
        DriftView view(context, scores, nullptr);
        view.take_window();
        QVERIFY(context.open.empty()); // nobody sees it
        view.resize(600, 300);
        view.show();
        view.take_window();
        QCOMPARE(asked_iteration(context, map_asker), 3);
        auto* state = view.findChild<QLabel*>(QStringLiteral("driftState"));
        context.go_to(4);
        view.take_window();
        context.go_to(5);
        view.take_window();
        const auto graph = graph_of();
        context.answer(map_asker, answer_of(*graph, 6));
        QVERIFY2(state->text().contains(QStringLiteral("Iteration 3, after step 6")),
            qPrintable(state->text()));
        QVERIFY(state->text().contains(QStringLiteral("asking")));
        QCOMPARE(asked_iteration(context, map_asker), 5); // not 4
        context.open.at(map_asker).handlers.progressed(QStringLiteral("rebuilding"), 2, 9);
        QVERIFY(state->text().contains(QStringLiteral("iteration 5: rebuilding (2 of 9)")));
        context.answer(map_asker, answer_of(*graph, 10));
        QVERIFY(state->text().contains(QStringLiteral("Iteration 5, after step 10")));
        QVERIFY(!state->text().contains(QStringLiteral("asking")));
        view.take_window();
        QVERIFY(context.open.empty()); // it is known

        context.go_to(6);
        view.take_window();
        const auto handlers = context.open.at(map_asker).handlers;
        context.open.clear();
        handlers.failed(QStringLiteral("The model is gone."));
        QVERIFY(state->text().contains(QStringLiteral("The model is gone.")));
        view.take_window(); // as when something else is selected
        QVERIFY(state->text().contains(QStringLiteral("The model is gone.")));
        view.hide();
        context.shown->run = { 2 };
        view.show();
        view.take_window();
        QVERIFY(!state->text().contains(QStringLiteral("gone")));
    }

    void a_click_selects_the_parts_nodes_and_the_pointer_has_its_figure()
    {
        FakePanelContext context;
        show_run(context);
        RunScores scores;
        DriftView view(context, scores, nullptr);
        view.resize(600, 300);
        view.show();
        view.take_window();
        const auto graph = graph_of();
        context.answer(map_asker, answer_of(*graph, 6));
        auto* canvas = view.findChild<QWidget*>(QStringLiteral("driftCanvas"));
        const auto middle = [&](const ParameterPart& part) {
            return (view.map().cell(place_of(*graph, part), view.map_rect().size()).center()
                + view.map_rect().topLeft())
                .toPoint();
        };
        QSignalSpy pointed(&view, &DynamicsView::pointed_at);
        QTest::mouseMove(canvas, middle(moved_query));
        QTRY_VERIFY(!pointed.empty());
        const QString sentence = pointed.last()[0].toString();
        QVERIFY2(sentence.contains(QStringLiteral("a1.h2<q>"))
                && sentence.contains(QStringLiteral("20 %")),
            qPrintable(sentence));
        QVERIFY(canvas->accessibleDescription().contains(QStringLiteral("a1.h2<q>")));
        QVERIFY(!canvas->accessibleDescription().contains(QStringLiteral("a1.h1")));
        // Assistive programs are told of all parts, what moved farthest first.
        const auto* parts = dynamic_cast<const PaintedParts*>(canvas);
        QCOMPARE(parts->part_count(), static_cast<int>(parameter_parts(*graph).size()));
        bool found = false;
        for (int part = 0; part < parts->part_count(); ++part)
            if (parts->part_text(part) == sentence)
                found = parts->part_rect(part).contains(middle(moved_query));
        QVERIFY(found);

        QTest::mouseClick(canvas, Qt::LeftButton, {}, middle(moved_query));
        QCOMPARE(context.selected.nodes,
            std::vector{ *graph->find_node({ NodeKind::query, 1, 2 }) });
        QTest::mouseClick(canvas, Qt::LeftButton, {}, middle({ Kind::mlp, 2, 1 }));
        QCOMPARE(context.selected.nodes.size(), 2U); // both sides of the group
        const int before = context.selections;
        QTest::mouseClick(canvas, Qt::LeftButton, {}, middle({ Kind::shared, 0, -1 }));
        QCOMPARE(context.selections, before); // it has no node

        // By the keyboard from the one that moved farthest.
        QTest::keyClick(canvas, Qt::Key_Down);
        QVERIFY(pointed.last()[0].toString().contains(QStringLiteral("a1.h2<q>")));
        QTest::keyClick(canvas, Qt::Key_Down);
        QVERIFY(pointed.last()[0].toString().contains(QStringLiteral("a1.h2<o>")));
        QTest::keyClick(canvas, Qt::Key_Return);
        QCOMPARE(context.selected.nodes,
            std::vector{ *graph->find_node({ NodeKind::head, 1, 2 }) });
    }

    void what_did_not_move_has_the_grounds_colour()
    {
        FakePanelContext context;
        show_run(context);
        RunScores scores;
        DriftView view(context, scores, nullptr);
        view.show();
        view.take_window();
        context.answer(map_asker, answer_of(*graph_of(), 6));
        for (const bool dark : { false, true }) {
            context.dark = dark;
            QCOMPARE(view.color_of({ 0, 2 }), ui::theme(dark).window);
            QVERIFY(view.color_of({ 1e-6, 2 }) != ui::theme(dark).window);
            QCOMPARE(view.color_of({ 0.4, 2 }), ui::theme(dark).accent);
            QVERIFY(view.color_of({ 1, 0 }) != ui::theme(dark).accent);
        }
    }

    void a_drift_has_as_many_digits_as_tell_it_apart()
    {
        QCOMPARE(drift_text({ 0, 2 }), QStringLiteral("0 %"));
        QCOMPARE(drift_text({ 0.4, 2 }), QStringLiteral("20 %"));
        QCOMPARE(drift_text({ 0.01, 2 }), QStringLiteral("0.50 %"));
        QCOMPARE(drift_text({ 1e-5, 2 }), QStringLiteral("0.0005 %"));
        QCOMPARE(drift_text({ 1e-9, 2 }), QStringLiteral("below 0.0001 %"));
        QCOMPARE(drift_text({ 1, 0 }), QStringLiteral("from 0"));
    }

    void the_inspector_lists_the_parts_behind_the_selection()
    {
        const auto graph = graph_of();
        const Components components(*graph);
        const auto node = [&](NodeKind kind, int layer, int index) {
            return *graph->find_node({ kind, layer, index });
        };
        // A head: its sides. Its key is shared with another head, so it is a part of its own.
        const auto head
            = inspected_parts({ { node(NodeKind::head, 1, 2) }, {} }, *graph, components);
        QCOMPARE(head,
            (std::vector<ParameterPart>{ { Kind::query, 1, 2 }, { Kind::output, 1, 2 } }));
        const auto group
            = inspected_parts({ { node(NodeKind::mlp_group_in, 2, 1) }, {} }, *graph, components);
        QCOMPARE(group, (std::vector<ParameterPart>{ { Kind::mlp, 2, 1 } }));
        // An edge: what it comes from and what it goes to.
        const EdgeId edge = *graph->find_edge("a0.h3->a2.h1<v>");
        QCOMPARE(inspected_parts({ {}, { edge } }, *graph, components),
            (std::vector<ParameterPart>{ { Kind::output, 0, 3 }, { Kind::value, 2, 1 } }));
    }

    void the_inspectors_section_gathers_moments_and_asks_for_checkpoints()
    {
        FakePanelContext context;
        show_run(context);
        CheckpointRecord checkpoint;
        checkpoint.step = 16;
        context.history->checkpoints = { checkpoint };
        const auto graph = graph_of();
        context.selected = { { *graph->find_node({ NodeKind::head, 1, 2 }) }, {} };
        DriftSection section(context, nullptr);
        section.show();
        section.show_selection(*context.shown, Components(*context.shown->graph));
        QCOMPARE(asked_iteration(context, section_asker), 3);
        context.answer(section_asker, answer_of(*graph, 6));
        auto* figures = section.findChild<QLabel*>(QStringLiteral("inspectorDrift"));
        QVERIFY2(figures->text().contains(QStringLiteral("a1.h2&lt;q&gt;"))
                && figures->text().contains(QStringLiteral("20 %"))
                && figures->text().contains(QStringLiteral("10 %")),
            qPrintable(figures->text()));
        QVERIFY(figures->text().contains(QStringLiteral("iteration 3, after step 6")));

        auto* button
            = section.findChild<QPushButton*>(QStringLiteral("inspectorDriftCheckpoints"));
        QVERIFY(!button->isHidden());
        button->click();
        const auto& asked
            = std::get<DriftQuestion>(context.open.at(checkpoint_asker).question);
        const auto& moment = std::get<RunMoment>(asked.model);
        QVERIFY(moment.kind == RunMoment::Kind::step);
        QCOMPARE(moment.number, 16);
        context.answer(checkpoint_asker, answer_of(*graph, 16));
        QVERIFY(button->isHidden()); // all are known
        QVERIFY(figures->text().contains(QStringLiteral("iteration 3, after step 6")));
        section.forget();
        QVERIFY(context.open.empty());
    }
};

CIRCUITLOOM_UI_TEST(TestDrift, Application::widgets)
#include "tst_drift.moc"
