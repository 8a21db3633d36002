#include "core/base/random.h"
#include "core/layout/lattice_layout.h"
#include "tests/support/curve_distance.h"
#include "tests/support/ui_test.h"
#include "ui/circuit/hit_index.h"
#include "ui/drawing/raster_painter.h"

#include <QTest>

#include <cmath>

using namespace circuitloom;
using namespace circuitloom::ui;
using circuitloom::testing::distance_to_curve;

namespace {

struct Picture
{
    std::shared_ptr<const ComputationalGraph> graph;
    std::shared_ptr<const CircuitLayout> layout;

    Picture(const GraphShape& shape, const GraphOptions& options)
        : graph(std::make_shared<const ComputationalGraph>(shape, options))
        , layout(std::make_shared<const CircuitLayout>(lattice_layout(*graph)))
    {
    }

    Circuit circuit(int edges) const
    {
        Random random(7);
        Circuit found;
        for (int i = 0; i < edges; ++i)
            found.push_back({ { static_cast<int>(random.below(graph->edges().size())) },
                1.0F / static_cast<float>(i + 1) });
        return found;
    }
    CircuitScene scene(const Circuit& now) const
    {
        SceneOptions options;
        options.filter.strongest = 0;
        options.mode = ColorMode::sign;
        return scene_of(graph, layout, now, {}, options);
    }
};

const QRectF target(10, 20, 1200, 760);
const QRectF anywhere(-5000, -5000, 10000, 10000);

std::vector<Picture> pictures()
{
    return { Picture({ 4, 8, 8, 512 }, { GraphKind::full, 32 }),
        Picture({ 12, 12, 12, 3072 }, { GraphKind::full, 0 }),
        Picture({ 5, 8, 4, 192 }, { GraphKind::full, 32 }),
        Picture({ 1, 1, 1, 32 }, { GraphKind::full, 0 }) };
}

const std::vector<CircuitCamera> cameras{ {}, { 2.5, { 130, -80 } }, { 0.6, { -40, 25 } } };

} // namespace

