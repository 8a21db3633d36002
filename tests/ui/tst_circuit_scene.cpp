#include "core/layout/lattice_layout.h"
#include "tests/support/ui_test.h"
#include "ui/circuit/circuit_focus.h"
#include "ui/circuit/circuit_legend.h"
#include "ui/circuit/hover_card.h"
#include "ui/circuit/circuit_scene.h"
#include "ui/circuit/scene_transition.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <numeric>

using namespace circuitloom;
using namespace circuitloom::ui;
using Change = EdgeAppearance::Change;

namespace {

std::shared_ptr<const ComputationalGraph> demo_graph()
{
    return std::make_shared<const ComputationalGraph>(
        GraphShape{ 4, 8, 8, 512 }, GraphOptions{ GraphKind::full, 32 });
}

const EdgeAppearance* find(const CircuitScene& scene, EdgeId edge)
{
    const auto found = std::find_if(scene.edges.begin(), scene.edges.end(),
        [&](const EdgeAppearance& e) { return e.edge == edge; });
    return found == scene.edges.end() ? nullptr : &*found;
}

double share(const EdgeAppearance& edge, Hue hue)
{
    return static_cast<double>(edge.hue[static_cast<std::size_t>(hue)]);
}

} // namespace

class TestCircuitScene : public QObject
{
    Q_OBJECT

private:
    std::shared_ptr<const ComputationalGraph> graph_ = demo_graph();
    std::shared_ptr<const CircuitLayout> layout_
        = std::make_shared<const CircuitLayout>(lattice_layout(*graph_));

    // 1 stays, 2 grows, 3 shrinks, 4 leaves, 5 enters.
    Circuit before_{ { { 1 }, 0.9F }, { { 3 }, -0.8F }, { { 4 }, 0.4F }, { { 2 }, 0.1F } };
    Circuit after_{ { { 1 }, 0.9F }, { { 2 }, 0.6F }, { { 5 }, -0.5F }, { { 3 }, -0.2F } };

    CircuitScene scene(const Circuit& now, const Circuit& reference, int strongest,
        ColorMode mode = ColorMode::change) const
    {
        SceneOptions options;
        options.filter.strongest = strongest;
        options.mode = mode;
        return scene_of(graph_, layout_, now, reference, options);
    }

private Q_SLOTS:
    void changes_are_named()
    {
        const CircuitScene s = scene(after_, before_, 10);
        QCOMPARE(s.edges.size(), std::size_t(5));
        QVERIFY(find(s, { 1 })->change == Change::kept);
        QVERIFY(find(s, { 2 })->change == Change::stronger);
        QVERIFY(find(s, { 3 })->change == Change::weaker);
        QVERIFY(find(s, { 4 })->change == Change::left);
        QVERIFY(find(s, { 5 })->change == Change::entered);
        QVERIFY(s.has_reference);
        for (const EdgeAppearance& edge : s.edges)
            QCOMPARE(std::accumulate(edge.hue.begin(), edge.hue.end(), 0.0F), 1.0F);
    }

    void no_reference_means_no_change()
    {
        const CircuitScene s = scene(after_, {}, 10);
        QVERIFY(!s.has_reference);
        QCOMPARE(s.edges.size(), after_.size());
        for (const EdgeAppearance& edge : s.edges)
            QVERIFY(edge.change == Change::kept);
    }

    void width_is_the_root_of_the_score()
    {
        const CircuitScene s = scene(after_, {}, 10);
        QCOMPARE(s.widest, static_cast<double>(0.9F));
        QCOMPARE(find(s, { 1 })->strength, 1.0);
        const double expected = std::sqrt(static_cast<double>(0.2F) / static_cast<double>(0.9F));
        QCOMPARE(find(s, { 3 })->strength, expected);
    }

