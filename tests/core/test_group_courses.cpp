#include "core/analysis/group_courses.h"

#include <doctest/doctest.h>

using namespace circuitloom;

namespace {

Circuit circuit(std::initializer_list<std::pair<int, float>> edges)
{
    Circuit made;
    for (const auto& [edge, score] : edges)
        made.push_back({ EdgeId{ edge }, score });
    return made;
}

} // namespace

TEST_CASE("groups of edges are followed through circuits")
{
    GroupCourses courses({ { EdgeId{ 1 } }, { EdgeId{ 1 }, EdgeId{ 2 } }, {} });
    courses.add(circuit({ { 7, 4 }, { 2, -3 }, { 1, 1 } }));
    courses.add(circuit({ { 7, 2 } }));
    courses.add({});
    courses.add(circuit({ { 1, -0.5F }, { 2, 0.5F } }));
    courses.add(circuit({ { 2, 0.25F } }));
    REQUIRE(courses.groups() == 3);
    CHECK(courses.iterations() == 5);

    const auto& one = courses.course(0);
    CHECK(one[0] == GroupPresence{ 1, 1, 1.0 / 8, 1, 3 });
    CHECK(one[1] == GroupPresence{});
    CHECK(one[2] == GroupPresence{});
    CHECK(one[3] == GroupPresence{ -0.5, 0.5, 0.5, 1, 1 });
    CHECK(one[4] == GroupPresence{});
    const auto& two = courses.course(1);
    CHECK(two[0] == GroupPresence{ -2, 4, 0.5, 2, 2 }); // what has both signs adds up
    CHECK(two[3] == GroupPresence{ 0, 1, 1, 2, 1 });
    CHECK(two[4] == GroupPresence{ 0.25, 0.25, 1, 1, 1 });
    CHECK(courses.stays(0) == std::vector<GroupStay>{ { 0, 0 }, { 3, 3 } });
    CHECK(courses.stays(1) == std::vector<GroupStay>{ { 0, 0 }, { 3, 4 } });
    CHECK(courses.stays(2).empty());
}
