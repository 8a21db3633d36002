// The one source that runs Graphviz's layout.
#include "core/layout/dot_layout.h"

#include "core/base/error.h"

#include <gvc.h>

#include <algorithm>
#include <cstdio>
#include <memory>
#include <string>

namespace circuitloom {

namespace {

constexpr double points_per_inch = 72; // a layout unit is a point
constexpr double space_between = 12; // boxes of one row, at least
constexpr const char* line_space = "0.02"; // inches, the least: between lines that pass a row

// Graphviz repeats its passes until nothing gets better; from some size on it stops earlier. The
// result differs little, the time by far.
struct Effort
{
    const char* simplex; // passes of the network simplex, as a share of the nodes
    const char* crossings; // rounds of ordering, as a share of the usual
};

Effort effort_for(std::size_t lines)
{
    return lines <= 600 ? Effort{ "20", "1" } : Effort{ "0.3", "0.2" };
}

// Lines come strongest first; strong ones are kept short and straight before weak ones.
const char* weight_of(std::size_t line, std::size_t lines)
{
    if (10 * line < lines)
        return "6";
    return 3 * line < lines ? "2" : "1";
}

struct FreeContext
{
    void operator()(GVC_t* context) const { gvFreeContext(context); }
};

struct CloseGraph
{
    GVC_t* context;
    void operator()(Agraph_t* graph) const
    {
        gvFreeLayout(context, graph);
        agclose(graph);
    }
};

void require_sound(const DotRequest& request)
{
    const auto count = static_cast<int>(request.boxes.size());
    std::vector<bool> used(request.boxes.size(), false);
    for (const DotRequest::Box& box : request.boxes) {
        if (box.row < 0 || box.row >= count || !(box.width > 0 && box.width < 1e4))
            throw InputError("A box of the layout has a row or width out of range.");
        used[static_cast<std::size_t>(box.row)] = true;
    }
    if (!std::is_partitioned(used.begin(), used.end(), [](bool row) { return row; }))
        throw InputError("A row of the layout has no boxes.");
    for (const DotRequest::Line& line : request.lines) {
        if (line.from < 0 || line.from >= count || line.to < 0 || line.to >= count)
            throw InputError("A line of the layout ends at no box.");
        if (request.boxes[static_cast<std::size_t>(line.from)].row
            >= request.boxes[static_cast<std::size_t>(line.to)].row)
            throw InputError("A line of the layout does not rise.");
    }
}

/// A graph in Graphviz's hands. Its functions take their texts as pointers to non-const.
class DotGraph
{
public:
    explicit DotGraph(const DotRequest& request)
        : context_(gvContext())
    {
        if (!context_)
            throw ResourceError("Graphviz could not be started.");
        std::string name = "layout";
        graph_ = { agopen(name.data(), Agstrictdirected, nullptr), CloseGraph{ context_.get() } };
        if (!graph_)
            throw ResourceError("Graphviz could not make a graph.");
        const Effort effort = effort_for(request.lines.size());
        declare(AGRAPH, "rankdir", "BT");
        declare(AGRAPH, "splines", "none"); // the curves are our own
        declare(AGRAPH, "nodesep", line_space);
        declare(AGRAPH, "nslimit", effort.simplex);
        declare(AGRAPH, "nslimit1", effort.simplex);
        declare(AGRAPH, "mclimit", effort.crossings);
        declare(AGRAPH, "rank", "");
        declare(AGNODE, "shape", "box");
        declare(AGNODE, "label", "");
        declare(AGNODE, "fixedsize", "true");
        declare(AGNODE, "height", inches(20));
        declare(AGNODE, "width", inches(1));
        declare(AGEDGE, "weight", "1");
        add_rows(request);
        for (std::size_t i = 0; i < request.lines.size(); ++i) {
            const DotRequest::Line& line = request.lines[i];
            Agedge_t* edge = agedge(graph_.get(), boxes_[static_cast<std::size_t>(line.from)],
                boxes_[static_cast<std::size_t>(line.to)], nullptr, 1);
            set(edge, "weight", weight_of(i, request.lines.size()));
        }
    }

    DotPlaces places()
    {
        if (gvLayout(context_.get(), graph_.get(), "dot") != 0)
            throw ResourceError(
                "Graphviz could not lay the circuit out; is its plugin for dot installed?");
        DotPlaces places;
        for (Agnode_t* box : boxes_)
            places.push_back(ND_coord(box).x);
        return places;
    }

private:
    static std::string inches(double units) { return std::to_string(units / points_per_inch); }

    void declare(int kind, std::string attribute, std::string fallback)
    {
        agattr(graph_.get(), kind, attribute.data(), fallback.data());
    }

    void set(void* object, std::string attribute, std::string value)
    {
        agset(object, attribute.data(), value.data());
    }

    // Boxes of one row stand side by side, and a chain of points through all rows keeps their
    // order.
    void add_rows(const DotRequest& request)
    {
        int rows = 0;
        for (const DotRequest::Box& box : request.boxes)
            rows = std::max(rows, box.row + 1);
        std::vector<Agraph_t*> side_by_side;
        Agnode_t* below = nullptr;
        for (int row = 0; row < rows; ++row) {
            std::string name = "row" + std::to_string(row);
            side_by_side.push_back(agsubg(graph_.get(), name.data(), 1));
            set(side_by_side.back(), "rank", "same");
            Agnode_t* point = agnode(graph_.get(), name.data(), 1);
            set(point, "width", inches(1));
            agsubnode(side_by_side.back(), point, 1);
            if (below)
                set(agedge(graph_.get(), below, point, nullptr, 1), "weight", "0");
            below = point;
        }
        for (const DotRequest::Box& box : request.boxes) {
            std::string name = "box" + std::to_string(boxes_.size());
            boxes_.push_back(agnode(graph_.get(), name.data(), 1));
            set(boxes_.back(), "width", inches(box.width + space_between));
            agsubnode(side_by_side[static_cast<std::size_t>(box.row)], boxes_.back(), 1);
        }
    }

    std::unique_ptr<GVC_t, FreeContext> context_;
    std::unique_ptr<Agraph_t, CloseGraph> graph_{ nullptr, CloseGraph{ nullptr } };
    std::vector<Agnode_t*> boxes_;
};

} // namespace

DotPlaces dot_places(const DotRequest& request)
{
    require_sound(request);
    DotPlaces places = DotGraph(request).places();
    double left = 0;
    for (std::size_t i = 0; i < places.size(); ++i) {
        const double edge = places[i] - request.boxes[i].width / 2;
        left = i == 0 ? edge : std::min(left, edge);
    }
    for (double& place : places)
        place -= left;
    return places;
}

} // namespace circuitloom
