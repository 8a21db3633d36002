#include "core/analysis/run_edges.h"
#include "core/layout/compact_layout.h"
#include "core/layout/lattice_layout.h"
#include "core/store/experiment_reader.h"
#include "tests/support/drawn_layers.h"
#include "tests/support/ui_test.h"
#include "ui/circuit/circuit_drawing.h"
#include "ui/session/run_history.h"

#include <QTest>

#include <set>

using namespace circuitloom;
using namespace circuitloom::ui;
using circuitloom::testing::ink_of;
using circuitloom::testing::layer;

namespace {

constexpr int most_edges = 30;
constexpr int least_name = 9; // pixels

} // namespace

/// The names of nodes in the views that small screens leave to the sample's circuits.
class TestReadableNames : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        const ExperimentReader reader(CIRCUITLOOM_SOURCE_DIR
            "/resources/samples/sv-disagreement.loom");
        const RunHistory run = load_history(reader, reader.runs().front());
        graph_ = run.graph;
        last_ = static_cast<int>(iteration_steps(run).size()) - 1;
        CircuitFilter filter = first_filter();
        filter.strongest = most_edges;
        const RunEdges edges = edges_of_run(reader, run.summary.id, 0, last_, *graph_, filter);
        layout_ = std::make_shared<const CircuitLayout>(
            compact_layout(*graph_, lattice_layout(*graph_), edges.edges));
        start_ = reader.circuit(run.summary.id, { 0 });
        for (const int iteration : { 0, last_ / 2, last_ })
            circuits_.push_back(reader.circuit(run.summary.id, { iteration }));
    }

    void names_are_read_in_small_views_data()
    {
        QTest::addColumn<QSizeF>("size");
        QTest::newRow("1366 x 768") << QSizeF(853, 318);
        QTest::newRow("1024 x 700") << QSizeF(817, 270);
        QTest::newRow("1600 x 1000") << QSizeF(1090, 550);
        QTest::newRow("a column of a journal") << QSizeF(330, 230);
    }

    void names_are_read_in_small_views()
    {
        QFETCH(QSizeF, size);
        const bool small = size.width() < 400; // narrower than the names need
        const QRectF area = graph_area(size, *layout_, {});
        const CircuitGeometry geometry(*layout_, area);
        for (const Circuit& circuit : circuits_) {
            const CircuitScene scene = scene_of(graph_, layout_, circuit, start_, {});
            const Drawing drawing = circuit_drawing(scene, theme(false), size, {});
            std::vector<QRectF> names;
            std::set<int> named;
            for (const DrawnLabel& label : layer(drawing, "nodes").labels) {
                QVERIFY2(small || label.size >= least_name, qPrintable(label.text));
                named.insert(label.node);
                names.push_back(ink_of(label));
            }
            for (const DrawnLabel& label : layer(drawing, "layers").labels)
                names.push_back(ink_of(label));
            for (std::size_t i = 0; i < names.size(); ++i)
                for (std::size_t j = 0; j < i; ++j)
                    QVERIFY(!names[i].intersects(names[j]));
            std::vector<QRectF> nodes;
            for (const EdgeAppearance& edge : scene.edges)
                for (const DrawnNodeId id : { source_of(scene, edge.edge), target_of(scene, edge.edge) }) {
                    QVERIFY(small || edge.change == EdgeAppearance::Change::left
                        || named.contains(id.value));
                    const QRectF rect = geometry.node_rect(id);
                    if (std::ranges::find(nodes, rect) == nodes.end())
                        nodes.push_back(rect);
                    const int of = layout_->nodes[static_cast<std::size_t>(id.value)].layer;
                    for (const LayerBand& band : layout_->bands)
                        QCOMPARE(geometry.band_rect(band).contains(rect), band.layer == of);
                    QVERIFY(area.adjusted(-0.01, -0.01, 0.01, 0.01).contains(rect));
                }
            for (std::size_t i = 0; i < nodes.size(); ++i)
                for (std::size_t j = 0; j < i; ++j)
                    QVERIFY(!nodes[i].adjusted(-1, -2, 1, 2).intersects(nodes[j]));
            for (const DrawnLabel& label : layer(drawing, "layers").labels)
                for (const QRectF& node : nodes)
                    QVERIFY(!ink_of(label).intersects(node));
        }
    }

    void larger_nodes_leave_the_edges_as_they_are()
    {
        CircuitLayout unmeasured = *layout_;
        unmeasured.room = {};
        const QRectF area(0, 0, 853, 318);
        const CircuitGeometry now(*layout_, area);
        const CircuitGeometry before(unmeasured, area);
        QVERIFY(now.scale() > before.scale());
        QCOMPARE(now.edge_width(1), before.edge_width(1));
    }

    void nodes_never_become_smaller()
    {
        CircuitLayout unmeasured = *layout_;
        unmeasured.room = {};
        for (double width = 100; width < 2000; width += 90)
            for (double height = 80; height < 1200; height += 70) {
                const QRectF area(0, 0, width, height);
                QVERIFY(CircuitGeometry(*layout_, area).scale()
                    >= CircuitGeometry(unmeasured, area).scale());
            }
    }

private:
    std::shared_ptr<const ComputationalGraph> graph_;
    std::shared_ptr<const CircuitLayout> layout_;
    int last_ = 0;
    Circuit start_;
    std::vector<Circuit> circuits_;
};

CIRCUITLOOM_UI_TEST(TestReadableNames, Application::widgets)
#include "tst_readable_names.moc"
