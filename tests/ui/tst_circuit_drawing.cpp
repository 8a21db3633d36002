#include "core/base/random.h"
#include "core/layout/lattice_layout.h"
#include "core/layout/matrix_layout.h"
#include "tests/support/curve_distance.h"
#include "tests/support/drawn_layers.h"
#include "tests/support/ui_test.h"
#include "ui/circuit/circuit_choice.h"
#include "ui/circuit/circuit_drawing.h"
#include "ui/circuit/circuit_geometry.h"
#include "ui/circuit/circuit_legend.h"
#include "ui/drawing/raster_painter.h"

#include <QLineF>
#include <QTest>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

using namespace circuitloom;
using namespace circuitloom::ui;
using circuitloom::testing::distance_to_curve;
using circuitloom::testing::ink_of;
using circuitloom::testing::layer;

namespace {

std::set<int> edges_drawn(const Drawing& drawing)
{
    std::set<int> edges;
    for (const DrawnCurve& curve : layer(drawing, "edges").curves)
        edges.insert(curve.edge);
    return edges;
}

std::set<QString> texts(const DrawingLayer& layer)
{
    std::set<QString> found;
    for (const DrawnLabel& label : layer.labels)
        found.insert(label.text);
    return found;
}

} // namespace

class TestCircuitDrawing : public QObject
{
    Q_OBJECT

private:
    std::shared_ptr<const ComputationalGraph> graph_ = std::make_shared<const ComputationalGraph>(
        GraphShape{ 4, 8, 8, 512 }, GraphOptions{ GraphKind::full, 32 });
    std::shared_ptr<const CircuitLayout> layout_
        = std::make_shared<const CircuitLayout>(lattice_layout(*graph_));
    const QSizeF size_{ 1400, 900 };

    EdgeId edge(const char* name) const { return *graph_->find_edge(name); }

    CircuitScene scene(
        const Circuit& now, const Circuit& before = {}, ColorMode mode = ColorMode::change) const
    {
        SceneOptions options;
        options.mode = mode;
        return scene_of(graph_, layout_, now, before, options);
    }

    Circuit some() const
    {
        return { { edge("a3.h4->logits"), 1.0F }, { edge("a2.h2->a3.h4<q>"), -0.5F },
            { edge("m0.g2->a2.h2<k>"), 0.2F }, { edge("input->m0.g2"), 0.05F } };
    }

private Q_SLOTS:
    void ends_lie_beyond_the_layers_and_within_the_picture()
    {
        const ComputationalGraph deep(
            GraphShape{ 30, 9, 3, 1536 }, GraphOptions{ GraphKind::full, 0 });
        const CircuitLayout layout = lattice_layout(deep);
        CircuitPaintOptions options;
        for (const QSizeF& size : { QSizeF(460, 326), QSizeF(780, 466), QSizeF(853, 322) }) {
            const QRectF area = graph_area(size, layout, options);
            const CircuitGeometry geometry(layout, area);
            for (std::size_t i = 0; i < layout.nodes.size(); ++i) {
                const DrawnNode& node = layout.nodes[i];
                if (node.kind != DrawnNode::Kind::input && node.kind != DrawnNode::Kind::logits)
                    continue;
                const QRectF rect = geometry.node_rect({ static_cast<std::int32_t>(i) });
                QVERIFY(area.adjusted(0, -0.01, 0, 0.01).contains(rect));
                QVERIFY(rect.height() > 8);
                for (std::size_t j = 0; j < layout.nodes.size(); ++j)
                    if (j != i && layout.nodes[j].used)
                        QVERIFY(!rect.intersects(
                            geometry.node_rect({ static_cast<std::int32_t>(j) })));
            }
        }
    }

