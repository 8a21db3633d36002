#include "core/layout/attribution_graph.h"

#include "core/layout/drawn_names.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cctype>
#include <map>
#include <utility>

namespace circuitloom {

namespace {

using Json = nlohmann::ordered_json;

/// A name of small letters, digits and dashes.
std::string slug_of(const CircuitOrigin& origin)
{
    std::string slug;
    for (const char letter : origin.name) {
        const auto byte = static_cast<unsigned char>(letter);
        const bool plain = byte < 0x80 && std::isalnum(byte);
        if (plain)
            slug += static_cast<char>(std::tolower(byte));
        else if (!slug.empty() && !slug.ends_with('-'))
            slug += '-';
    }
    return slug + (slug.empty() || slug.ends_with('-') ? "" : "-") + "run-"
        + std::to_string(origin.run) + "-iteration-" + std::to_string(origin.iteration);
}

/// As the schema's own examples call them, where it has one.
std::string feature_type(DrawnNode::Kind kind)
{
    switch (kind) {
    case DrawnNode::Kind::input:
        return "embedding";
    case DrawnNode::Kind::logits:
        return "logit";
    default:
        return std::string(name_of(kind));
    }
}

Json node_of(const DrawnNode& node, int layers)
{
    const std::string layer = node.kind == DrawnNode::Kind::input ? "E"
        : node.kind == DrawnNode::Kind::logits                    ? std::to_string(layers)
                                                                  : std::to_string(node.layer);
    return { { "node_id", node.name }, { "feature", nullptr }, { "layer", layer }, { "ctx_idx", 0 },
        { "feature_type", feature_type(node.kind) }, { "jsNodeId", node.name + "-0" },
        { "clerp", node.name } };
}

} // namespace

std::string circuit_to_attribution_graph(const ComputationalGraph& graph, const Circuit& circuit,
    const CircuitLayout& layout, const CircuitOrigin& origin,
    const std::vector<Supernode>& supernodes)
{
    std::map<std::string, const DrawnNode*> touched;
    std::map<std::pair<std::string, std::string>, double> links;
    for (const ScoredEdge& scored : circuit) {
        const Edge& edge = graph.edge(scored.edge);
        const DrawnNode& source = drawn_node(layout, edge.source);
        const DrawnNode& target = drawn_node(layout, edge.target);
        touched[source.name] = &source;
        touched[target.name] = &target;
        links[{ source.name, target.name }] += static_cast<double>(scored.score);
    }
    Json groups = Json::array();
    Json pinned = Json::array();
    for (const Supernode& supernode : supernodes) {
        Json group{ supernode.name };
        for (const std::string& member : supernode.members)
            if (touched.contains(member)) {
                group.push_back(member);
                if (std::find(pinned.begin(), pinned.end(), Json(member)) == pinned.end())
                    pinned.push_back(member);
            }
        if (group.size() > 1)
            groups.push_back(std::move(group));
    }
    Json nodes = Json::array();
    for (const auto& [name, node] : touched)
        nodes.push_back(node_of(*node, graph.shape().layers));
    Json weighted = Json::array();
    for (const auto& [ends, weight] : links)
        weighted.push_back(
            { { "source", ends.first }, { "target", ends.second }, { "weight", weight } });
    const std::string prompt = origin.model + ", " + origin.name;
    const Json whole{
        { "metadata",
            { { "slug", slug_of(origin) }, { "scan", origin.model },
                { "prompt_tokens", Json::array({ prompt }) }, { "prompt", prompt },
                { "info",
                    { { "description",
                          "The circuit of a task, not of one prompt: edges that circuit-tuning ("
                              + origin.method + ") chose after step " + std::to_string(origin.step)
                              + ", with their scores." },
                        { "generator", { { "name", "Circuitloom" } } } } } } },
        { "qParams",
            { { "pinnedIds", pinned }, { "supernodes", groups }, { "linkType", "both" } } },
        { "nodes", nodes }, { "links", weighted }
    };
    return whole.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

} // namespace circuitloom