    void only_the_strongest_are_shown()
    {
        const CircuitScene s = scene(after_, {}, 2);
        QCOMPARE(s.edges.size(), std::size_t(2));
        QVERIFY(find(s, { 1 }));
        QVERIFY(find(s, { 2 }));
        QCOMPARE(scene(after_, {}, 0).edges.size(), after_.size()); // all
        // Edge 4 is third in the reference: among its two strongest nothing has left.
        QVERIFY(!find(scene(after_, before_, 2), { 4 }));
        QVERIFY(find(scene(after_, before_, 3), { 4 }));
        // Below the cut now, but still in the circuit: not shown, and not said to have left.
        QVERIFY(!find(scene(after_, before_, 2), { 3 }));
    }

    void sign_and_kind()
    {
        const CircuitScene sign = scene(after_, before_, 10, ColorMode::sign);
        QCOMPARE(sign.edges.size(), after_.size());
        // The strongest has its sign's colour alone, a weaker one is partly neutral.
        QCOMPARE(share(*find(sign, { 1 }), Hue::positive), 1.0);
        QVERIFY(share(*find(sign, { 5 }), Hue::negative) > 0.4);
        QVERIFY(share(*find(sign, { 5 }), Hue::neutral) > 0);
        QCOMPARE(share(*find(sign, { 5 }), Hue::positive), 0.0);

        Circuit kinds;
        for (const char* name : { "input->a2.h3<q>", "input->a2.h3<k>", "input->a2.h3<v>",
                 "a0.h1->m2.g4", "a3.h4->logits" })
            kinds.push_back({ *graph_->find_edge(name), 0.5F });
        const CircuitScene kind = scene(kinds, {}, 10, ColorMode::kind);
        const Hue expected[]{ Hue::query, Hue::key, Hue::value, Hue::mlp, Hue::logits };
        for (std::size_t i = 0; i < kinds.size(); ++i)
            QCOMPARE(share(*find(kind, kinds[i].edge), expected[i]), 1.0);
    }

    void age_runs_from_young_to_old()
    {
        SceneOptions options;
        options.mode = ColorMode::age;
        for (std::size_t i = 0; i < after_.size(); ++i)
            options.ages.push_back(static_cast<int>(10 * i));
        const CircuitScene aged = scene_of(graph_, layout_, after_, {}, options);
        QCOMPARE(aged.oldest, options.ages.back());
        double before = -1;
        for (const ScoredEdge& edge : after_) {
            const EdgeAppearance& shown = *find(aged, edge.edge);
            QVERIFY(std::abs(share(shown, Hue::old) + share(shown, Hue::young) - 1) < 1e-6);
            QVERIFY(share(shown, Hue::old) > before);
            before = share(shown, Hue::old);
        }
        options.ages.clear();
        for (const EdgeAppearance& edge : scene_of(graph_, layout_, after_, {}, options).edges)
            QCOMPARE(share(edge, Hue::young), 1.0);
    }

    void certainty_is_core_contingent_or_noise()
    {
        SceneOptions options;
        options.mode = ColorMode::certainty;
        options.certain = std::make_shared<const CertainEdges>(
            CertainEdges{ { { 1 }, { 1.0F, 0.8F, 1.0F } }, { { 2 }, { 0.9F, 0.5F, 0.7F } },
                { { 3 }, { 0.5F, -0.4F, 0.1F } }, { { 5 }, { 0.49F, -0.9F, 0.2F } } });
        const CircuitScene sure = scene_of(graph_, layout_, after_, before_, options);
        QCOMPARE(sure.edges.size(), after_.size()); // nothing is compared, so nothing has left
        QCOMPARE(share(*find(sure, { 1 }), Hue::core), 1.0);
        QCOMPARE(share(*find(sure, { 2 }), Hue::core), 1.0);
        QCOMPARE(share(*find(sure, { 3 }), Hue::contingent), 1.0);
        QCOMPARE(share(*find(sure, { 5 }), Hue::noise), 1.0);
        QCOMPARE(legend_of(sure).size(), std::size_t(3));

        const HoverCard card = hover_card(sure, EdgeId{ 5 }, after_, {}, options.certain.get());
        QVERIFY(std::ranges::any_of(card.facts, [](const QString& fact) {
            return fact.contains(QStringLiteral("49.0 %"))
                && fact.contains(QString::fromUtf8("−0.9")) && fact.contains(u"+0.2");
        }));

        options.filter.inclusion = 0.5;
        const CircuitScene part = scene_of(graph_, layout_, after_, {}, options);
        QCOMPARE(part.edges.size(), std::size_t(3));
        QVERIFY(!find(part, { 5 }));
    }