class TestCircuitGeometry : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everything_fits()
    {
        for (const Picture& picture : pictures()) {
            const CircuitGeometry geometry(*picture.layout, target);
            const QRectF allowed = target.adjusted(-0.01, -0.01, 0.01, 0.01);
            for (std::size_t i = 0; i < picture.layout->nodes.size(); ++i)
                QVERIFY(allowed.contains(geometry.node_rect({ static_cast<int>(i) })));
            for (const LayerBand& band : picture.layout->bands)
                QVERIFY(allowed.contains(geometry.band_rect(band)));
        }
    }

    void what_is_looked_at_is_the_same_in_a_view_of_another_size()
    {
        const QSizeF large(900, 500);
        const QSizeF small(450, 200);
        const CircuitCamera camera{ 3, { 90, -100 } };
        const CircuitCamera kept = relative_to(large, camera);
        QCOMPARE(restored_in(large, kept), camera);
        QCOMPARE(restored_in(small, kept), (CircuitCamera{ 3, { 45, -40 } }));
        // What shows everything is not moved aside, and nothing is moved out of sight.
        QCOMPARE(restored_in(large, relative_to(large, { 1, { 300, 200 } })), CircuitCamera{});
        const CircuitCamera far = restored_in(small, { 2, { 50, 50 } });
        QCOMPARE(far, within_sight(far, small));
    }

    void shapes_never_overlap()
    {
        for (const Picture& picture : pictures()) {
            for (const QRectF& area : { target, QRectF(0, 0, 300, 900), QRectF(0, 0, 1900, 260) }) {
                const CircuitGeometry geometry(*picture.layout, area);
                for (std::size_t i = 0; i < picture.layout->nodes.size(); ++i)
                    for (std::size_t j = 0; j < i; ++j)
                        QVERIFY(!geometry.node_rect({ static_cast<int>(i) })
                                     .intersects(geometry.node_rect({ static_cast<int>(j) })));
            }
        }
    }

    void every_node_is_hit()
    {
        for (const Picture& picture : pictures()) {
            const CircuitScene scene = picture.scene(picture.circuit(40));
            for (const CircuitCamera& camera : cameras) {
                const CircuitGeometry geometry(*picture.layout, target, camera);
                const HitIndex index(scene, geometry, anywhere);
                for (std::size_t i = 0; i < picture.layout->nodes.size(); ++i) {
                    const DrawnNodeId node{ static_cast<int>(i) };
                    const auto hit = index.at(geometry.node_rect(node).center());
                    QVERIFY(hit == NodeOrEdge{ node });
                }
            }
        }
    }

    void every_edge_is_hit()
    {
        // Alone, so that no crossing edge is the nearer one, and beside the nodes it passes.
        for (const Picture& picture : pictures()) {
            for (const ScoredEdge& edge : picture.circuit(60)) {
                const CircuitScene scene = picture.scene({ edge });
                for (const CircuitCamera& camera : cameras) {
                    const CircuitGeometry geometry(*picture.layout, target, camera);
                    const QPainterPath path = curve_path(geometry.edge_curve(scene, edge.edge));
                    const HitIndex index(scene, geometry, anywhere);
                    int on_edge = 0;
                    for (int step = 1; step < 40; ++step) {
                        const auto hit = index.at(path.pointAtPercent(step / 40.0));
                        QVERIFY(hit.has_value());
                        on_edge += hit == NodeOrEdge{ edge.edge } ? 1 : 0;
                    }
                    QVERIFY(on_edge > 0);
                }
            }
        }
    }

    void a_crowd_gives_the_nearest_edge()
    {
        const Picture picture = pictures().front();
        const CircuitScene scene = picture.scene(picture.circuit(120));
        const CircuitGeometry geometry(*picture.layout, target);
        const HitIndex index(scene, geometry, anywhere);
        int edges_hit = 0;
        for (const EdgeAppearance& edge : scene.edges) {
            const QPointF point
                = curve_path(geometry.edge_curve(scene, edge.edge)).pointAtPercent(0.37);
            const auto hit = index.at(point);
            QVERIFY(hit.has_value());
            const auto* found = std::get_if<EdgeId>(&*hit);
            if (!found)
                continue;
            ++edges_hit;
            const double reach = distance_to_curve(geometry.edge_curve(scene, *found), point);
            QVERIFY(reach <= geometry.edge_width(1) / 2 + 0.5);
        }
        QVERIFY(edges_hit > 60);
    }

    void nothing_is_hit_far_away()
    {
        const Picture picture = pictures().front();
        const CircuitScene scene = picture.scene({});
        const CircuitGeometry geometry(*picture.layout, target);
        const HitIndex index(scene, geometry, anywhere);
        QVERIFY(!index.at(target.topLeft() - QPointF(50, 50)));
        const QPointF a = geometry.node_rect({ 1 }).center();
        const QPointF b = geometry.node_rect({ 2 }).center();
        QVERIFY(!index.at((a + b) / 2));
    }

    void distances_are_those_of_the_curve()
    {
        DrawnCurve line;
        line.control1 = { 10, 0 };
        line.control2 = { 20, 0 };
        line.to = { 30, 0 };
        QCOMPARE(distance_to_curve(line, QPointF(15, 7)), 7.0);
        QCOMPARE(distance_to_curve(line, QPointF(33, 4)), 5.0);
        QCOMPARE(distance_to_curve(line, QPointF(12, 0)), 0.0);
    }

    void queries_keys_and_values_enter_apart()
    {
        const Picture picture = pictures().front();
        Circuit circuit;
        for (const char* name : { "input->a2.h3<q>", "input->a2.h3<k>", "input->a2.h3<v>" })
            circuit.push_back({ *picture.graph->find_edge(name), 1.0F });
        const CircuitScene scene = picture.scene(circuit);
        const CircuitGeometry geometry(*picture.layout, target);
        std::vector<double> entries;
        for (const ScoredEdge& edge : circuit) {
            const QPointF end = geometry.edge_curve(scene, edge.edge).to;
            const QRectF node = geometry.node_rect(target_of(scene, edge.edge));
            QVERIFY(end.x() > node.left() && end.x() < node.right());
            QCOMPARE(end.y(), node.bottom());
            entries.push_back(end.x());
        }
        QVERIFY(entries[0] + 2 < entries[1]);
        QVERIFY(entries[1] + 2 < entries[2]);
    }
};

CIRCUITLOOM_UI_TEST(TestCircuitGeometry, Application::widgets)
#include "tst_circuit_geometry.moc"
