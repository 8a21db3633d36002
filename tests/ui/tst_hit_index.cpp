#include "core/base/random.h"
#include "core/layout/lattice_layout.h"
#include "tests/support/curve_distance.h"
#include "tests/support/ui_test.h"
#include "ui/circuit/hit_index.h"

#include <QTest>

#include <cmath>

using namespace circuitloom;
using namespace circuitloom::ui;
using circuitloom::testing::distance_to_curve;

namespace {

const QRectF seen(0, 0, 1400, 900);

// What the index must find, by looking at everything.
std::optional<NodeOrEdge> look_everywhere(
    const CircuitScene& scene, const CircuitGeometry& geometry, const QPointF& point)
{
    const std::vector<double> presence = node_presence(scene);
    std::optional<NodeOrEdge> hit;
    double nearest = 4;
    for (std::size_t i = 0; i < presence.size(); ++i) {
        const DrawnNodeId id{ static_cast<int>(i) };
        const QRectF rect = presence[i] > 0 ? geometry.node_rect(id) : geometry.ghost_rect(id);
        const double dx = std::max({ rect.left() - point.x(), point.x() - rect.right(), 0.0 });
        const double dy = std::max({ rect.top() - point.y(), point.y() - rect.bottom(), 0.0 });
        if (std::hypot(dx, dy) < nearest) {
            nearest = std::hypot(dx, dy);
            hit = id;
        }
    }
    if (hit)
        return hit;
    nearest = 5;
    for (const EdgeAppearance& edge : scene.edges) {
        const double distance = distance_to_curve(geometry.edge_curve(scene, edge.edge), point)
            - geometry.edge_width(edge.strength) / 2;
        if (distance < nearest) {
            nearest = distance;
            hit = edge.edge;
        }
    }
    return hit;
}

} // namespace

class TestHitIndex : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void finds_what_looking_everywhere_finds()
    {
        Random random(5);
        int nodes = 0;
        int edges = 0;
        int nothing = 0;
        for (const GraphOptions& options :
            { GraphOptions{ GraphKind::full, 32 }, GraphOptions{ GraphKind::full, 0 } }) {
            const auto graph
                = std::make_shared<const ComputationalGraph>(GraphShape{ 6, 8, 4, 512 }, options);
            const auto layout = std::make_shared<const CircuitLayout>(lattice_layout(*graph));
            for (const int count : { 0, 5, 80, 600 }) {
                Circuit circuit;
                for (int i = 0; i < count; ++i)
                    circuit.push_back({ { static_cast<int>(random.below(graph->edges().size())) },
                        static_cast<float>(random.unit() - 0.5) });
                SceneOptions all;
                all.filter.strongest = 0;
                all.mode = ColorMode::sign;
                const CircuitScene scene = scene_of(graph, layout, circuit, {}, all);
                for (const CircuitCamera& camera : { CircuitCamera{},
                         CircuitCamera{ 3.5, { 400, -250 } }, CircuitCamera{ 0.6, { -30, 20 } } }) {
                    const CircuitGeometry geometry(
                        *layout, seen.adjusted(14, 14, -14, -14), camera);
                    const HitIndex index(scene, geometry, seen);
                    for (int i = 0; i < 400; ++i) {
                        const QPointF point(
                            random.unit() * seen.width(), random.unit() * seen.height());
                        const auto hit = index.at(point);
                        QVERIFY(hit == look_everywhere(scene, geometry, point));
                        nodes += hit && std::holds_alternative<DrawnNodeId>(*hit) ? 1 : 0;
                        edges += hit && std::holds_alternative<EdgeId>(*hit) ? 1 : 0;
                        nothing += hit ? 0 : 1;
                    }
                }
            }
        }
        QVERIFY(nodes > 50);
        QVERIFY(edges > 500);
        QVERIFY(nothing > 500);
    }

    void outside_of_what_is_seen_nothing_is_hit()
    {
        const auto graph = std::make_shared<const ComputationalGraph>(
            GraphShape{ 4, 8, 8, 512 }, GraphOptions{ GraphKind::full, 32 });
        const auto layout = std::make_shared<const CircuitLayout>(lattice_layout(*graph));
        const CircuitScene scene = scene_of(graph, layout, {}, {}, {});
        const CircuitGeometry geometry(*layout, seen, { 4, { 0, 0 } });
        const HitIndex index(scene, geometry, seen);
        QVERIFY(!index.at({ -20, 100 }));
        QVERIFY(!index.at({ 1e9, -1e9 }));
    }
};

CIRCUITLOOM_UI_TEST(TestHitIndex, Application::widgets)
#include "tst_hit_index.moc"
