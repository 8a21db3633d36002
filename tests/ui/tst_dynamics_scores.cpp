// The Dynamics panel's strip of scores: its cells are the store's values, and lead to where they
// came from.
#include "tests/support/score_at.h"
#include "tests/support/ui_test.h"
#include "tests/support/written_circuits.h"
#include "ui/dynamics/dynamics_panel.h"
#include "ui/dynamics/heat_strip.h"

#include <QComboBox>
#include <QImage>
#include <QLabel>
#include <QTabBar>
#include <QtTest>

#include <algorithm>
#include <map>
#include <set>

using namespace circuitloom;
using namespace circuitloom::ui;
using circuitloom::testing::score_at;
using circuitloom::testing::WrittenCircuits;

namespace {

constexpr int patience = 60'000;

std::vector<Circuit> sample_circuits(int count, std::size_t edges = 12)
{
    std::vector<Circuit> circuits;
    for (int i = 0; i < count; ++i)
        circuits.push_back(samples::circuit(i, edges));
    return circuits;
}

std::set<std::int32_t> edges_ever_in(const std::vector<Circuit>& circuits)
{
    std::set<std::int32_t> edges;
    for (const Circuit& circuit : circuits)
        for (const ScoredEdge& scored : circuit)
            edges.insert(scored.edge.value);
    return edges;
}

double greatest_score(const std::vector<Circuit>& circuits)
{
    double greatest = 0;
    for (const Circuit& circuit : circuits)
        for (const ScoredEdge& scored : circuit)
            greatest = std::max(greatest, std::abs(static_cast<double>(scored.score)));
    return greatest;
}

HeatStrip* shown_strip(DynamicsPanel& panel, std::size_t rows)
{
    panel.resize(900, 500);
    panel.show();
    auto* strip = panel.findChild<HeatStrip*>();
    const bool there
        = QTest::qWaitFor([&] { return strip->tiles().rows().size() == rows; }, patience);
    return there ? strip : nullptr;
}

QPoint middle_of(const HeatStrip& strip, int line, int column)
{
    const HeatGeometry parts = strip.geometry_of_parts();
    return QPointF(parts.column_middle(column), parts.line_rect(line).center().y()).toPoint();
}

/// `rows` rows that are in at every third iteration.
std::pair<std::vector<ScoreRow>, ScoreBlocks> made_rows(int rows, int iterations)
{
    std::vector<Circuit> circuits;
    for (int i = 0; i < iterations; ++i) {
        Circuit circuit;
        for (int row = i % 3; row < rows; row += 3)
            circuit.push_back({ { row }, static_cast<float>((row + i) % 7 - 3) });
        circuits.push_back(std::move(circuit));
    }
    ScoreBlocks blocks{ std::make_shared<const ScoreBlock>(ScoreBlock::of_edges(0, circuits)) };
    return { score_rows(blocks), blocks };
}

void fill(HeatStrip& strip, int rows, int iterations)
{
    auto [made, blocks] = made_rows(rows, iterations);
    strip.set_rows(std::move(made), std::move(blocks),
        [](std::int32_t row) { return QString::number(row); });
}

} // namespace

