#include "core/analysis/group_courses.h"

#include <cmath>

namespace circuitloom {

GroupCourses::GroupCourses(std::vector<std::vector<EdgeId>> groups)
    : courses_(groups.size())
{
    for (std::size_t group = 0; group < groups.size(); ++group)
        for (const EdgeId edge : groups[group])
            groups_of_[edge].push_back(group);
}

void GroupCourses::add(const Circuit& circuit)
{
    for (auto& course : courses_)
        course.emplace_back();
    double whole = 0;
    int rank = 0;
    for (const ScoredEdge& scored : circuit) {
        const auto score = static_cast<double>(scored.score);
        whole += std::abs(score);
        ++rank;
        const auto found = groups_of_.find(scored.edge);
        if (found == groups_of_.end())
            continue;
        for (const std::size_t group : found->second) {
            GroupPresence& presence = courses_[group].back();
            presence.score += score;
            presence.strength += std::abs(score);
            if (presence.edges++ == 0)
                presence.rank = rank;
        }
    }
    for (auto& course : courses_)
        if (whole > 0)
            course.back().share = course.back().strength / whole;
    ++iterations_;
}

std::vector<GroupStay> GroupCourses::stays(std::size_t group) const
{
    std::vector<GroupStay> stays;
    const std::vector<GroupPresence>& course = courses_[group];
    for (int i = 0; i < iterations_; ++i) {
        if (course[static_cast<std::size_t>(i)].edges == 0)
            continue;
        if (!stays.empty() && stays.back().last == i - 1)
            stays.back().last = i;
        else
            stays.push_back({ i, i });
    }
    return stays;
}

} // namespace circuitloom