    void names_beside_small_nodes_do_not_lie_over_each_other()
    {
        Random random(4);
        Circuit circuit;
        std::set<EdgeId> taken;
        while (taken.size() < 30) {
            const EdgeId one{ static_cast<std::int32_t>(random.below(graph_->edges().size())) };
            if (taken.insert(one).second)
                circuit.push_back({ one, 1.0F });
        }
        const std::vector<EdgeId> edges(taken.begin(), taken.end());
        const auto matrix
            = std::make_shared<const CircuitLayout>(matrix_layout(*graph_, *layout_, edges));
        const CircuitScene shown = scene_of(graph_, matrix, circuit, {}, {});
        int seen = 0;
        for (const QSizeF& size : { QSizeF(853, 322), QSizeF(600, 250), QSizeF(1400, 500) }) {
            std::vector<QRectF> names;
            const Drawing drawing = circuit_drawing(shown, theme(false), size, {});
            for (const DrawnLabel& label : layer(drawing, "nodes").labels) {
                const QRectF ink = ink_of(label);
                QVERIFY2(QRectF(QPointF(), size).contains(ink), qPrintable(label.text));
                for (const QRectF& other : names)
                    QVERIFY2(!other.intersects(ink), qPrintable(label.text));
                for (const DrawnShape& bar : layer(drawing, "layers").shapes)
                    QVERIFY2(!bar.rect.intersects(ink), qPrintable(label.text));
                names.push_back(ink);
                ++seen;
            }
        }
        QVERIFY(seen > 10);
    }

    void what_is_switched_off_is_crossed_out_and_told_in_the_legend()
    {
        const auto has = [](const Drawing& drawing) {
            return std::ranges::any_of(drawing.layers,
                [](const DrawingLayer& one) { return one.name == QStringLiteral("switched off"); });
        };
        CircuitScene shown = scene(some());
        QVERIFY(!has(circuit_drawing(shown, theme(true), size_, {})));
        QVERIFY(!texts(layer(circuit_drawing(shown, theme(true), size_, {}), "legend"))
                     .contains(QStringLiteral("switched off")));
        SceneOptions options;
        options.switched_off = { {}, { edge("a2.h2->a3.h4<q>") } };
        shown = scene_of(graph_, layout_, some(), {}, options);
        Drawing drawing = circuit_drawing(shown, theme(true), size_, {});
        QVERIFY(texts(layer(drawing, "legend")).contains(QStringLiteral("switched off")));
        const auto curve_of = [&](EdgeId of) {
            return *std::ranges::find(layer(drawing, "edges").curves, of.value, &DrawnCurve::edge);
        };
        // Every stroke of the cross passes over the edge's own curve, and over no other edge's end.
        const DrawnCurve crossed = curve_of(edge("a2.h2->a3.h4<q>"));
        QVERIFY(!layer(drawing, "switched off").curves.empty());
        for (const DrawnCurve& stroke : layer(drawing, "switched off").curves)
            QVERIFY(distance_to_curve(crossed, point_of(stroke, 0.5)) < 1);
        // An edge that is not shown has no cross; a node has a ring and one above it.
        options.switched_off = { {}, { edge("a0.h0->logits") } };
        shown = scene_of(graph_, layout_, some(), {}, options);
        QVERIFY(!has(circuit_drawing(shown, theme(true), size_, {})));
        const CircuitGeometry geometry(*layout_, graph_area(size_, *layout_, {}));
        for (std::size_t i = 0; i < layout_->nodes.size(); ++i) {
            if (layout_->nodes[i].name != "a2.h2")
                continue;
            const DrawnNodeId node{ static_cast<std::int32_t>(i) };
            options.switched_off = choice_of(*layout_, node);
            shown = scene_of(graph_, layout_, some(), {}, options);
            drawing = circuit_drawing(shown, theme(true), size_, {});
            const DrawingLayer& marks = layer(drawing, "switched off");
            const QRectF rect = geometry.node_rect(node);
            QCOMPARE(marks.shapes.size(), std::size_t{ 1 });
            QCOMPARE(marks.shapes[0].rect, rect);
            QCOMPARE(qAlpha(marks.shapes[0].fill), 0); // the name is seen through it
            for (const DrawnCurve& stroke : marks.curves) {
                QVERIFY(stroke.from.y() <= rect.top() && stroke.to.y() <= rect.top());
                QVERIFY(stroke.from.x() > rect.left() && stroke.to.x() < rect.right());
            }
            // Only a part of the node: it still works.
            options.switched_off.nodes.pop_back();
            shown = scene_of(graph_, layout_, some(), {}, options);
            QVERIFY(!has(circuit_drawing(shown, theme(true), size_, {})));
        }
    }

