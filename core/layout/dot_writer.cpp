#include "core/layout/circuit_writer.h"

#include "core/base/error.h"
#include "core/base/number_text.h"
#include "core/layout/drawn_names.h"
#include "core/layout/lattice_layout.h"

#include <cgraph.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <mutex>
#include <vector>

namespace circuitloom {

namespace {

constexpr double thinnest_edge = 0.4; // points
constexpr double thickest_edge = 5.0;
constexpr double points_per_inch = 72;

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

// Boxes of the same rank stand side by side.
std::string rank_of(const DrawnNode& node)
{
    switch (node.kind) {
    case DrawnNode::Kind::head:
    case DrawnNode::Kind::kv_head:
        return "a" + std::to_string(node.layer);
    case DrawnNode::Kind::mlp:
        return "m" + std::to_string(node.layer);
    case DrawnNode::Kind::input:
    case DrawnNode::Kind::logits:
    case DrawnNode::Kind::group:
        break;
    }
    return node.name;
}

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

    /// The node of this name, made where there is none yet.
    Agnode_t* box(const DrawnNode& wanted)
    {
        std::string name = wanted.name;
        Agnode_t* node = agnode(dot_.get(), name.data(), 1);
        std::string group = "rank_" + rank_of(wanted);
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
double pen_width(double score, double strongest)
{
    const double share = strongest > 0 ? std::sqrt(std::abs(score) / strongest) : 0;
    return thinnest_edge + (thickest_edge - thinnest_edge) * share;
}

std::string tooltip(const std::string& name, double score)
{
    return name + "  " + signed_significant(score, 6);
}

/// A node's box where `layout` has it, in points and inches, y upwards.
void place(DotWriter& dot, Agnode_t* box, const DrawnNode& node, const CircuitLayout& layout)
{
    dot.set(box, "pos", fixed(node.x, 2) + "," + fixed(layout.height - node.y, 2));
    dot.set(box, "width", fixed(node.width / points_per_inch, 4));
    dot.set(box, "height", fixed(node.height / points_per_inch, 4));
}

std::string to_dot(const ComputationalGraph& graph, const CircuitLayout& layout,
    std::span<const PicturedEdge> edges, bool placed)
{
    // cgraph keeps state of its own between graphs and may not be entered twice.
    static std::mutex cgraph;
    const std::lock_guard lock(cgraph);

    DotWriter dot;
    for (const PicturedEdge& pictured : edges) {
        const Edge& edge = graph.edge(pictured.edge);
        const DrawnNode& source = drawn_node(layout, edge.source);
        const DrawnNode& target = drawn_node(layout, edge.target);
        Agnode_t* const from = dot.box(source);
        Agnode_t* const to = dot.box(target);
        if (placed) {
            place(dot, from, source, layout);
            place(dot, to, target, layout);
        }
        const std::string name = graph.edge_name(pictured.edge);
        const auto score = static_cast<double>(pictured.score);
        Agedge_t* line = dot.line(from, to, name);
        dot.set(line, "color", pictured.color);
        dot.set(line, "penwidth", fixed(pictured.width, 2));
        dot.set(line, "style", pictured.left ? "dotted" : score < 0 ? "dashed" : "solid");
        dot.set(line, "tooltip", tooltip(name, score));
    }
    return dot.text();
}

} // namespace

std::string circuit_to_dot(const ComputationalGraph& graph, const Circuit& circuit)
{
    double strongest = 0;
    for (const ScoredEdge& scored : circuit)
        strongest = std::max(strongest, std::abs(static_cast<double>(scored.score)));
    std::vector<PicturedEdge> edges;
    for (const ScoredEdge& scored : circuit)
        edges.push_back(
            { scored.edge, scored.score, colour_of(graph.node(graph.edge(scored.edge).target).kind),
                pen_width(static_cast<double>(scored.score), strongest) });
    return to_dot(graph, lattice_layout(graph), edges, false);
}

std::string picture_to_dot(const ComputationalGraph& graph, const CircuitLayout& layout,
    std::span<const PicturedEdge> edges)
{
    return to_dot(graph, layout, edges, true);
}

} // namespace circuitloom
