#include "core/analysis/dynamics.h"
#include "core/analysis/edge_courses.h"
#include "core/analysis/movement.h"
#include "core/base/error.h"
#include "core/base/random.h"
#include "tests/support/store_samples.h"

#include <doctest/doctest.h>

#include <cmath>

using namespace circuitloom;
using samples::graph;
using doctest::Approx;

namespace {

Circuit of(std::initializer_list<std::pair<int, float>> edges)
{
    Circuit circuit;
    for (const auto& [number, score] : edges)
        circuit.push_back({ { number }, score });
    return circuit;
}

RunEnds ends_of(const std::vector<Circuit>& circuits, int window)
{
    RunEnds ends;
    ends.iterations = static_cast<int>(circuits.size());
    const int each = circuits_of_an_end(ends.iterations, window);
    ends.first.assign(circuits.begin(), circuits.begin() + each);
    ends.last.assign(circuits.end() - each, circuits.end());
    return ends;
}

std::vector<IterationDynamics> dynamics_of(const std::vector<Circuit>& circuits, int window)
{
    CircuitDynamics dynamics(graph(), ends_of(circuits, window), window, 3);
    std::vector<IterationDynamics> found;
    for (std::size_t i = 0; i < circuits.size(); ++i)
        found.push_back(dynamics.add(static_cast<int>(10 * i), circuits[i]));
    return found;
}

EdgeLife life_of(const EdgeLives& lives, int edge)
{
    for (const EdgeLife& life : lives.lives())
        if (life.edge.value == edge)
            return life;
    FAIL("the edge was never in");
    return {};
}

} // namespace

TEST_CASE("four circuits, every figure worked out by hand")
{
    const std::vector<Circuit> circuits{
        of({ { 1, 0.4f }, { 2, 0.3f }, { 3, -0.2f }, { 4, 0.1f } }),
        of({ { 1, 0.5f }, { 2, 0.2f }, { 3, -0.2f }, { 5, 0.1f } }),
        of({ { 5, 0.5f }, { 1, 0.3f }, { 6, 0.2f } }),
        of({ { 5, 0.5f }, { 6, 0.25f }, { 1, -0.25f } }),
    };
    const auto found = dynamics_of(circuits, 2);
    REQUIRE(found.size() == 4);
    CHECK_FALSE(found[0].change);
    CHECK(found[1].iteration == 1);
    CHECK(found[1].step == 10);
    CHECK(found[1].edges == 4);

    CHECK(found[1].change->edges_kept == 3);
    CHECK(found[1].change->edges_entered == 1);
    CHECK(found[1].change->edges_left == 1);
    CHECK(found[1].change->turnover == Approx(1.0 / 4));
    CHECK(found[1].change->edge_jaccard == Approx(3.0 / 5));
    CHECK(*found[1].change->rank_correlation == Approx(1)); // (.4, .3, −.2) and (.5, .2, −.2)
    // ½ (0.1 + 0.1 + 0 + 0.1 + 0.1)
    CHECK(found[1].change->distance == Approx(0.2));
    CHECK(found[2].change->edges_entered == 1);
    CHECK(found[2].change->edges_left == 2);
    CHECK(found[2].change->turnover == Approx(1.0 / 3));
    CHECK(found[2].change->edge_jaccard == Approx(2.0 / 5));
    CHECK(*found[2].change->rank_correlation == Approx(-1)); // 1: .5 → .3, 5: .1 → .5
    CHECK(found[2].change->edges_turned == 0);
    CHECK(found[3].change->edges_turned == 1);
    CHECK(found[3].change->turnover == 0);
    CHECK(found[3].change->edge_jaccard == 1);
    // ½ (0 + 0.05 + 0.55)
    CHECK(found[3].change->distance == Approx(0.3));
    // (.5, .3, .2) and (.5, −.25, .25) of 5, 1, 6; the sizes' ranks of 1 and 6 tie: √3/2.
    CHECK(*found[3].change->rank_correlation == Approx(0.5));
    CHECK(*found[3].change->strength_correlation == Approx(std::sqrt(3.0) / 2));

    CHECK(found[0].final_share == Approx(1.0 / 3)); // edge 1 of 1, 5, 6
    CHECK(found[1].final_share == Approx(2.0 / 3));
    CHECK(found[2].final_share == 1);
    CHECK(found[3].final_share == 1);

    CHECK(found[3].strength == Approx(1));
    CHECK(*found[3].entropy == Approx(-(0.5 * std::log(0.5) + 0.5 * std::log(0.25))));
    CHECK(*found[3].evenness == Approx(*found[3].entropy / std::log(3.0)));

    // Ages at iteration 2: 5 is in for the second time in a row, 1 for the third, 6 just came.
    CHECK(found[2].lives.mean_age == Approx((2 + 3 + 1) / 3.0));
    CHECK(found[0].lives.settled == 0);
    CHECK(found[1].lives.settled == 3);
    CHECK(found[1].lives.strengthened == 1); // edge 1
    CHECK(found[1].lives.weakened == 1); // edge 2; 3 stayed the same
    CHECK(found[2].lives.strengthened == 1); // edge 5
    CHECK(found[2].lives.weakened == 1); // edge 1
    CHECK(found[3].lives.strengthened == 1); // edge 6; edge 1 changed its sign
    CHECK(found[3].lives.weakened == 0);

    // Twice the distances:
    // 0–2: |.4 − .3| + .3 + .2 + .1 + .5 + .2 = 1.4; 0–3: .65 + .3 + .2 + .1 + .5 + .25 = 2
    // 1–2: |.5 − .3| + .2 + .2 + |.1 − .5| + .2 = 1.2; 1–3: .75 + .2 + .2 + .4 + .25 = 1.8
    const EndDistances ends = end_distances(ends_of(circuits, 2));
    CHECK(*ends.within_first == Approx(0.2));
    CHECK(*ends.within_last == Approx(0.3));
    CHECK(*ends.between == Approx((0.7 + 1.0 + 0.6 + 0.9) / 4));
    // Iteration 0: 0.2 to the other of the first two, (0.7 + 1) / 2 to the last two.
    CHECK(*found[0].position == Approx(0.2 / (0.2 + 0.85)));
    CHECK(*found[2].position == Approx(0.65 / (0.65 + 0.3)));
}