    void a_circuit_that_was_not_resampled_says_so()
    {
        SceneOptions options;
        options.mode = ColorMode::certainty;
        options.filter.inclusion = 0.9;
        options.certain = std::make_shared<const CertainEdges>();
        const CircuitScene scene = scene_of(graph_, layout_, after_, {}, options);
        QCOMPARE(scene.edges.size(), after_.size());
        for (const EdgeAppearance& edge : scene.edges)
            QCOMPARE(share(edge, Hue::neutral), 1.0);
        const auto legend = legend_of(scene);
        QCOMPARE(legend.size(), std::size_t(1));
        QVERIFY(legend.front().label.contains(QStringLiteral("not resampled")));
        // Not read yet is another thing.
        options.certain = nullptr;
        QVERIFY(legend_of(scene_of(graph_, layout_, after_, {}, options)).empty());
    }

    void one_colour_is_one_colour()
    {
        for (const EdgeAppearance& edge : scene(after_, before_, 10, ColorMode::single).edges)
            QCOMPARE(share(edge, Hue::single), 1.0);
    }

    void every_width_scale_keeps_the_order()
    {
        for (const WidthScale scale :
            { WidthScale::linear, WidthScale::root, WidthScale::logarithmic }) {
            QCOMPARE(scaled_width(0, scale), 0.0);
            QCOMPARE(scaled_width(1, scale), 1.0);
            QCOMPARE(scaled_width(7, scale), 1.0);
            for (double share = 0.01; share < 1; share += 0.01)
                QVERIFY(scaled_width(share, scale) > scaled_width(share - 0.01, scale));
        }
        // The weakest edges show best with the logarithm, worst in proportion.
        QVERIFY(scaled_width(0.1, WidthScale::linear) < scaled_width(0.1, WidthScale::root));
        QVERIFY(scaled_width(0.1, WidthScale::root) < scaled_width(0.1, WidthScale::logarithmic));
    }

    void edges_grow_along_their_path_unless_too_many_come()
    {
        const CircuitScene a = scene(before_, {}, 10);
        CircuitScene b = a;
        b.edges.push_back(b.edges.back());
        b.edges.back().edge = EdgeId{ b.edges.back().edge.value + 1 };
        QVERIFY(entrance_between(a, b) == Entrance::grow);
        const EdgeAppearance half = interpolate(a, b, 0.5).edges.back();
        QCOMPARE(half.grown, 0.5);
        QCOMPARE(half.presence, 1.0);
        const EdgeAppearance faint = interpolate(a, b, 0.5, Entrance::fade).edges.back();
        QCOMPARE(faint.grown, 1.0);
        QCOMPARE(faint.presence, 0.5);

        CircuitScene other = a;
        for (EdgeAppearance& edge : other.edges)
            edge.edge = EdgeId{ edge.edge.value + 100 };
        QVERIFY(entrance_between(a, other) == Entrance::fade);
        QVERIFY(entrance_between(CircuitScene{}, other) == Entrance::grow);
    }

    void interpolation_ends_exactly()
    {
        const CircuitScene a = scene(before_, {}, 10);
        const CircuitScene b = scene(after_, before_, 10);
        QCOMPARE(interpolate(a, b, 0).edges, a.edges);
        QCOMPARE(interpolate(a, b, 1).edges, b.edges);
        QCOMPARE(interpolate(a, b, -0.5).edges, a.edges);
        QCOMPARE(interpolate(a, b, 1.5).edges, b.edges);
        QCOMPARE(interpolate(a, a, 0.3).edges, a.edges);
    }