    void every_edge_has_its_curve_and_the_strongest_lies_on_top()
    {
        const CircuitScene shown = scene(some());
        const Drawing drawing = circuit_drawing(shown, theme(true), size_, {});
        std::set<int> wanted;
        for (const EdgeAppearance& one : shown.edges)
            wanted.insert(one.edge.value);
        QCOMPARE(edges_drawn(drawing), wanted);
        const auto& curves = layer(drawing, "edges").curves;
        QCOMPARE(curves.back().edge, edge("a3.h4->logits").value);
        for (std::size_t i = 1; i < curves.size(); ++i)
            QVERIFY(curves[i].width >= curves[i - 1].width);
    }

    void curves_leave_upward_and_arrive_from_below()
    {
        const Drawing drawing = circuit_drawing(scene(some()), theme(true), size_, {});
        for (const DrawnCurve& curve : layer(drawing, "edges").curves) {
            QVERIFY(curve.control1.y() < curve.from.y());
            QVERIFY(curve.control2.y() > curve.to.y());
        }
    }

    void what_left_is_dashed()
    {
        Circuit before = some();
        before.push_back({ edge("a0.h1->a1.h1<v>"), 0.3F });
        const Drawing drawing = circuit_drawing(scene(some(), before), theme(true), size_, {});
        for (const DrawnCurve& curve : layer(drawing, "edges").curves)
            QCOMPARE(curve.dash > 0, curve.edge == edge("a0.h1->a1.h1<v>").value);
    }

    void a_growing_edge_begins_at_its_source()
    {
        CircuitScene shown = scene(some());
        for (EdgeAppearance& one : shown.edges)
            one.grown = 0.25;
        const Drawing drawing = circuit_drawing(shown, theme(true), size_, {});
        for (const DrawnCurve& curve : layer(drawing, "edges").curves) {
            const QPainterPath part = curve_path(curve);
            QCOMPARE(QPointF(part.elementAt(0)), curve.from);
            // The parameter of the part's end is a quarter of the whole's.
            const double t = 0.25;
            const double s = 0.75;
            const QPointF there = s * s * s * curve.from + 3 * s * s * t * curve.control1
                + 3 * s * t * t * curve.control2 + t * t * t * curve.to;
            QVERIFY(std::abs(part.currentPosition().x() - there.x()) < 1e-9);
            QVERIFY(std::abs(part.currentPosition().y() - there.y()) < 1e-9);
        }
    }

