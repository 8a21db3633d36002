// The Dynamics panel's other views: figures as the store and core/analysis have them, and clicks and
// keys that lead to the iterations and edges they came from.
#include "core/analysis/circuit_diff.h"
#include "core/base/number_text.h"
#include "core/graph/edge_order.h"
#include "tests/support/ui_test.h"
#include "tests/support/written_circuits.h"
#include "ui/base/control_keys.h"
#include "ui/dynamics/alluvial_view.h"
#include "ui/dynamics/dynamics_panel.h"
#include "ui/dynamics/flow_view.h"
#include "ui/dynamics/item_step.h"
#include "ui/dynamics/jaccard_view.h"
#include "ui/dynamics/movement_view.h"
#include "ui/dynamics/trend_table.h"
#include "ui/dynamics/turnover_view.h"

#include <QComboBox>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QSpinBox>
#include <QTabBar>
#include <QThreadPool>
#include <QToolButton>
#include <QtTest>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

using namespace circuitloom;
using namespace circuitloom::ui;
using circuitloom::testing::WrittenCircuits;

namespace {

constexpr int patience = 60'000;

std::vector<Circuit> sample_circuits(int count)
{
    std::vector<Circuit> circuits;
    for (int i = 0; i < count; ++i)
        circuits.push_back(samples::circuit(i / 2, 12)); // every second one changes nothing
    return circuits;
}

/// A panel that shows one of its views, whose data have been read.
template <class View>
View* shown_view(DynamicsPanel& panel, const QSize& size = { 1000, 420 })
{
    panel.resize(size);
    panel.show();
    auto* tabs = panel.findChild<QTabBar*>();
    auto* view = panel.findChild<View*>();
    for (int i = 0; i < tabs->count() && !view->isVisible(); ++i)
        tabs->setCurrentIndex(i);
    auto* line = panel.findChild<QLabel*>(QStringLiteral("dynamicsLine"));
    const bool read = QTest::qWaitFor(
        [&] { return line->text().contains(QStringLiteral("iteration")) && !line->text().contains(u':'); },
        patience);
    return read && view->isVisible() ? view : nullptr;
}

QWidget* canvas(const DynamicsPanel& panel, const char* name)
{
    return panel.findChild<QWidget*>(QString::fromLatin1(name));
}

std::set<EdgeId> edges_of(const Circuit& circuit)
{
    std::set<EdgeId> edges;
    for (const ScoredEdge& scored : circuit)
        edges.insert(scored.edge);
    return edges;
}

std::vector<EdgeId> in_first_alone(const Circuit& a, const Circuit& b)
{
    const std::set<EdgeId> from = edges_of(a);
    const std::set<EdgeId> less = edges_of(b);
    std::vector<EdgeId> found;
    std::ranges::set_difference(from, less, std::back_inserter(found));
    return found;
}

std::vector<EvaluationRecord> evaluations(const std::string& suite)
{
    std::vector<EvaluationRecord> records;
    for (int step = 0; step <= 40; step += 10) {
        records.push_back({ step, suite, "accuracy", step < 20 ? 1.0 : 0.25, 100 });
        records.push_back({ step, "unmoved", "accuracy", 0.5, 100 });
    }
    return records;
}

} // namespace

