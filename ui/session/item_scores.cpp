#include "ui/session/item_scores.h"

#include "core/analysis/components.h"
#include "ui/session/run_history.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <utility>

namespace circuitloom::ui {

std::vector<std::vector<EdgeId>> edges_named(
    const ComputationalGraph& graph, std::span<const std::string> items)
{
    std::optional<Components> components; // no edge's name needs them
    std::vector<std::vector<EdgeId>> groups;
    for (const std::string& item : items) {
        std::vector<EdgeId>& found = groups.emplace_back();
        if (const auto edge = graph.find_edge(item)) {
            found.push_back(*edge);
            continue;
        }
        if (!components)
            components.emplace(graph);
        const auto named = std::ranges::find(components->names(), item);
        if (named == components->names().end())
            continue;
        const ComponentId node{ static_cast<std::int32_t>(named - components->names().begin()) };
        for (std::size_t i = 0; i < graph.edges().size(); ++i) {
            const Edge& edge = graph.edges()[i];
            if (components->of(edge.source) == node || components->of(edge.target) == node)
                found.push_back({ static_cast<std::int32_t>(i) });
        }
    }
    return groups;
}

ItemScores::Followed& ItemScores::followed(RunId run)
{
    Followed& followed = runs_[run];
    if (!followed.pieces) {
        followed.pieces = std::make_unique<CircuitPieces>(
            [this, run](const std::vector<Circuit>& circuits) { take(run, circuits); }, this);
        connect(followed.pieces.get(), &CircuitPieces::failed, this,
            [this, run](const QString& sentence) {
                runs_.at(run).broken = true;
                Q_EMIT failed(sentence);
            });
    }
    return followed;
}

void ItemScores::want(
    const QString& file, const RunHistory& run, const std::vector<std::string>& items)
{
    if (items.empty())
        return forget(run.summary.id);
    Followed& followed = this->followed(run.summary.id);
    const std::shared_ptr<const ItemCurves> before = followed.curves;
    const bool others = followed.wanted != items;
    followed.graph = run.graph;
    followed.wanted = items;
    const bool anew = followed.pieces->follow(file, &run);
    if (anew) {
        followed.steps.clear();
        followed.curves.reset();
    }
    for (std::size_t i = followed.steps.size(); i < run.iterations.size(); ++i)
        followed.steps.push_back(run.iterations[i].step);
    const bool unread = std::ranges::any_of(items, [&](const std::string& item) {
        return std::ranges::find(followed.read, item) == followed.read.end();
    });
    if (anew || unread)
        begin(followed);
    if (others)
        choose(followed);
    if (unread && !anew)
        followed.pieces->begin_again();
    else if (!followed.broken)
        followed.pieces->want();
    if (followed.curves != before)
        Q_EMIT changed();
}

void ItemScores::forget(RunId run)
{
    const auto found = runs_.find(run);
    if (found == runs_.end())
        return;
    const bool known = found->second.curves != nullptr;
    runs_.erase(found);
    if (known)
        Q_EMIT changed();
}

/// The run's circuits come from the first one on.
void ItemScores::begin(Followed& followed)
{
    followed.read = followed.wanted;
    followed.courses = GroupCourses(edges_named(*followed.graph, followed.read));
    followed.broken = false;
}

/// Curves of what is wanted by now take the place of the others, which whoever has them may keep.
void ItemScores::choose(Followed& followed)
{
    const std::shared_ptr<const ItemCurves> before = std::exchange(followed.curves, nullptr);
    auto kept = std::make_shared<ItemCurves>();
    for (const std::string& item : followed.wanted)
        if (before && before->contains(item))
            kept->insert(*before->find(item));
    if (!kept->empty())
        followed.curves = std::move(kept);
    extend(followed);
}

/// Adds what the courses know beyond the curves.
void ItemScores::extend(Followed& followed)
{
    const std::size_t count = std::min(
        followed.steps.size(), static_cast<std::size_t>(followed.courses.iterations()));
    if (count == 0)
        return;
    if (!followed.curves)
        followed.curves = std::make_shared<ItemCurves>();
    for (std::size_t item = 0; item < followed.read.size(); ++item) {
        if (std::ranges::find(followed.wanted, followed.read[item]) == followed.wanted.end())
            continue;
        Curve& curve = (*followed.curves)[followed.read[item]];
        for (std::size_t i = curve.size(); i < count; ++i) {
            const GroupPresence& presence = followed.courses.course(item)[i];
            curve.push_back({ static_cast<double>(followed.steps[i]),
                presence.edges > 0 ? presence.score : std::numeric_limits<double>::quiet_NaN() });
        }
    }
}

void ItemScores::take(RunId run, const std::vector<Circuit>& circuits)
{
    Followed& followed = runs_.at(run);
    for (const Circuit& circuit : circuits)
        followed.courses.add(circuit);
    const bool first = !followed.curves;
    extend(followed);
    if (first)
        Q_EMIT changed();
    else
        Q_EMIT grown();
}

std::shared_ptr<const ItemCurves> ItemScores::known(
    const std::shared_ptr<const ComputationalGraph>& graph) const
{
    const auto found = std::ranges::find_if(
        runs_, [&](const auto& entry) { return graph && entry.second.graph == graph; });
    return found == runs_.end() ? nullptr : found->second.curves;
}

} // namespace circuitloom::ui