    void far_away_names_stand_beside_and_ports_merge()
    {
        const CircuitScene shown = scene(some());
        const Drawing near = circuit_drawing(shown, theme(false), size_, {});
        CircuitPaintOptions far_off;
        far_off.camera.zoom = 0.2;
        const Drawing far = circuit_drawing(shown, theme(false), size_, far_off);
        // Within its node near by, beside it far away.
        const auto h4 = [](const Drawing& drawing) {
            for (const DrawnLabel& label : layer(drawing, "nodes").labels)
                if (label.text == QStringLiteral("h4"))
                    return label;
            return DrawnLabel();
        };
        const auto shape_of = [](const Drawing& drawing, int node) {
            for (const DrawnShape& shape : layer(drawing, "nodes").shapes)
                if (shape.node == node)
                    return shape.rect;
            return QRectF();
        };
        QVERIFY(shape_of(near, h4(near).node).contains(h4(near).rect.center()));
        QVERIFY(!shape_of(far, h4(far).node).contains(h4(far).rect.center()));
        // Six nodes, of which the two heads have three ports each.
        // Far away each of the three names beside a node has a ground that hides the edges under it.
        QCOMPARE(layer(far, "nodes").shapes.size(), std::size_t(5 + 3));
        for (const DrawnLabel& name : layer(far, "nodes").labels)
            QVERIFY(std::ranges::any_of(layer(far, "nodes").shapes, [&](const DrawnShape& shape) {
                return shape.node == name.node && qAlpha(shape.fill) > 200
                    && shape.rect.contains(ink_of(name).center())
                    && shape.rect.width() > ink_of(name).width();
            }));
        QCOMPARE(layer(near, "nodes").shapes.size(), std::size_t(5 + 2 * 3));

        // Many small nodes have no names, but the input and the logits always do.
        const auto large = std::make_shared<const ComputationalGraph>(
            GraphShape{ 12, 12, 12, 64 }, GraphOptions{ GraphKind::full, 0 });
        Circuit many;
        for (std::size_t i = 0; i < large->edges().size(); ++i)
            many.push_back({ EdgeId{ static_cast<int>(i) }, 1.0F });
        SceneOptions all;
        all.filter.strongest = 100000;
        const CircuitScene crowd = scene_of(
            large, std::make_shared<const CircuitLayout>(lattice_layout(*large)), many, {}, all);
        const Drawing crowded = circuit_drawing(crowd, theme(false), size_, far_off);
        QCOMPARE(texts(layer(crowded, "nodes")),
            (std::set<QString>{ QStringLiteral("input"), QStringLiteral("logits") }));

        CircuitPaintOptions close;
        close.camera.zoom = 4;
        const auto close_up = circuit_drawing(
            scene({ { edge("a1.h3->a2.h3<v>"), 1.0F } }), theme(false), size_, close);
        QVERIFY(texts(layer(close_up, "nodes")).contains(QStringLiteral("v")));
    }

    void what_lies_outside_is_left_out()
    {
        CircuitPaintOptions aside;
        aside.camera.pan = { 5000, 0 };
        const Drawing drawing = circuit_drawing(scene(some()), theme(true), size_, aside);
        QVERIFY(edges_drawn(drawing).empty());
        QVERIFY(layer(drawing, "nodes").shapes.empty());
        QVERIFY(layer(drawing, "outside the circuit").shapes.empty());
    }

    void an_edge_within_a_column_swings_around_the_nodes_between()
    {
        const CircuitScene shown = scene({ { edge("a0.h2->a3.h2<k>"), 1.0F } });
        const Drawing drawing = circuit_drawing(shown, theme(true), size_, {});
        const CircuitGeometry geometry(*layout_, graph_area(size_, *layout_, {}));
        const DrawnCurve& curve = layer(drawing, "edges").curves.front();
        for (std::size_t i = 0; i < layout_->nodes.size(); ++i) {
            const std::string& name = layout_->nodes[i].name;
            if (name == "a1.h2" || name == "a2.h2")
                QVERIFY(
                    distance_to_curve(curve, geometry.node_rect({ static_cast<int>(i) }).center())
                    > geometry.node_rect({ static_cast<int>(i) }).width() / 2);
        }
    }

    void the_legend_covers_no_node()
    {
        SceneOptions options;
        options.filter.strongest = 1000;
        options.switched_off = { {}, { edge("a2.h2->a3.h4<q>") } };
        for (const ColorMode mode : { ColorMode::change, ColorMode::sides, ColorMode::kind })
            for (const QSizeF& size : { QSizeF(420, 400), QSizeF(560, 420), QSizeF(900, 560) }) {
                options.mode = mode;
                const CircuitScene shown = scene_of(graph_, layout_, some(), some(), options);
                const Drawing drawing = circuit_drawing(shown, theme(true), size, {});
                for (const DrawnShape& veil : layer(drawing, "legend").shapes)
                    for (const DrawnShape& node : layer(drawing, "nodes").shapes)
                        QVERIFY2(!veil.rect.intersects(node.rect),
                            qPrintable(QString::number(size.width())));
            }
    }

