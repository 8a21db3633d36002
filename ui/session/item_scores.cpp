#include "ui/session/item_scores.h"

#include "core/analysis/components.h"
#include "ui/session/run_history.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace circuitloom::ui {

std::vector<EdgeId> edges_named(const ComputationalGraph& graph, const std::string& item)
{
    if (const auto edge = graph.find_edge(item))
        return { *edge };
    const Components components(graph);
    const auto named = std::ranges::find(components.names(), item);
    std::vector<EdgeId> found;
    if (named == components.names().end())
        return found;
    const ComponentId node{ static_cast<std::int32_t>(named - components.names().begin()) };
    for (std::size_t i = 0; i < graph.edges().size(); ++i) {
        const Edge& edge = graph.edges()[i];
        if (components.of(edge.source) == node || components.of(edge.target) == node)
            found.push_back({ static_cast<std::int32_t>(i) });
    }
    return found;
}

void ItemScores::want(
    const QString& file, const RunHistory& run, const std::vector<std::string>& items)
{
    const RunId id = run.summary.id;
    Followed& followed = runs_[id];
    if (!followed.pieces) {
        followed.pieces = std::make_unique<CircuitPieces>(
            [this, id](const std::vector<Circuit>& circuits) { take(id, circuits); }, this);
        connect(followed.pieces.get(), &CircuitPieces::failed, this,
            [this, id](const QString& sentence) {
                runs_[id].broken = true;
                Q_EMIT failed(sentence);
            });
    }
    followed.steps = iteration_steps(run);
    const bool others = followed.graph != run.graph || followed.items != items;
    followed.graph = run.graph;
    followed.items = items;
    const bool anew = followed.pieces->follow(file, &run);
    if (others || anew)
        begin(followed);
    else if (!followed.broken)
        followed.pieces->want();
}

void ItemScores::begin(Followed& followed)
{
    std::vector<std::vector<EdgeId>> groups;
    for (const std::string& item : followed.items)
        groups.push_back(edges_named(*followed.graph, item));
    followed.courses = GroupCourses(std::move(groups));
    followed.curves.reset();
    followed.broken = false;
    followed.pieces->begin_again();
}

void ItemScores::take(RunId run, const std::vector<Circuit>& circuits)
{
    Followed& followed = runs_[run];
    for (const Circuit& circuit : circuits)
        followed.courses.add(circuit);
    auto curves = std::make_shared<ItemCurves>();
    const std::size_t count = std::min(
        followed.steps.size(), static_cast<std::size_t>(followed.courses.iterations()));
    for (std::size_t item = 0; item < followed.items.size(); ++item) {
        Curve& curve = (*curves)[followed.items[item]];
        for (std::size_t i = 0; i < count; ++i) {
            const GroupPresence& presence = followed.courses.course(item)[i];
            curve.push_back({ static_cast<double>(followed.steps[i]),
                presence.edges > 0 ? presence.score : std::numeric_limits<double>::quiet_NaN() });
        }
    }
    followed.curves = std::move(curves);
    Q_EMIT changed();
}

std::shared_ptr<const ItemCurves> ItemScores::known(
    const std::shared_ptr<const ComputationalGraph>& graph) const
{
    const auto found = std::ranges::find_if(
        runs_, [&](const auto& entry) { return graph && entry.second.graph == graph; });
    return found == runs_.end() ? nullptr : found->second.curves;
}

} // namespace circuitloom::ui
