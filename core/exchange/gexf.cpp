#include "core/exchange/gexf.h"

#include "core/base/date_text.h"
#include "core/base/number_text.h"
#include "core/base/xml_text.h"
#include "core/layout/drawn_names.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <string_view>
#include <vector>

namespace circuitloom {

namespace {

/// Iterations in a row, both ends included.
struct Stay
{
    int first = 0;
    int last = 0;
};

/// When something is in the circuits, from iterations that come in order.
class Stays
{
public:
    void add(int iteration)
    {
        if (all_.empty() || iteration > all_.back().last + 1)
            all_.push_back({ iteration, iteration });
        else
            all_.back().last = iteration;
    }
    const std::vector<Stay>& all() const { return all_; }

private:
    std::vector<Stay> all_;
};

struct ScoreAt
{
    int iteration = 0;
    float score = 0;
};

struct EdgeInTime
{
    Stays stays;
    std::vector<ScoreAt> scores;
};

/// The first and the last step of iterations.
class Steps
{
public:
    Steps(const std::vector<IterationRecord>& iterations, int steps_done)
    {
        for (const IterationRecord& iteration : iterations)
            starts_.push_back(iteration.step);
        last_ = std::max(steps_done, starts_.empty() ? 0 : starts_.back());
    }

    std::string span(int first, int last) const
    {
        const auto next = static_cast<std::size_t>(last) + 1;
        const int begin = starts_[static_cast<std::size_t>(first)];
        const int end = next < starts_.size() ? starts_[next] - 1 : last_;
        return " start=\"" + std::to_string(begin) + "\" end=\"" + std::to_string(std::max(begin, end))
            + "\"";
    }
    std::string spells(const Stays& stays) const
    {
        std::string text = "<spells>";
        for (const Stay& stay : stays.all())
            text += "<spell" + span(stay.first, stay.last) + "/>";
        return text + "</spells>";
    }

private:
    std::vector<int> starts_;
    int last_ = 0;
};

std::string value(std::string_view attribute, std::string_view text, const std::string& when = {})
{
    return "<attvalue for=\"" + std::string(attribute) + "\" value=\"" + xml_text(text) + "\"" + when
        + "/>";
}

std::string head(const RunSummary& run)
{
    const RunDescription& is = run.description;
    const std::string what
        = is.name + ", run " + std::to_string(run.id.value) + " (" + is.method + ") of " + is.model;
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
           "<gexf xmlns=\"http://gexf.net/1.3\" xmlns:viz=\"http://gexf.net/1.3/viz\""
           " version=\"1.3\">\n<meta lastmodifieddate=\""
        + date_and_time(run.created).substr(0, 10) + "\"><creator>Circuitloom</creator><description>"
        + xml_text(what)
        + "</description></meta>\n"
          "<graph mode=\"dynamic\" defaultedgetype=\"directed\" timeformat=\"integer\""
          " timerepresentation=\"interval\">\n"
          "<attributes class=\"node\" mode=\"static\"><attribute id=\"kind\" title=\"kind\""
          " type=\"string\"/><attribute id=\"layer\" title=\"layer\" type=\"integer\"/></attributes>\n"
          "<attributes class=\"edge\" mode=\"static\"><attribute id=\"edge_kind\" title=\"kind\""
          " type=\"string\"/></attributes>\n"
          "<attributes class=\"edge\" mode=\"dynamic\"><attribute id=\"score\" title=\"score\""
          " type=\"float\"/><attribute id=\"weight\" title=\"weight\" type=\"float\"/></attributes>\n";
}

std::string node_element(
    const DrawnNode& node, const CircuitLayout& layout, const Stays& stays, const Steps& steps)
{
    return "<node id=\"" + xml_text(node.name) + "\" label=\"" + xml_text(node.name)
        + "\"><attvalues>" + value("kind", name_of(node.kind))
        + value("layer", std::to_string(node.layer)) + "</attvalues>" + steps.spells(stays)
        + "<viz:position x=\"" + shortest(node.x) + "\" y=\"" + shortest(layout.height - node.y)
        + "\" z=\"0\"/></node>\n";
}

} // namespace

std::string run_to_gexf(
    const ExperimentReader& reader, const RunSummary& run, const CircuitLayout& layout)
{
    const ComputationalGraph graph(run.description.shape, run.description.graph);
    const std::vector<IterationRecord> iterations = reader.iterations(run.id);
    const Steps steps(iterations, run.steps_done);
    std::map<EdgeId, EdgeInTime> edges;
    std::map<std::string_view, std::pair<const DrawnNode*, Stays>> nodes;
    for (int i = 0; i < static_cast<int>(iterations.size()); ++i) {
        for (const ScoredEdge& scored : reader.circuit(run.id, { i })) {
            EdgeInTime& in_time = edges[scored.edge];
            in_time.stays.add(i);
            in_time.scores.push_back({ i, scored.score });
            const Edge& edge = graph.edge(scored.edge);
            for (const NodeId end : { edge.source, edge.target }) {
                const DrawnNode& drawn = drawn_node(layout, end);
                auto& [node, stays] = nodes[drawn.name];
                node = &drawn;
                stays.add(i);
            }
        }
    }
    std::string text = head(run) + "<nodes>\n";
    for (const auto& [name, node] : nodes)
        text += node_element(*node.first, layout, node.second, steps);
    text += "</nodes>\n<edges>\n";
    for (const auto& [id, in_time] : edges) {
        const Edge& edge = graph.edge(id);
        const std::string_view kind = edge_kind_name(graph.node(edge.target).kind);
        text += "<edge id=\"e" + std::to_string(id.value) + "\" source=\""
            + xml_text(drawn_node(layout, edge.source).name) + "\" target=\""
            + xml_text(drawn_node(layout, edge.target).name) + "\" kind=\"" + std::string(kind)
            + "\" label=\"" + xml_text(graph.edge_name(id)) + "\"><attvalues>"
            + value("edge_kind", kind);
        for (const ScoreAt& at : in_time.scores) {
            const std::string when = steps.span(at.iteration, at.iteration);
            text += value("score", shortest(at.score), when)
                + value("weight", shortest(std::abs(at.score)), when);
        }
        text += "</attvalues>" + steps.spells(in_time.stays) + "</edge>\n";
    }
    return text + "</edges>\n</graph>\n</gexf>\n";
}

} // namespace circuitloom