    void the_legend_says_what_the_colours_and_widths_mean()
    {
        for (const ColorMode mode : { ColorMode::change, ColorMode::sign, ColorMode::kind,
                 ColorMode::age, ColorMode::sides }) {
            const CircuitScene shown = scene(some(), some(), mode);
            const auto said
                = texts(layer(circuit_drawing(shown, theme(true), size_, {}), "legend"));
            for (const LegendEntry& entry : legend_of(shown))
                QVERIFY2(said.contains(entry.label), qPrintable(entry.label));
        }
        for (const auto& [scale, words] :
            { std::pair{ WidthScale::linear, "width: |score|, strongest 1" },
                std::pair{ WidthScale::root, "width: √ |score|, strongest 1" },
                std::pair{ WidthScale::logarithmic, "width: log |score|, strongest 1" } }) {
            SceneOptions options;
            options.width = scale;
            const auto shown = scene_of(graph_, layout_, some(), {}, options);
            QVERIFY(texts(layer(circuit_drawing(shown, theme(true), size_, {}), "legend"))
                        .contains(QString::fromUtf8(words)));
        }
    }

    void dashes_tell_the_meanings_apart_without_colour()
    {
        Theme dashed = theme(true);
        dashed.dashes = true;
        const auto pattern = [](const DrawnCurve& curve) { return std::pair(curve.dash, curve.gap); };
        const Circuit now = some();
        const Circuit before{ { now[0].edge, 0.5F }, { now[1].edge, -1.0F },
            { now[2].edge, 0.2F }, { edge("a2.h1->a3.h4<q>"), 0.4F } };
        SceneOptions options;
        CertainEdges certain{ { now[0].edge, { 1.0F, 1.0F, 1.0F } },
            { now[1].edge, { 0.7F, -0.5F, 0.1F } }, { now[2].edge, { 0.1F, 0.2F, 0.2F } },
            { now[3].edge, { 0.2F, 0.1F, 0.2F } } };
        std::ranges::sort(certain, {}, &CertainEdge::edge);
        options.certain = std::make_shared<const CertainEdges>(certain);
        for (const ColorMode mode : { ColorMode::change, ColorMode::sign, ColorMode::kind,
                 ColorMode::certainty, ColorMode::sides }) {
            options.mode = mode;
            const CircuitScene shown = scene_of(graph_, layout_, now, before, options);
            const Drawing drawing = circuit_drawing(shown, dashed, size_, {});
            const std::vector<LegendEntry> legend = legend_of(shown);
            const std::vector<DrawnCurve>& samples = layer(drawing, "legend").curves;
            QCOMPARE(samples.size(), legend.size());
            std::map<Hue, std::pair<float, float>> said;
            std::set<std::pair<float, float>> apart;
            for (std::size_t i = 0; i < legend.size(); ++i) {
                said[legend[i].hue] = pattern(samples[i]);
                apart.insert(pattern(samples[i]));
                QVERIFY(QLineF(samples[i].from, samples[i].to).length()
                    > double{ samples[i].dash + samples[i].gap });
            }
            QCOMPARE(apart.size(), legend.size());
            QCOMPARE(layer(drawing, "edges").curves.size(), shown.edges.size());
            for (const DrawnCurve& curve : layer(drawing, "edges").curves) {
                const auto drawn = std::ranges::find(
                    shown.edges, EdgeId{ curve.edge }, &EdgeAppearance::edge);
                QVERIFY(drawn != shown.edges.end());
                HueMix hue = drawn->hue;
                hue[static_cast<std::size_t>(Hue::neutral)] = 0; // to which the signs fade
                const auto most = std::ranges::max_element(hue) - hue.begin();
                QVERIFY(pattern(curve) == said.at(static_cast<Hue>(most)));
            }

            // Usually what left is dashed, and nothing else.
            const Drawing usual = circuit_drawing(shown, theme(true), size_, {});
            for (std::size_t i = 0; i < legend.size(); ++i)
                QCOMPARE(layer(usual, "legend").curves[i].dash > 0, legend[i].hue == Hue::left);
        }
    }
};

CIRCUITLOOM_UI_TEST(TestCircuitDrawing, Application::widgets)
#include "tst_circuit_drawing.moc"