TEST_CASE("lives: stays, gaps, ages, worked out by hand")
{
    EdgeLives lives(3);
    for (const Circuit& circuit :
        { of({ { 7, 0.1f }, { 8, 0.9f } }), of({ { 7, 0.2f }, { 8, 0.8f } }),
            of({ { 7, 0.3f }, { 8, 0.7f } }), of({ { 7, 0.4f } }),
            of({ { 7, 0.35f }, { 8, -0.5f } }), of({ { 8, -0.6f }, { 9, 0.1f } }) })
        lives.add(circuit);
    const EdgeLife seven = life_of(lives, 7);
    CHECK(seven.first == 0);
    CHECK(seven.last == 4);
    CHECK(seven.life == 5);
    CHECK(seven.stays == 1);
    CHECK(seven.longest_stay == 5);
    CHECK(seven.age == 0); // it left
    CHECK(seven.strengthened == 2); // circuits 0–2 and 1–3
    CHECK(seven.weakened == 0);
    CHECK(seven.first_score == 0.1f);
    CHECK(seven.last_score == 0.35f);
    const EdgeLife eight = life_of(lives, 8);
    CHECK(eight.life == 5);
    CHECK(eight.stays == 2);
    CHECK(eight.longest_stay == 3);
    CHECK(eight.age == 2);
    CHECK(eight.weakened == 1);
    CHECK(eight.strengthened == 0); // the gap starts its window anew
    CHECK(life_of(lives, 9).age == 1);
    CHECK(lives.lives().size() == 3);
    CHECK(lives.lives().front().edge.value == 7); // life 5, as edge 8, and the lower number
    CHECK_THROWS_AS(EdgeLives(1), Error);
}

