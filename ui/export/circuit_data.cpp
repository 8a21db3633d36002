#include "ui/export/circuit_data.h"

#include "core/base/error.h"
#include "core/graph/edge_order.h"
#include "core/layout/attribution_graph.h"
#include "core/layout/compact_layout.h"
#include "core/layout/lattice_layout.h"
#include "ui/base/whole_file.h"
#include "ui/circuit/hue_colors.h"

#include <QFileInfo>

#include <algorithm>
#include <cmath>

namespace circuitloom::ui {

namespace {

constexpr double thinnest_line = 0.5; // points
constexpr double thickest_line = 5;

QString format_of(const QString& file)
{
    return QFileInfo(file).suffix().toLower();
}

std::vector<EdgeAppearance> strongest_first(const CircuitScene& scene)
{
    std::vector<EdgeAppearance> edges = scene.edges;
    std::ranges::sort(edges, [](const EdgeAppearance& a, const EdgeAppearance& b) {
        return ranks_before(std::abs(a.score), a.edge, std::abs(b.score), b.edge);
    });
    return edges;
}

bool has_left(const EdgeAppearance& edge)
{
    return edge.change == EdgeAppearance::Change::left;
}

Circuit circuit_of(const CircuitScene& scene)
{
    Circuit circuit;
    for (const EdgeAppearance& edge : strongest_first(scene)) {
        if (!has_left(edge))
            circuit.push_back({ edge.edge, static_cast<float>(edge.score) });
    }
    return circuit;
}

// The picture's layout, or, where that has rows and columns or layers in the place of nodes, a
// lattice of the same edges: in data a node is one node.
CircuitLayout layout_with_nodes(const CircuitScene& scene)
{
    if (scene.layout->form == LayoutForm::nodes)
        return *scene.layout;
    std::vector<EdgeId> edges;
    for (const EdgeAppearance& edge : scene.edges)
        edges.push_back(edge.edge);
    return compact_layout(*scene.graph, lattice_layout(*scene.graph), edges);
}

std::string dot_of(const CircuitScene& scene, const Theme& theme)
{
    std::vector<PicturedEdge> edges;
    for (const EdgeAppearance& edge : strongest_first(scene))
        edges.push_back({ edge.edge, static_cast<float>(edge.score),
            mix_color(edge.hue, theme).name().toStdString(),
            thinnest_line + (thickest_line - thinnest_line) * edge.strength, has_left(edge) });
    return picture_to_dot(*scene.graph, layout_with_nodes(scene), edges);
}

} // namespace

bool is_circuit_data(const QString& file)
{
    static const QStringList formats{ QStringLiteral("dot"), QStringLiteral("json"),
        QStringLiteral("graphml"), QStringLiteral("csv") };
    return formats.contains(format_of(file));
}

bool is_attribution_graph(const QString& file)
{
    return file.endsWith(QStringLiteral(".tracer.json"), Qt::CaseInsensitive);
}

void save_circuit_data(const QString& file, const CircuitScene& scene, const Theme& theme,
    const CircuitOrigin& origin, const std::vector<Supernode>& supernodes)
{
    const QString format = format_of(file);
    std::string text;
    if (format == QStringLiteral("dot"))
        text = dot_of(scene, theme);
    else if (is_attribution_graph(file))
        text = circuit_to_attribution_graph(
            *scene.graph, circuit_of(scene), lattice_layout(*scene.graph), origin, supernodes);
    else if (format == QStringLiteral("json"))
        text = circuit_to_json(*scene.graph, circuit_of(scene), origin);
    else if (format == QStringLiteral("graphml"))
        text = circuit_to_graphml(*scene.graph, circuit_of(scene), layout_with_nodes(scene), origin);
    else
        text = circuit_to_csv(*scene.graph, circuit_of(scene));
    write_whole_file(file, QByteArray::fromStdString(text));
}

} // namespace circuitloom::ui