class TestDynamicsScores : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void every_cell_has_the_colour_of_the_stores_value_data()
    {
        QTest::addColumn<bool>("dark");
        QTest::newRow("light") << false;
        QTest::newRow("dark") << true;
    }

    void every_cell_has_the_colour_of_the_stores_value()
    {
        QFETCH(const bool, dark);
        WrittenCircuits run(sample_circuits(25));
        run.context.dark = dark;
        run.context.shown->iteration = -1; // no cursor over the cells
        const std::set<std::int32_t> edges = edges_ever_in(run.circuits());
        DynamicsPanel panel(run.context);
        HeatStrip* strip = shown_strip(panel, edges.size());
        QVERIFY(strip);
        const ScoreColors colors(theme(dark), greatest_score(run.circuits()));
        const QImage image = strip->grab().toImage();
        const HeatGeometry parts = strip->geometry_of_parts();
        QCOMPARE(parts.columns, 25);
        const ExperimentReader reader(run.file());
        int compared = 0;
        for (int line = parts.first_line; line < parts.first_line + parts.page(); ++line)
            for (int column = 0; column < parts.columns && line < parts.lines; ++column) {
                const std::int32_t row = strip->tiles().rows()[static_cast<std::size_t>(line)].row;
                const Circuit circuit = reader.circuit({ 1 }, { column });
                const auto found = std::ranges::find(circuit, EdgeId{ row }, &ScoredEdge::edge);
                const QRgb expected = found == circuit.end()
                    ? colors.out()
                    : colors.of(static_cast<double>(found->score));
                QCOMPARE(image.pixel(middle_of(*strip, line, column)), expected);
                ++compared;
            }
        QVERIFY(compared > 500);
    }

    void colours_tell_sign_size_and_absence()
    {
        for (const bool dark : { false, true }) {
            const ScoreColors colors(theme(dark), 2);
            QVERIFY(colors.of(2) != colors.of(-2));
            QVERIFY(colors.of(0.001) != colors.out());
            QVERIFY(colors.of(-0.001) != colors.out());
            QCOMPARE(QColor(colors.of(2)), theme(dark).positive);
            QCOMPARE(QColor(colors.of(-2)), theme(dark).negative);
            QCOMPARE(colors.of(5), colors.of(2));
        }
        QVERIFY(ScoreColors(theme(false), 0).of(0) != 0U); // a run without any score
    }

    void a_click_goes_to_the_iteration_and_selects_the_edge()
    {
        WrittenCircuits run(sample_circuits(25));
        DynamicsPanel panel(run.context);
        HeatStrip* strip = shown_strip(panel, edges_ever_in(run.circuits()).size());
        QVERIFY(strip);
        QTest::mouseClick(strip, Qt::LeftButton, {}, middle_of(*strip, 3, 17));
        QCOMPARE(run.context.shown->iteration, 17);
        const EdgeId edge{ strip->tiles().rows()[3].row };
        QVERIFY(run.context.selected == (GraphChoice{ {}, { edge } }));
        auto* line = panel.findChild<QLabel*>(QStringLiteral("dynamicsLine"));
        QTest::mouseMove(strip, middle_of(*strip, 3, 18));
        QTRY_VERIFY(line->text().contains(QString::fromStdString(run.graph().edge_name(edge))));
        QVERIFY(line->text().contains(QStringLiteral("iteration 18 (step 36)")));
    }

    void a_drag_over_rows_selects_them()
    {
        WrittenCircuits run(sample_circuits(25));
        DynamicsPanel panel(run.context);
        HeatStrip* strip = shown_strip(panel, edges_ever_in(run.circuits()).size());
        QVERIFY(strip);
        while (strip->geometry_of_parts().zoom.line_height < 8)
            strip->zoom_by(1, 0);
        const int before = run.context.shown->iteration;
        QTest::mousePress(strip, Qt::LeftButton, {}, middle_of(*strip, 2, 4));
        QTest::mouseMove(strip, middle_of(*strip, 4, 9));
        QTest::mouseMove(strip, middle_of(*strip, 6, 9));
        QTest::mouseRelease(strip, Qt::LeftButton, {}, middle_of(*strip, 6, 9));
        std::vector<EdgeId> expected;
        for (std::size_t row = 2; row <= 6; ++row)
            expected.push_back({ strip->tiles().rows()[row].row });
        std::ranges::sort(expected);
        QVERIFY(run.context.selected == (GraphChoice{ {}, expected }));
        QCOMPARE(run.context.shown->iteration, before);
    }

    void keys_walk_select_and_go()
    {
        WrittenCircuits run(sample_circuits(25));
        DynamicsPanel panel(run.context);
        HeatStrip* strip = shown_strip(panel, edges_ever_in(run.circuits()).size());
        QVERIFY(strip);
        const auto& rows = strip->tiles().rows();
        QTest::keyClick(strip, Qt::Key_Down);
        QTest::keyClick(strip, Qt::Key_Down);
        QVERIFY(run.context.selected == (GraphChoice{ {}, { { rows[1].row } } }));
        QTest::keyClick(strip, Qt::Key_Return);
        QCOMPARE(run.context.shown->iteration, rows[1].peak);
        QTest::keyClick(strip, Qt::Key_Down, Qt::ShiftModifier);
        QCOMPARE(run.context.selected.edges.size(), std::size_t(2));
        const HeatZoom zoom = strip->geometry_of_parts().zoom;
        QTest::keyClick(strip, Qt::Key_Plus);
        QVERIFY(strip->geometry_of_parts().zoom.line_height > zoom.line_height);
        QTest::keyClick(strip, Qt::Key_0);
        QVERIFY(strip->geometry_of_parts().zoom == zoom);
    }

    void nodes_as_rows_select_both_their_sides()
    {
        WrittenCircuits run(sample_circuits(10));
        DynamicsPanel panel(run.context);
        HeatStrip* strip = shown_strip(panel, edges_ever_in(run.circuits()).size());
        QVERIFY(strip);
        const Components components(run.graph());
        std::set<std::int32_t> nodes;
        for (const std::int32_t edge : edges_ever_in(run.circuits()))
            for (const NodeId end : { run.graph().edge({ edge }).source, run.graph().edge({ edge }).target })
                nodes.insert(components.of(end).value);
        panel.findChild<QComboBox*>(QStringLiteral("heatRows"))->setCurrentIndex(1);
        QTRY_COMPARE_WITH_TIMEOUT(strip->tiles().rows().size(), nodes.size(), patience);
        QTest::mouseClick(strip, Qt::LeftButton, {}, middle_of(*strip, 1, 5));
        const ComponentId chosen{ strip->tiles().rows()[1].row };
        QVERIFY(!run.context.selected.nodes.empty());
        QVERIFY(run.context.selected.edges.empty());
        for (std::int32_t node = 0; node < std::ssize(run.graph().nodes()); ++node)
            QCOMPARE(std::ranges::binary_search(run.context.selected.nodes, NodeId{ node }),
                components.of({ node }) == chosen);
    }

    void orders_are_those_of_the_rows_figures()
    {
        WrittenCircuits run(sample_circuits(25));
        DynamicsPanel panel(run.context);
        HeatStrip* strip = shown_strip(panel, edges_ever_in(run.circuits()).size());
        QVERIFY(strip);
        auto* order = panel.findChild<QComboBox*>(QStringLiteral("heatOrder"));
        const auto sorted = [&](auto figure, auto less) {
            return std::ranges::is_sorted(strip->tiles().rows(), less, figure);
        };
        QVERIFY(sorted(&ScoreRow::first, std::less{}));
        order->setCurrentIndex(order->findData(static_cast<int>(ScoreRowOrder::peak)));
        QTRY_VERIFY_WITH_TIMEOUT(sorted(&ScoreRow::peak, std::less{}), patience);
        order->setCurrentIndex(order->findData(static_cast<int>(ScoreRowOrder::final_score)));
        QTRY_VERIFY_WITH_TIMEOUT(sorted(&ScoreRow::final_score, std::greater{}), patience);
        order->setCurrentIndex(order->findData(static_cast<int>(ScoreRowOrder::layer)));
        QTRY_VERIFY_WITH_TIMEOUT(sorted(&ScoreRow::row, std::less{}), patience);
    }

    void what_is_painted_goes_with_what_is_seen_and_not_with_the_run()
    {
        const auto painted = [](int rows, int iterations, const QSize& size) {
            HeatStrip strip;
            strip.resize(size);
            fill(strip, rows, iterations);
            while (strip.geometry_of_parts().zoom.line_height < 3)
                strip.zoom_by(1, 0); // as near, whatever the number of rows
            while (strip.geometry_of_parts().zoom.line_height > 3)
                strip.zoom_by(-1, 0);
            strip.grab();
            const std::int64_t once = strip.tiles().painted_cells();
            strip.grab();
            strip.set_shown_iteration(5);
            strip.grab();
            return std::pair(once, strip.tiles().painted_cells());
        };
        const auto few = painted(500, 2000, { 400, 200 });
        const auto many = painted(5000, 2000, { 400, 200 });
        QCOMPARE(few.first, few.second); // nothing twice
        QVERIFY(few.first > 0);
        QCOMPARE(many.first, few.first);
        // Lines of 3 pixels in whole tiles, of no more columns than pixels.
        const std::int64_t most = std::int64_t(400) * (200 / 3 + 2 * HeatTiles::lines_of_a_tile);
        QVERIFY(many.first <= most);
        QVERIFY(painted(5000, 2000, { 800, 400 }).first > many.first);
    }

    void a_column_of_a_long_run_shows_its_strongest_score()
    {
        auto [rows, blocks] = made_rows(9, 1000);
        HeatTiles tiles;
        tiles.set_rows(rows, blocks);
        tiles.set_grid(70, 2);
        QCOMPARE(tiles.columns(), 70);
        QCOMPARE(tiles.lines(), 5);
        QCOMPARE(tiles.first_iteration(70), 1000);
        for (int line = 0; line < 5; ++line)
            for (int column = 0; column < 70; ++column) {
                float strongest = -1;
                for (int row = 2 * line; row < std::min(2 * line + 2, 9); ++row)
                    for (int i = tiles.first_iteration(column); i < tiles.first_iteration(column + 1);
                         ++i) {
                        QCOMPARE(tiles.column_of(i), column);
                        if (const auto score = score_at(blocks, row, i))
                            strongest = std::max(strongest, std::abs(*score));
                    }
                const HeatCell cell = tiles.cell(line, column);
                QCOMPARE(cell.score ? std::abs(*cell.score) : -1.0F, strongest);
                if (cell.score) {
                    const auto there = score_at(blocks,
                        tiles.rows()[cell.row].row, cell.iteration);
                    QCOMPARE(there, cell.score);
                }
            }
    }

    void a_picture_has_the_colours_of_its_cells()
    {
        constexpr int rows = 700;
        constexpr int iterations = 96;
        std::vector<Circuit> circuits;
        Random random(3);
        for (int i = 0; i < iterations; ++i) {
            Circuit circuit;
            for (int row = 0; row < rows; ++row)
                if (random.chance(0.4)) // many as strong as others, of both signs
                    circuit.push_back(
                        { { row * 3 }, static_cast<float>(random.below(7)) - 3.0F });
            circuits.push_back(std::move(circuit));
        }
        ScoreBlocks blocks;
        for (int first = 0; first < iterations; first += 32)
            blocks.push_back(std::make_shared<const ScoreBlock>(ScoreBlock::of_edges(first,
                { circuits.begin() + first, circuits.begin() + first + 32 })));
        std::vector<ScoreRow> made = score_rows(blocks);
        order_rows(made, ScoreRowOrder::peak, blocks);
        HeatTiles tiles;
        tiles.set_rows(made, blocks);
        tiles.set_colors(ScoreColors(theme(true), 3));
        // Few rows a line are looked up in each block, many are met in it.
        for (const auto& [columns, per_line] : { std::pair{ 96, 1 }, std::pair{ 40, 9 } }) {
            tiles.set_grid(columns, per_line);
            for (int line = 0; line < tiles.lines(); ++line) {
                const QImage tile = tiles.tile(line / HeatTiles::lines_of_a_tile);
                for (int column = 0; column < columns; ++column) {
                    const HeatCell cell = tiles.cell(line, column);
                    const QRgb wanted = cell.score
                        ? tiles.colors().of(static_cast<double>(*cell.score))
                        : tiles.colors().out();
                    QCOMPARE(tile.pixel(column, line % HeatTiles::lines_of_a_tile), wanted);
                }
            }
        }
    }

    void parts_do_not_overlap_at_any_size()
    {
        for (const QSize& size : { QSize(160, 80), QSize(300, 120), QSize(900, 500), QSize(2000, 300) })
            for (const HeatZoom& zoom : heat_zooms()) {
                const HeatGeometry parts(size, 150, 20, zoom);
                const QRect whole(QPoint(), size);
                for (const QRect& part : { parts.marks, parts.plot, parts.axis })
                    QVERIFY(whole.contains(part));
                QVERIFY(parts.names.isEmpty() || whole.contains(parts.names));
                QVERIFY(!parts.names.intersects(parts.marks));
                QVERIFY(!parts.marks.intersects(parts.plot));
                QVERIFY(!parts.plot.intersects(parts.axis));
                QVERIFY(parts.plot.width() * 3 >= size.width());
            }
    }

    void it_grows_while_the_run_does_and_forgets_another_run()
    {
        WrittenCircuits run(sample_circuits(300));
        const std::size_t all = run.context.history->iterations.size();
        std::vector<IterationRecord> later(
            run.context.history->iterations.begin() + 200, run.context.history->iterations.end());
        run.context.history->iterations.resize(200);
        DynamicsPanel panel(run.context);
        panel.resize(900, 500);
        panel.show();
        auto* strip = panel.findChild<HeatStrip*>();
        QTRY_COMPARE_WITH_TIMEOUT(strip->tiles().iterations(), 200, patience);
        auto& records = run.context.history->iterations;
        records.insert(records.end(), later.begin(), later.end());
        Q_EMIT run.context.run_grown();
        QTRY_COMPARE_WITH_TIMEOUT(strip->tiles().iterations(), static_cast<int>(all), patience);
        run.context.shown.reset();
        run.context.history.reset();
        Q_EMIT run.context.place_changed();
        QTRY_COMPARE_WITH_TIMEOUT(strip->tiles().iterations(), 0, patience);
    }
};

CIRCUITLOOM_UI_TEST(TestDynamicsScores, Application::widgets)
#include "tst_dynamics_scores.moc"