    void interpolation_is_monotone_and_never_jumps()
    {
        const CircuitScene a = scene(before_, {}, 10);
        const CircuitScene b = scene(after_, {}, 10, ColorMode::sign);
        constexpr int steps = 200;
        std::vector<CircuitScene> frames;
        for (int i = 0; i <= steps; ++i)
            frames.push_back(interpolate(a, b, static_cast<double>(i) / steps));
        for (const int id : { 1, 2, 3, 4, 5 }) {
            const auto value = [&](const CircuitScene& s, auto member) {
                const EdgeAppearance* edge = find(s, { id });
                return edge ? member(*edge) : 0.0;
            };
            const auto presence = [](const EdgeAppearance& e) { return e.presence; };
            const auto drawn = [](const EdgeAppearance& e) { return e.presence * e.strength; };
            const double rise = value(b, presence) - value(a, presence);
            for (std::size_t i = 1; i < frames.size(); ++i) {
                const double step = value(frames[i], presence) - value(frames[i - 1], presence);
                QVERIFY(step * rise >= 0);
                // An edge that comes in is wholly there after a quarter of its growth.
                QVERIFY(std::abs(step) <= 4.01 / steps);
                QVERIFY(std::abs(value(frames[i], drawn) - value(frames[i - 1], drawn))
                    <= 4.01 / steps);
                if (const EdgeAppearance* edge = find(frames[i], { id })) {
                    const float sum = std::accumulate(edge->hue.begin(), edge->hue.end(), 0.0F);
                    QVERIFY(std::abs(sum - 1) < 1e-5F);
                }
            }
        }
    }

    void a_new_target_starts_from_what_is_seen()
    {
        const CircuitScene a = scene(before_, {}, 10);
        const CircuitScene b = scene(after_, {}, 10);
        const CircuitScene seen = interpolate(a, b, 0.4);
        const CircuitScene next = interpolate(seen, a, 1e-9);
        for (const EdgeAppearance& edge : seen.edges) {
            const EdgeAppearance* later = find(next, edge.edge);
            QVERIFY(later);
            QVERIFY(std::abs(later->presence - edge.presence) < 1e-6);
            QVERIFY(std::abs(later->strength - edge.strength) < 1e-6);
        }
    }

    void nodes_belong_with_their_edges()
    {
        const CircuitScene s = scene(after_, before_, 10);
        const std::vector<double> presence = node_presence(s);
        std::vector<double> expected(layout_->nodes.size(), 0.0);
        for (const ScoredEdge& edge : after_)
            for (const NodeId end :
                { graph_->edge(edge.edge).source, graph_->edge(edge.edge).target }) {
                const int drawn = layout_->drawn_of[static_cast<std::size_t>(end.value)];
                expected[static_cast<std::size_t>(drawn)] = 1;
            }
        QCOMPARE(presence, expected);
    }

    void focus_lifts_a_node_with_its_edges()
    {
        const CircuitScene s = scene(after_, {}, 10);
        const EdgeId chosen = after_[0].edge;
        const DrawnNodeId node = target_of(s, chosen);
        const CircuitFocus focus(s, { {}, {}, node }, 1);
        for (const EdgeAppearance& edge : s.edges) {
            const bool touches = source_of(s, edge.edge) == node || target_of(s, edge.edge) == node;
            QCOMPARE(focus.lit(edge.edge), touches);
        }
        QVERIFY(focus.lit(source_of(s, chosen)));
        QVERIFY(focus.opacity(false) < focus.opacity(true));

        const CircuitFocus on_edge(s, { {}, {}, chosen }, 1);
        for (const EdgeAppearance& edge : s.edges)
            QCOMPARE(on_edge.lit(edge.edge), edge.edge == chosen);

        // An item outside the circuit dims nothing.
        const CircuitFocus outside(s, { {}, {}, EdgeId{ 4 } }, 1);
        for (const EdgeAppearance& edge : s.edges)
            QVERIFY(outside.lit(edge.edge));
    }

    void nothing_without_a_graph()
    {
        const CircuitScene s = scene_of(nullptr, nullptr, after_, {}, {});
        QVERIFY(s.edges.empty());
        QVERIFY(node_presence(s).empty());
    }
};

CIRCUITLOOM_UI_TEST(TestCircuitScene, Application::widgets)
#include "tst_circuit_scene.moc"
