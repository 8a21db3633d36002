#include "core/layout/circuit_writer.h"

#include "core/base/error.h"

#include <cgraph.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <memory>
#include <mutex>
#include <set>

namespace circuitloom {

namespace {

constexpr double thinnest_edge = 0.4; // points
constexpr double thickest_edge = 5.0;

// Colours that the colour-blind can tell apart (Okabe and Ito).
constexpr const char* query_colour = "#0072B2";
constexpr const char* key_colour = "#D55E00";
constexpr const char* value_colour = "#009E73";
constexpr const char* other_colour = "#555555";

int append_text(void* text, const char* part)
{
    static_cast<std::string*>(text)->append(part);
    return 0;
}

int flush_nothing(void*)
{
    return 0;
}

struct CloseGraph
{
    void operator()(Agraph_t* graph) const { agclose(graph); }
};

/// What is drawn as one box: an attention head stands for its q, k and v inputs as well, unless
/// several heads share them.
struct Box
{
    std::string name;
    std::string rank; ///< boxes of the same rank stand side by side
};

class DotWriter
{
public:
    DotWriter()
    {
        io_.putstr = append_text;
        io_.flush = flush_nothing;
        disciplines_.id = &AgIdDisc;
        disciplines_.io = &io_;
        std::string name = "circuit";
        dot_.reset(agopen(name.data(), Agdirected, &disciplines_));
        if (!dot_)
            throw ResourceError("Graphviz could not make a graph.");
        declare(AGRAPH, "rankdir", "BT");
        declare(AGRAPH, "fontname", "Helvetica");
        declare(AGRAPH, "rank", "");
        declare(AGNODE, "shape", "box");
        declare(AGNODE, "style", "rounded");
        declare(AGNODE, "fontname", "Helvetica");
        declare(AGEDGE, "color", other_colour);
        declare(AGEDGE, "penwidth", "1");
        declare(AGEDGE, "style", "solid");
        declare(AGEDGE, "tooltip", "");
    }

    Agnode_t* box(Box wanted)
    {
        Agnode_t* node = agnode(dot_.get(), wanted.name.data(), 1);
        std::string group = "rank_" + wanted.rank;
        Agraph_t* side_by_side = agsubg(dot_.get(), group.data(), 1);
        set(side_by_side, "rank", "same");
        agsubnode(side_by_side, node, 1);
        return node;
    }

    Agedge_t* line(Agnode_t* from, Agnode_t* to, std::string key)
    {
        return agedge(dot_.get(), from, to, key.data(), 1);
    }

    void set(void* object, const char* attribute, std::string value)
    {
        std::string name = attribute;
        std::string fallback;
        agsafeset(object, name.data(), value.data(), fallback.data());
    }

    std::string text()
    {
        std::string written;
        if (agwrite(dot_.get(), &written) != 0)
            throw ResourceError("Graphviz could not write the graph.");
        return written;
    }

private:
    void declare(int kind, std::string attribute, std::string fallback)
    {
        agattr(dot_.get(), kind, attribute.data(), fallback.data());
    }

    Agiodisc_t io_{};
    Agdisc_t disciplines_{};
    std::unique_ptr<Agraph_t, CloseGraph> dot_;
};

Box box_of(const Node& node, const GraphShape& shape)
{
    const std::string layer = std::to_string(node.layer);
    const std::string index = std::to_string(node.index);
    switch (node.kind) {
    case NodeKind::input:
    case NodeKind::logits:
        return { node_name(node), node_name(node) };
    case NodeKind::mlp:
    case NodeKind::mlp_in:
    case NodeKind::mlp_group:
    case NodeKind::mlp_group_in:
        return { node_name(node), "m" + layer };
    case NodeKind::key:
    case NodeKind::value:
        if (shape.kv_heads < shape.heads)
            return { "a" + layer + ".kv" + index, "a" + layer };
        break;
    case NodeKind::head:
    case NodeKind::query:
        break;
    }
    return { "a" + layer + ".h" + index, "a" + layer };
}

const char* colour_of(NodeKind target)
{
    switch (target) {
    case NodeKind::query:
        return query_colour;
    case NodeKind::key:
        return key_colour;
    case NodeKind::value:
        return value_colour;
    default:
        return other_colour;
    }
}

// The root, so that the weaker edges are still seen.
std::string pen_width(double score, double strongest)
{
    const double share = strongest > 0 ? std::sqrt(std::abs(score) / strongest) : 0;
    char text[32];
    std::snprintf(
        text, sizeof text, "%.2f", thinnest_edge + (thickest_edge - thinnest_edge) * share);
    return text;
}

std::string tooltip(const std::string& name, double score)
{
    char text[32];
    std::snprintf(text, sizeof text, "%+.6g", score);
    return name + "  " + text;
}

} // namespace

std::string circuit_to_dot(const ComputationalGraph& graph, const Circuit& circuit)
{
    // cgraph keeps state of its own between graphs and may not be entered twice.
    static std::mutex cgraph;
    const std::lock_guard lock(cgraph);

    double strongest = 0;
    for (const ScoredEdge& scored : circuit)
        strongest = std::max(strongest, std::abs(static_cast<double>(scored.score)));

    DotWriter dot;
    for (const ScoredEdge& scored : circuit) {
        const Edge& edge = graph.edge(scored.edge);
        const Node& target = graph.node(edge.target);
        const std::string name = graph.edge_name(scored.edge);
        const double score = scored.score;

        Agedge_t* line = dot.line(dot.box(box_of(graph.node(edge.source), graph.shape())),
            dot.box(box_of(target, graph.shape())), name);
        dot.set(line, "color", colour_of(target.kind));
        dot.set(line, "penwidth", pen_width(score, strongest));
        dot.set(line, "style", score < 0 ? "dashed" : "solid");
        dot.set(line, "tooltip", tooltip(name, score));
    }
    return dot.text();
}

} // namespace circuitloom
