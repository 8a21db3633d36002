#include "app/cli/commands/circuit_diff_report.h"
#include "app/cli/commands/dynamics_report.h"
#include "app/cli/commands/report_text.h"

namespace circuitloom {

namespace {

using Json = nlohmann::ordered_json;

Json iteration_json(const IterationDynamics& one)
{
    Json json{ { "iteration", one.iteration }, { "step", one.step }, { "edges", one.edges },
        { "nodes", one.nodes }, { "final_share", one.final_share }, { "strength", one.strength },
        { "entropy", number(one.entropy) }, { "evenness", number(one.evenness) },
        { "position", number(one.position) }, { "mean_age", one.lives.mean_age },
        { "settled", one.lives.settled }, { "strengthened", one.lives.strengthened },
        { "weakened", one.lives.weakened }, { "change", nullptr } };
    if (const auto& change = one.change)
        json["change"] = { { "edges_kept", change->edges_kept },
            { "edges_entered", change->edges_entered }, { "edges_left", change->edges_left },
            { "edges_turned", change->edges_turned }, { "nodes_kept", change->nodes_kept },
            { "nodes_entered", change->nodes_entered }, { "nodes_left", change->nodes_left },
            { "turnover", change->turnover }, { "edge_jaccard", change->edge_jaccard },
            { "node_jaccard", change->node_jaccard },
            { "rank_correlation", number(change->rank_correlation) },
            { "strength_correlation", number(change->strength_correlation) },
            { "distance", change->distance } };
    return json;
}

Json life_json(const ComputationalGraph& graph, const EdgeLife& life)
{
    const Edge& edge = graph.edge(life.edge);
    return { { "source", node_name(graph.node(edge.source)) },
        { "target", node_name(graph.node(edge.target)) }, { "first_iteration", life.first },
        { "last_iteration", life.last }, { "life", life.life }, { "stays", life.stays },
        { "longest_stay", life.longest_stay }, { "age", life.age },
        { "strengthened", life.strengthened }, { "weakened", life.weakened },
        { "first_score", life.first_score }, { "last_score", life.last_score } };
}

const char* course_name(Course course)
{
    return course == Course::rises ? "rises" : course == Course::falls ? "falls" : "";
}

Json course_json(const ComputationalGraph& graph, const EdgeCourse& course)
{
    const Edge& edge = graph.edge(course.edge);
    return { { "source", node_name(graph.node(edge.source)) },
        { "target", node_name(graph.node(edge.target)) }, { "mean_scores", course.means },
        { "score", course_name(course.score) }, { "strength", course_name(course.strength) } };
}

const char* trend_name(EdgeTrend::Kind kind)
{
    return kind == EdgeTrend::Kind::strengthened ? "strengthened"
        : kind == EdgeTrend::Kind::weakened      ? "weakened"
                                                 : "";
}

Json trend_json(const ComputationalGraph& graph, const EdgeTrend& trend)
{
    const Edge& edge = graph.edge(trend.edge);
    return { { "source", node_name(graph.node(edge.source)) },
        { "target", node_name(graph.node(edge.target)) }, { "r", trend.r },
        { "slope", trend.slope }, { "trend", trend_name(trend.kind) } };
}

Json chance_json(const TrendCounts& counts)
{
    return { { "courses_strengthened", counts.courses_strengthened },
        { "courses_weakened", counts.courses_weakened },
        { "trends_strengthened", counts.trends_strengthened },
        { "trends_weakened", counts.trends_weakened } };
}

// Sums of |s|, a row for each source: the input, then the layers. Columns: the layers, then the
// logits.
Json flow_json(const LayerFlow& flow)
{
    Json rows = Json::array();
    for (int source = 0; source <= flow.layers(); ++source) {
        Json row = Json::array();
        for (int target = 0; target <= flow.layers(); ++target)
            row.push_back(flow.at(source, target));
        rows.push_back(std::move(row));
    }
    return rows;
}

Json movement_json(const std::optional<Movement>& moved)
{
    if (!moved)
        return nullptr;
    return { { "first", moved->first }, { "farthest", moved->farthest },
        { "farthest_step", moved->farthest_step }, { "last", moved->last },
        { "halfway_step", moved->halfway_step }, { "largest_change", moved->largest_change },
        { "largest_from_step", moved->largest_from }, { "largest_to_step", moved->largest_to } };
}

Json capability_json(const CapabilityMovement& one)
{
    return { { "suite", one.suite }, { "measure", one.measure }, { "items", one.items },
        { "movement", movement_json(one.movement) }, { "lag", number(one.lag) },
        { "noise", number(one.noise) } };
}

Json diff_or_null(const ComputationalGraph& graph, const std::optional<CircuitDiff>& diff)
{
    return diff ? circuit_diff_json(graph, *diff) : Json(nullptr);
}

Json drift_json(const std::optional<RunDrift>& drift)
{
    if (!drift)
        return nullptr;
    const auto figures = [](const ParameterDrift& one) {
        return Json{ { "relative", number(one.relative()) }, { "absolute", one.absolute() } };
    };
    Json nodes = Json::array();
    for (const NodeDrift& node : drift->nodes) {
        Json one{ { "node", node.node } };
        one.update(figures(node.drift));
        nodes.push_back(std::move(one));
    }
    return { { "checkpoint", drift->checkpoint.id }, { "step", drift->checkpoint.step },
        { "whole", figures(drift->whole) }, { "nodes", std::move(nodes) } };
}

} // namespace

std::string dynamics_report_json(const RunDynamics& run, const std::optional<RunDrift>& drift)
{
    const ComputationalGraph graph(run.run.description.shape, run.run.description.graph);
    Json json{ { "run", run.run.id.value }, { "name", run.run.description.name },
        { "method", run.run.description.method }, { "graph_edges", graph.edges().size() },
        { "window", run.window }, { "first_to_last", circuit_diff_json(graph, run.first_to_last) },
        { "reference_to_first", diff_or_null(graph, run.reference_to_first) },
        { "reference_to_last", diff_or_null(graph, run.reference_to_last) },
        { "ends",
            { { "between", number(run.ends.between) },
                { "within_first", number(run.ends.within_first) },
                { "within_last", number(run.ends.within_last) } } } };
    Json& iterations = json["iterations"] = Json::array();
    for (const IterationDynamics& one : run.iterations)
        iterations.push_back(iteration_json(one));
    Json& edges = json["edges"] = Json::array();
    for (const EdgeLife& life : run.lives)
        edges.push_back(life_json(graph, life));
    json["part_starts"] = run.part_starts;
    Json& courses = json["courses"] = Json::array();
    for (const EdgeCourse& course : run.courses)
        courses.push_back(course_json(graph, course));
    Json& trends = json["trends"] = Json::array();
    for (const EdgeTrend& trend : run.trends)
        trends.push_back(trend_json(graph, trend));
    json["by_chance"] = chance_json(run.by_chance);
    json["flow"] = { { "start", flow_json(run.first_flow) }, { "all", flow_json(run.flow) },
        { "end", flow_json(run.last_flow) } };
    Json& positions = json["positions"] = Json::array();
    for (const CurvePoint& point : run.positions)
        positions.push_back({ { "step", point.step }, { "position", point.value } });
    json["circuit_movement"] = movement_json(run.circuit);
    Json& capabilities = json["capabilities"] = Json::array();
    for (const CapabilityMovement& one : run.capabilities)
        capabilities.push_back(capability_json(one));
    json["drift"] = drift_json(drift);
    return written(json);
}

} // namespace circuitloom