class TestDynamicsViews : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void every_view_is_in_the_menu_beside_the_tabs()
    {
        WrittenCircuits run(sample_circuits(3));
        DynamicsPanel panel(run.context);
        panel.resize(280, 400);
        panel.show();
        auto* tabs = panel.findChild<QTabBar*>();
        auto* views = panel.findChild<QToolButton*>(QStringLiteral("dynamicsViews"));
        QCOMPARE(static_cast<int>(views->menu()->actions().size()), tabs->count());
        views->menu()->actions().last()->trigger();
        QCOMPARE(tabs->currentIndex(), tabs->count() - 1);
        QVERIFY(tabs->elideMode() == Qt::ElideNone);
        QVERIFY(tabs->width() >= 240); // more than two of them
    }

    void turnover_is_what_entered_and_left()
    {
        WrittenCircuits run(sample_circuits(24));
        DynamicsPanel panel(run.context);
        auto* view = shown_view<TurnoverView>(panel);
        QVERIFY(view);
        QVERIFY(!view->change_at(0)); // nothing to differ from
        const Components components(run.graph());
        for (int i = 1; i < 24; ++i) {
            const auto at = static_cast<std::size_t>(i);
            const CircuitDiff diff = circuit_diff(
                run.graph(), components, run.circuits()[at - 1], run.circuits()[at]);
            const auto change = view->change_at(view->column_at(view->column_middle(i)));
            QVERIFY(change);
            QCOMPARE(change->iteration, i);
            QCOMPARE(change->entered, static_cast<int>(diff.edges.entered.size()));
            QCOMPARE(change->left, static_cast<int>(diff.edges.left.size()));
        }
        QWidget* surface = canvas(panel, "turnoverCanvas");
        const TurnoverView::Parts parts = view->parts();
        const int x = static_cast<int>(view->column_middle(8));
        QTest::mouseClick(surface, Qt::LeftButton, {}, QPoint(x, parts.entered.center().y()));
        QCOMPARE(run.context.shown->iteration, 8);
        QVERIFY(run.context.selected.edges == in_first_alone(run.circuits()[8], run.circuits()[7]));
        QTest::mouseClick(surface, Qt::LeftButton, {}, QPoint(x, parts.left.center().y()));
        QVERIFY(run.context.selected.edges == in_first_alone(run.circuits()[7], run.circuits()[8]));
        QTest::keyClick(surface, Qt::Key_Return);
        QVERIFY(run.context.selected.edges == in_first_alone(run.circuits()[8], run.circuits()[7]));
        for (const QRect& part : { parts.left, parts.turnover, parts.axis }) {
            QVERIFY(!part.intersects(parts.entered));
            QVERIFY(surface->rect().contains(part));
        }
    }

    void turnover_stands_beside_what_chance_and_the_batch_alone_give()
    {
        // Circuits of 12, 20, 12, … edges, as with a scheduled number of them.
        std::vector<Circuit> circuits;
        for (int i = 0; i < 8; ++i)
            circuits.push_back(samples::circuit(i, i % 2 == 0 ? 12 : 20));
        WrittenCircuits plain(circuits);
        WrittenCircuits resampled(circuits, {}, samples::description(), 0.5);
        DynamicsPanel plain_panel(plain.context);
        DynamicsPanel panel(resampled.context);
        auto* without = shown_view<TurnoverView>(plain_panel);
        auto* view = shown_view<TurnoverView>(panel);
        QVERIFY(view && without);
        const auto all = static_cast<double>(resampled.graph().edges().size());
        for (const int i : { 1, 2 }) {
            const auto change = view->change_at(view->column_at(view->column_middle(i)));
            QVERIFY(change);
            QCOMPARE(*view->random_turnover(*change), 1 - (i == 1 ? 12 : 20) / all);
            // Two circuits of 3 edges whose Jaccard index is 1/2 share 2: a third is new.
            QVERIFY2(view->change_text(*change).contains(QStringLiteral("batch alone about 33.3 %")),
                qPrintable(view->change_text(*change)));
            QVERIFY(!without->change_text(*change).contains(QStringLiteral("batch")));
        }
        QWidget* surface = canvas(panel, "turnoverCanvas");
        QVERIFY(surface->toolTip().contains(QStringLiteral("approximate")));
        // Its line is drawn where the height of a third is, and nowhere else.
        const QImage with = surface->grab().toImage();
        const QImage bare = canvas(plain_panel, "turnoverCanvas")->grab().toImage();
        QCOMPARE(with.size(), bare.size());
        const QRect plot = view->parts().turnover;
        std::set<int> rows;
        for (int y = 0; y < with.height(); ++y)
            for (int x = 0; x < with.width(); ++x)
                if (with.pixel(x, y) != bare.pixel(x, y))
                    rows.insert(y);
        QVERIFY(!rows.empty());
        const int expected = qRound(plot.bottom() - (plot.height() - 2) / 3.0);
        for (const int row : rows)
            QVERIFY2(std::abs(row - expected) <= 1, qPrintable(QString::number(row)));
    }

    void what_the_batch_alone_does_needs_both_iterations()
    {
        const std::vector<IterationCertainty> sure{ { { 3 }, 20, 40, 40, { 0.25, 0 } },
            { { 4 }, 20, 40, 40, { 0.75, 0 } }, { { 6 }, 20, 40, 40, { 1, 0 } } };
        QVERIFY(std::abs(*batch_turnover(sure, 4) - 1.0 / 3) < 1e-12);
        for (const int iteration : { 3, 5, 6, 7 })
            QVERIFY(!batch_turnover(sure, iteration));
    }

    void a_bar_of_a_long_run_is_that_of_its_largest_change()
    {
        std::vector<IterationRecord> records;
        for (int i = 0; i < 5000; ++i)
            records.push_back({ { i }, i, 0, 0, 0, 0, 100, i % 97, 0 });
        const std::vector<EdgeChange> changes = edge_changes(records);
        QCOMPARE(changes.size(), std::size_t(4999));
        QCOMPARE(changes[96 - 1].entered, 96);
        QCOMPARE(changes[96 - 1].left, 96); // as many edges as before
        QCOMPARE(changes[96 - 1].turnover, 0.96);
    }

    void likeness_has_the_colours_of_its_values()
    {
        for (const bool dark : { false, true }) {
            WrittenCircuits run(sample_circuits(12));
            run.context.dark = dark;
            run.context.shown->iteration = -1; // no lines of the cursor
            DynamicsPanel panel(run.context);
            auto* view = shown_view<JaccardView>(panel);
            QVERIFY(view);
            QTRY_COMPARE_WITH_TIMEOUT(view->matrix().iterations.size(), std::size_t(12), patience);
            QWidget* surface = canvas(panel, "jaccardCanvas");
            const QImage image = surface->grab().toImage();
            const QRectF square = view->square();
            QVERIFY(QRectF(surface->rect()).contains(square));
            for (std::size_t row = 0; row < 12; ++row)
                for (std::size_t column = 0; column < 12; ++column) {
                    const QPointF middle(square.left() + (static_cast<double>(column) + 0.5) / 12 * square.width(),
                        square.top() + (static_cast<double>(row) + 0.5) / 12 * square.height());
                    QCOMPARE(image.pixelColor(middle.toPoint()),
                        QColor(view->color_of(view->matrix().at(row, column)).rgb()));
                }
            int clicked = 0;
            for (std::size_t row = 0; row < 12; ++row) {
                const std::set<EdgeId> a = edges_of(run.circuits()[row]);
                std::vector<EdgeId> shared;
                std::ranges::set_intersection(
                    a, edges_of(run.circuits()[6]), std::back_inserter(shared));
                if (shared.empty())
                    continue;
                const QPointF cell(square.left() + 6.5 / 12 * square.width(),
                    square.top() + (static_cast<double>(row) + 0.5) / 12 * square.height());
                QTest::mouseClick(surface, Qt::LeftButton, {}, cell.toPoint());
                QCOMPARE(run.context.shown->iteration, 6);
                QVERIFY(run.context.selected.edges == shared);
                ++clicked;
            }
            QVERIFY(clicked > 2); // more than with itself
            QVERIFY(panel.findChild<QLabel*>(QStringLiteral("jaccardChance"))
                        ->text()
                        .contains(QString::fromStdString(fixed(jaccard_by_chance(12, 12,
                                      static_cast<std::int64_t>(run.graph().edges().size())),
                            2))));
        }
    }

    void flow_is_the_share_of_strength_between_layers()
    {
        WrittenCircuits run(sample_circuits(12));
        DynamicsPanel panel(run.context);
        auto* view = shown_view<FlowView>(panel);
        QVERIFY(view);
        panel.findChild<QSpinBox*>(QStringLiteral("flowStart"))->setValue(2);
        run.context.go_to(9);
        QCOMPARE(view->side(), run.graph().shape().layers + 1);
        for (const auto& [matrix, iteration] : { std::pair(0, 2), std::pair(1, 9) }) {
            LayerFlow flow(run.graph().shape().layers);
            flow.add(run.graph(), run.circuits()[static_cast<std::size_t>(iteration)]);
            for (int source = 0; source < view->side(); ++source)
                for (int target = 0; target < view->side(); ++target)
                    QVERIFY(std::abs(view->value(matrix, source, target) - flow.share(source, target))
                        < 1e-6);
        }
        QWidget* surface = canvas(panel, "flowCanvas");
        const QRectF now = view->matrix_rect(FlowView::now);
        for (const int matrix : { FlowView::start, FlowView::now, FlowView::difference })
            QVERIFY(QRectF(surface->rect()).contains(view->matrix_rect(matrix)));
        QVERIFY(!now.intersects(view->matrix_rect(FlowView::start)));
        QVERIFY(!now.intersects(view->matrix_rect(FlowView::difference)));
        // A click selects what the circuit has in that cell.
        std::size_t selected = 0;
        for (int source = 0; source < view->side(); ++source)
            for (int target = 0; target < view->side(); ++target) {
                const QPointF middle(now.left() + (target + 0.5) * now.width() / view->side(),
                    now.top() + (source + 0.5) * now.height() / view->side());
                run.context.selected = {};
                QTest::mouseClick(surface, Qt::LeftButton, {}, middle.toPoint());
                std::vector<EdgeId> expected;
                for (const EdgeId edge : edges_of(run.circuits()[9])) {
                    const Node& to = run.graph().node(run.graph().edge(edge).target);
                    const int layer = run.graph().node(run.graph().edge(edge).source).layer;
                    if (layer + 1 == source
                        && (to.kind == NodeKind::logits ? view->side() - 1 : to.layer) == target)
                        expected.push_back(edge);
                }
                QVERIFY(run.context.selected.edges == expected);
                selected += expected.size();
            }
        QCOMPARE(selected, run.circuits()[9].size());
    }

    void trends_list_edges_by_both_definitions()
    {
        // Edge 1 rises from 0.1, edge 2 falls to nothing, edge 3 stays.
        std::vector<Circuit> circuits;
        for (int i = 0; i < 30; ++i)
            circuits.push_back({ { { 3 }, 2.0f }, { { 1 }, 0.1f + 0.03f * static_cast<float>(i) },
                { { 2 }, 1.0f - 0.03f * static_cast<float>(i) } });
        for (Circuit& circuit : circuits)
            circuit = strongest_first(std::move(circuit));
        WrittenCircuits run(circuits);
        DynamicsPanel panel(run.context);
        panel.resize(1000, 400);
        panel.show();
        auto* tabs = panel.findChild<QTabBar*>();
        auto* courses = panel.findChild<TrendTable*>(QStringLiteral("courseTable"));
        auto* trends = panel.findChild<TrendTable*>(QStringLiteral("trendTable"));
        for (int i = 0; i < tabs->count() && !trends->isVisible(); ++i)
            tabs->setCurrentIndex(i);
        QTRY_COMPARE_WITH_TIMEOUT(trends->rows().size(), std::size_t(2), patience);
        QCOMPARE(courses->rows().size(), std::size_t(2));
        for (const TrendTable* table : { courses, trends })
            for (const TrendRow& row : table->rows()) {
                QCOMPARE(row.up, row.edge == EdgeId{ 1 });
                QCOMPARE(row.peak, row.edge == EdgeId{ 1 } ? 29 : 0);
                QCOMPARE(row.name, QString::fromStdString(run.graph().edge_name(row.edge)));
            }
        const auto counted = [&panel](const char* label) {
            return panel.findChild<QLabel*>(QString::fromLatin1(label))->text();
        };
        QVERIFY(counted("courseTableText").contains(QStringLiteral("1 strengthened (by chance")));
        // A score is what an edge is given, not how strong it is: a trend is the score's.
        QVERIFY2(counted("trendTableText").contains(QStringLiteral("1 rise (by chance")),
            qPrintable(counted("trendTableText")));
        for (const int row : { 0, 1 }) {
            const QTableWidgetItem& way = *trends->item(row, TrendTable::kind);
            const bool up = trends->rows()[static_cast<std::size_t>(row)].up;
            QCOMPARE(way.toolTip(), up ? QStringLiteral("score rises") : QStringLiteral("score falls"));
            QCOMPARE(way.data(Qt::AccessibleTextRole).toString(), way.toolTip());
        }
        trends->selectRow(0);
        QVERIFY(run.context.selected == (GraphChoice{ {}, { trends->rows()[0].edge } }));
        trends->setCurrentCell(1, 0);
        QTest::keyClick(trends, Qt::Key_Return);
        QCOMPARE(run.context.shown->iteration, trends->rows()[1].peak);
        const QRect curve = trends->visualRect(trends->model()->index(0, TrendTable::curve));
        QTest::mouseClick(trends->viewport(), Qt::LeftButton, {}, curve.center());
        QVERIFY(std::abs(run.context.shown->iteration - 15) <= 1);
    }

    void movement_has_a_line_for_each_suite_and_hostile_names_stay_in_theirs()
    {
        const std::string hostile = "<b>x</b>\n\x1b[31m" + std::string(300, 'W') + "\xe2\x80\xae";
        WrittenCircuits run(sample_circuits(21), evaluations(hostile));
        DynamicsPanel panel(run.context);
        auto* view = shown_view<MovementView>(panel, { 520, 300 });
        QVERIFY(view);
        QTRY_COMPARE_WITH_TIMEOUT(view->lines().size(), std::size_t(3), patience);
        QCOMPARE(std::ranges::count(view->lines(), true, &MovementView::Line::circuit), 1);
        QWidget* surface = canvas(panel, "movementCanvas");
        bool seen = false;
        for (std::size_t i = 0; i < view->lines().size(); ++i) {
            const MovementView::Line& line = view->lines()[i];
            QVERIFY(!line.name.contains(u'\n'));
            QVERIFY(!line.name.contains(QChar(0x1b)));
            QVERIFY(view->track(i).left() < surface->width() / 2.0);
            QVERIFY(view->track(i).right() <= surface->width());
            if (!line.name.startsWith(QStringLiteral("<b>")))
                continue;
            seen = true;
            QCOMPARE(line.movement->halfway_step, 15.0);
            QTest::mouseClick(surface, Qt::LeftButton, {},
                QPointF(view->x_of(20) + 1, view->track(i).center().y()).toPoint());
            QCOMPARE(run.context.shown->iteration, 10); // after step 20
        }
        QVERIFY(seen);
        surface->grab();
    }

    void movement_shows_values_and_lags_in_a_narrow_panel()
    {
        WrittenCircuits run(sample_circuits(21), evaluations("was/were"));
        DynamicsPanel panel(run.context);
        auto* view = shown_view<MovementView>(panel, { 280, 400 });
        QVERIFY(view);
        QTRY_COMPARE_WITH_TIMEOUT(view->lines().size(), std::size_t(3), patience);
        QVERIFY(view->width() <= 280);
        QWidget* surface = canvas(panel, "movementCanvas");
        bool lags = false;
        for (std::size_t i = 0; i < view->lines().size(); ++i) {
            const MovementView::Line& line = view->lines()[i];
            const QString written = line.values
                + (line.lag.isEmpty() ? QString() : QStringLiteral("   ") + line.lag);
            QVERIFY(surface->fontMetrics().horizontalAdvance(written) <= view->values_box(i).width());
            QVERIFY(view->values_box(i).right() <= surface->width());
            QFont font = surface->font();
            font.setBold(line.circuit);
            QVERIFY(QFontMetrics(font).horizontalAdvance(line.name) <= view->name_box(i).width());
            QVERIFY(view->track(i).width() >= 100);
            QVERIFY(!view->track(i).intersects(view->values_box(i)));
            QVERIFY(!view->name_box(i).intersects(view->values_box(i)));
            QVERIFY(!view->name_box(i).intersects(view->track(i)));
            lags = lags || !line.lag.isEmpty();
        }
        QVERIFY(lags);
        surface->grab();
    }

    void movement_says_where_there_is_too_little_to_tell()
    {
        std::vector<EvaluationRecord> few = evaluations("was/were");
        std::erase_if(few, [](const EvaluationRecord& record) { return record.step > 0; });
        WrittenCircuits run(sample_circuits(2), few);
        DynamicsPanel panel(run.context);
        auto* view = shown_view<MovementView>(panel, { 520, 300 });
        QTRY_VERIFY_WITH_TIMEOUT(view->lines().size() > 1, patience);
        for (const MovementView::Line& line : view->lines())
            if (!line.movement)
                QCOMPARE(line.values, QStringLiteral("too few iterations to tell"));
        QVERIFY(!view->lines().back().movement);
    }

    void streams_hold_every_edge_once_at_each_moment()
    {
        WrittenCircuits run(sample_circuits(21));
        DynamicsPanel panel(run.context);
        auto* view = shown_view<AlluvialView>(panel);
        QVERIFY(view);
        auto* moments = panel.findChild<QLineEdit*>(QStringLiteral("alluvialMoments"));
        moments->setFocus();
        moments->selectAll();
        QTest::keyClicks(moments, QStringLiteral("0, 6,20, 99"));
        QTest::keyClick(moments, Qt::Key_Return);
        QVERIFY(view->flow().moments == (std::vector<int>{ 0, 6, 20 })); // there is no 99
        std::set<EdgeId> all;
        for (const int moment : view->flow().moments)
            all.merge(edges_of(run.circuits()[static_cast<std::size_t>(moment)]));
        QCOMPARE(view->flow().edges, static_cast<int>(all.size()));
        for (std::size_t moment = 0; moment < 3; ++moment) {
            std::vector<EdgeId> seen;
            for (const AlluvialFlow::Block& block : view->flow().blocks) {
                if (block.moment != moment)
                    continue;
                seen.insert(seen.end(), block.edges.begin(), block.edges.end());
                const auto at = static_cast<std::size_t>(view->flow().moments[moment]);
                for (const EdgeId edge : block.edges) {
                    const bool in = edges_of(run.circuits()[at]).contains(edge);
                    QCOMPARE(block.group != AlluvialFlow::out, in);
                    if (in)
                        QCOMPARE(block.group,
                            run.graph().node(run.graph().edge(edge).source).layer + 1);
                }
            }
            std::ranges::sort(seen);
            QVERIFY(std::ranges::equal(seen, all));
        }
        // A block leads to its iteration and edges.
        const AlluvialFlow::Block& block = view->flow().blocks.back();
        QTest::mouseClick(canvas(panel, "alluvialCanvas"), Qt::LeftButton, {},
            view->rect_of(block).center().toPoint());
        QCOMPARE(run.context.shown->iteration, 20);
        QVERIFY(run.context.selected.edges == block.edges);
        for (const AlluvialFlow::Ribbon& ribbon : view->flow().ribbons) {
            const bool kept = ribbon.from == ribbon.to;
            QVERIFY(kept || ribbon.from == AlluvialFlow::out || ribbon.to == AlluvialFlow::out);
        }
    }

    void every_view_does_without_a_run_and_with_one_iteration_data()
    {
        QTest::addColumn<int>("iterations");
        QTest::newRow("none") << 0;
        QTest::newRow("one") << 1;
        QTest::newRow("two") << 2;
    }

    void every_view_does_without_a_run_and_with_one_iteration()
    {
        QFETCH(const int, iterations);
        WrittenCircuits run(sample_circuits(iterations));
        if (iterations == 2)
            run.context.go_to(1);
        DynamicsPanel panel(run.context);
        panel.resize(480, 260);
        panel.show();
        auto* tabs = panel.findChild<QTabBar*>();
        auto* line = panel.findChild<QLabel*>(QStringLiteral("dynamicsLine"));
        for (int i = 0; i < tabs->count(); ++i) {
            tabs->setCurrentIndex(i);
            QThreadPool::globalInstance()->waitForDone(); // what it computes comes
            QCoreApplication::processEvents();
            for (QWidget* widget : panel.findChildren<QWidget*>())
                if (widget->isVisible() && widget->focusPolicy() == Qt::StrongFocus) {
                    QTest::keyClick(widget, Qt::Key_Down);
                    QTest::keyClick(widget, Qt::Key_Return);
                    QTest::mouseMove(widget, widget->rect().center());
                    QTest::mouseClick(widget, Qt::LeftButton, {}, widget->rect().center());
                }
            panel.grab();
        }
        tabs->setFocus();
        QTest::mouseMove(line, line->rect().center());
        QTRY_VERIFY_WITH_TIMEOUT(
            line->text().contains(iterations == 0 ? QStringLiteral("No circuit yet")
                                                  : QStringLiteral("iteration")),
            patience);
    }

    void what_is_known_of_a_run_is_not_shown_of_another_with_its_number()
    {
        // The one has 12 edges that rise, of a larger graph than the other's.
        RunDescription large = samples::description();
        large.shape = { 6, 8, 8, 8 };
        const std::int32_t first = static_cast<std::int32_t>(
            ComputationalGraph::count_edges(samples::description().shape, large.graph));
        std::vector<Circuit> circuits;
        for (int i = 0; i < 30; ++i) {
            Circuit& circuit = circuits.emplace_back();
            for (std::int32_t e = 0; e < 12; ++e)
                circuit.push_back({ { first + e }, 0.1F + 0.03F * static_cast<float>(i) });
        }
        WrittenCircuits run(circuits, evaluations("suite"), large);
        const WrittenCircuits other(sample_circuits(12));
        DynamicsPanel panel(run.context);
        auto* view = shown_view<MovementView>(panel);
        QVERIFY(view);
        QTRY_VERIFY_WITH_TIMEOUT(!view->lines().empty(), patience);
        auto* tabs = panel.findChild<QTabBar*>();
        auto* trends = panel.findChild<TrendTable*>(QStringLiteral("trendTable"));
        for (int i = 0; i < tabs->count() && !trends->isVisible(); ++i)
            tabs->setCurrentIndex(i);
        QTRY_COMPARE_WITH_TIMEOUT(trends->rows().size(), std::size_t(12), patience);

        run.context.history = other.context.history;
        run.context.shown = other.context.shown;
        Q_EMIT run.context.place_changed();
        QVERIFY(trends->rows().empty());
        Q_EMIT run.context.dynamics().changed();
        QVERIFY(trends->rows().empty());
        QVERIFY(view->lines().empty());
    }

    void keys_at_a_run_that_is_gone_do_nothing()
    {
        WrittenCircuits run(sample_circuits(12));
        run.context.go_to(6);
        DynamicsPanel panel(run.context);
        QVERIFY(shown_view<FlowView>(panel));
        QWidget* surface = canvas(panel, "flowCanvas");
        QTest::keyClick(surface, Qt::Key_Down);
        QTest::keyClick(surface, Qt::Key_Return);
        QVERIFY(!run.context.selected.edges.empty()); // the keyboard is at a cell
        const int selections = run.context.selections;
        run.context.history.reset();
        run.context.shown.reset();
        Q_EMIT run.context.place_changed();
        QTest::keyClick(surface, Qt::Key_Return);
        QTest::keyClick(surface, Qt::Key_Down);
        surface->grab();
        QCOMPARE(run.context.selections, selections);
    }

    void the_keyboard_walks_from_item_to_item()
    {
        const auto press = [](int key, int current, int count) {
            return item_step(QKeyEvent(QEvent::KeyPress, key, Qt::NoModifier), current, count);
        };
        QCOMPARE(press(Qt::Key_Down, -1, 3)->item, 0);
        QCOMPARE(press(Qt::Key_Up, -1, 3)->item, 0);
        QCOMPARE(press(Qt::Key_Down, 1, 3)->item, 2);
        QCOMPARE(press(Qt::Key_Down, 2, 3)->item, 2);
        QCOMPARE(press(Qt::Key_Down, 7, 3)->item, 2); // there were more
        QCOMPARE(press(Qt::Key_Up, 0, 3)->item, 0);
        QVERIFY(!press(Qt::Key_Down, 1, 3)->opens);
        QVERIFY(press(Qt::Key_Return, 1, 3)->opens);
        QVERIFY(!press(Qt::Key_Return, -1, 3));
        QVERIFY(!press(Qt::Key_Return, 3, 3));
        QVERIFY(!press(Qt::Key_Left, 1, 3));
        QVERIFY(!press(Qt::Key_Down, -1, 0));
    }

    void arrows_on_the_tabs_are_not_the_timelines()
    {
        WrittenCircuits run(sample_circuits(4));
        DynamicsPanel panel(run.context);
        panel.resize(700, 300);
        panel.show();
        const ControlKeys keys(&panel); // as the window has it
        panel.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&panel));
        auto* tabs = panel.findChild<QTabBar*>();
        tabs->setFocus();
        QKeyEvent asks(QEvent::ShortcutOverride, Qt::Key_Right, Qt::NoModifier);
        asks.ignore();
        QCoreApplication::sendEvent(tabs, &asks);
        QVERIFY(asks.isAccepted());
        QTest::keyClick(tabs, Qt::Key_Right);
        QCOMPARE(tabs->currentIndex(), 1);
        QVERIFY(panel.findChild<TurnoverView*>()->isVisible());
    }

    void a_file_that_cannot_be_read_is_said()
    {
        WrittenCircuits run(sample_circuits(4));
        run.context.shown->file += QStringLiteral(".gone");
        DynamicsPanel panel(run.context);
        panel.resize(480, 260);
        panel.show();
        auto* line = panel.findChild<QLabel*>(QStringLiteral("dynamicsLine"));
        QTRY_VERIFY_WITH_TIMEOUT(line->text().contains(QStringLiteral(".gone")), patience);
    }

    void nothing_is_read_while_it_is_hidden()
    {
        WrittenCircuits run(sample_circuits(4));
        run.context.shown->file += QStringLiteral(".gone"); // reading would say so
        DynamicsPanel panel(run.context);
        auto* line = panel.findChild<QLabel*>(QStringLiteral("dynamicsLine"));
        const QString before = line->text();
        Q_EMIT run.context.place_changed();
        QThreadPool::globalInstance()->waitForDone();
        QCoreApplication::processEvents();
        QCOMPARE(line->text(), before);
    }
};

CIRCUITLOOM_UI_TEST(TestDynamicsViews, Application::widgets)
#include "tst_dynamics_views.moc"