TEST_CASE("courses: mean scores in parts of the run, by hand")
{
    EdgeCourses courses(7, 3); // parts of iterations 0–2, 3–4 and 5–6
    CHECK(courses.part_starts() == std::vector<int>{ 0, 3, 5 });
    for (const Circuit& circuit : { of({ { 4, 0.75f }, { 5, -0.25f } }), of({ { 4, 0.75f } }),
             of({ { 5, -0.5f } }), of({ { 4, 0.25f }, { 5, -0.5f } }), of({ { 5, -0.5f } }),
             of({ { 4, -0.25f }, { 5, -2.0f } }), of({ { 4, -1.25f } }) })
        courses.add(circuit);
    const std::vector<EdgeCourse> found = courses.courses();
    REQUIRE(found.size() == 2);
    CHECK(found[0].edge.value == 5); // 1.0 in its last part
    CHECK(found[0].means == std::vector<double>{ -0.25, -0.5, -1.0 });
    CHECK(found[0].score == Course::falls);
    CHECK(found[0].strength == Course::rises);
    CHECK(found[1].means == std::vector<double>{ 0.5, 0.125, -0.75 });
    CHECK(found[1].score == Course::falls);
    CHECK(found[1].strength == Course::none); // it goes through zero
    CHECK_THROWS_AS(courses.add({}), Error);

    CHECK(course_of(std::vector<double>{ 1, 2, 3 }) == Course::rises);
    CHECK(course_of(std::vector<double>{ 1, 2, 2 }) == Course::none);
    CHECK(course_of(std::vector<double>{ 1, 2 }) == Course::none);
    CHECK(EdgeCourses(2, 6).part_starts() == std::vector<int>{ 0, 1 });
    CHECK_THROWS_AS(EdgeCourses(5, 0), Error);
}

TEST_CASE("by chance one settled edge in window! is strengthened, and as many weakened")
{
    Random random(11);
    EdgeLives lives(3);
    int settled = 0;
    int strengthened = 0;
    int weakened = 0;
    for (int i = 0; i < 400; ++i) {
        Circuit circuit;
        for (int edge = 0; edge < 50; ++edge)
            circuit.push_back({ { edge }, static_cast<float>(random.unit() + 0.5) });
        const EdgeLives::Newest newest = lives.add(circuit);
        settled += newest.settled;
        strengthened += newest.strengthened;
        weakened += newest.weakened;
    }
    CHECK(strengthened == Approx(strengthened_by_chance(settled, 3)).epsilon(0.05));
    CHECK(weakened == Approx(strengthened_by_chance(settled, 3)).epsilon(0.05));
    CHECK(strengthened_by_chance(240, 5) == Approx(2));
}

TEST_CASE("a circuit that stays has no turnover, no distance and the highest correlation")
{
    const Circuit same = samples::circuit(4, 20);
    const auto found = dynamics_of(std::vector<Circuit>(6, same), 2);
    for (const IterationDynamics& one : found) {
        CHECK(one.final_share == 1);
        CHECK_FALSE(one.position); // no way from here to there
        CHECK(one.lives.strengthened == 0);
        CHECK(one.lives.weakened == 0);
        if (!one.change)
            continue;
        CHECK(one.change->turnover == 0);
        CHECK(one.change->edge_jaccard == 1);
        CHECK(one.change->node_jaccard == 1);
        CHECK(one.change->distance == 0);
        CHECK(*one.change->rank_correlation == Approx(1));
    }
    CHECK(found.back().lives.mean_age == 6);
}

TEST_CASE("position: half where circuits only fluctuate, from low to high where they move")
{
    std::vector<Circuit> noise;
    for (int i = 0; i < 60; ++i)
        noise.push_back(samples::circuit(i, 60));
    double sum = 0;
    for (const IterationDynamics& one : dynamics_of(noise, 5))
        sum += *one.position;
    CHECK(sum / 60 == Approx(0.5).epsilon(0.05));

    std::vector<Circuit> move;
    for (int i = 0; i <= 20; ++i) {
        const float part = static_cast<float>(i) / 20;
        move.push_back(of({ { 1, 1.001f - part }, { 2, 0.001f + part }, { 3, 0.1f } }));
    }
    const auto found = dynamics_of(move, 2);
    for (std::size_t i = 1; i < found.size(); ++i)
        CHECK(*found[i].position >= *found[i - 1].position - 1e-9);
    CHECK(*found.front().position < 0.1);
    CHECK(*found.back().position > 0.9);
    CHECK(*found[10].position == Approx(0.5).epsilon(0.01));
}

TEST_CASE("empty circuits and circuits without strength have no figures, but no faults either")
{
    const auto found = dynamics_of(
        { of({}), of({}), of({ { 1, 0.0f }, { 2, 0.0f } }), of({ { 1, 0.5f } }), of({}) }, 2);
    CHECK(found[1].change->turnover == 0);
    CHECK(found[1].change->edge_jaccard == 1);
    CHECK_FALSE(found[1].entropy);
    CHECK(found[2].change->turnover == 1);
    CHECK_FALSE(found[2].entropy);
    CHECK_FALSE(found[2].evenness);
    CHECK(found[2].strength == 0);
    CHECK(*found[3].entropy == 0);
    CHECK_FALSE(found[3].evenness);
    CHECK(found[4].final_share == 1); // of nothing
    CHECK(dynamics_of({ of({ { 1, 0.5f } }) }, 5).front().edges == 1); // a run of one iteration
}

TEST_CASE("movement: half of the change and the largest change, by hand")
{
    // 1 → 0.9 → 0.4 → 0.3: half of 0.7 is behind at 0.65, half way from 10 to 20.
    const std::vector<CurvePoint> falls{ { 0, 1 }, { 10, 0.9 }, { 20, 0.4 }, { 30, 0.3 } };
    const Movement fell = *movement(falls);
    CHECK(fell.first == 1);
    CHECK(fell.farthest == 0.3);
    CHECK(fell.farthest_step == 30);
    CHECK(fell.last == 0.3);
    CHECK(fell.halfway_step == Approx(15));
    CHECK(fell.largest_from == 10);
    CHECK(fell.largest_to == 20);
    CHECK(fell.largest_change == Approx(-0.5));

    // It comes back: the farthest value counts, not the last.
    const std::vector<CurvePoint> returns{ { 0, 2 }, { 5, 4 }, { 10, 1 }, { 15, 2 } };
    const Movement back = *movement(returns);
    CHECK(back.farthest == 4);
    CHECK(back.farthest_step == 5);
    CHECK(back.last == 2);
    CHECK(back.halfway_step == Approx(2.5));
    CHECK(back.largest_change == -3);

    const double nan = std::nan("");
    const std::vector<CurvePoint> gaps{ { 0, nan }, { 5, 1 }, { 10, nan }, { 15, 3 } };
    CHECK(movement(gaps)->halfway_step == Approx(10));
    CHECK_FALSE(movement(std::vector<CurvePoint>{ { 0, 1 }, { 5, 1 }, { 9, 1 } }));
    CHECK_FALSE(movement(std::vector<CurvePoint>{ { 0, 1 } }));
    CHECK_FALSE(movement(std::vector<CurvePoint>{ { 0, nan }, { 1, nan }, { 2, 4 } }));
    CHECK_FALSE(movement({}));
    // Neighbouring doubles have no middle of their own.
    const std::vector<CurvePoint> hair{ { 0, 1 }, { 1, 1 }, { 2, std::nextafter(1.0, 2.0) } };
    const double halfway = movement(hair)->halfway_step;
    CHECK(halfway >= 0);
    CHECK(halfway <= 2);
}

TEST_CASE("movement does not depend on the curve's unit or direction")
{
    Random random(5);
    std::vector<CurvePoint> curve;
    std::vector<CurvePoint> scaled;
    for (int i = 0; i < 40; ++i) {
        curve.push_back({ 5.0 * i, random.unit() + 0.05 * i });
        scaled.push_back({ 5.0 * i, 7 - 3 * curve.back().value });
    }
    const Movement one = *movement(curve);
    const Movement other = *movement(scaled);
    CHECK(one.halfway_step == Approx(other.halfway_step));
    CHECK(one.largest_from == other.largest_from);
    CHECK(one.farthest_step == other.farthest_step);
}
