#include "ui/transfer/part_names.h"

#include <QRegularExpression>
#include <QStringList>

#include <algorithm>
#include <set>

namespace circuitloom::ui {

namespace {

using Kind = ParameterPart::Kind;

/// What a person may call the part together with others; empty where that is only itself.
std::string name_of_several(const ParameterPart& part)
{
    switch (part.kind) {
    case Kind::query:
    case Kind::key:
    case Kind::value:
    case Kind::output:
        return node_name({ NodeKind::head, part.layer, part.index });
    case Kind::mlp:
        return node_name({ NodeKind::mlp, part.layer, -1 });
    case Kind::shared:
    case Kind::embedding:
    case Kind::unembedding:
        break;
    }
    return {};
}

} // namespace

std::vector<ParameterPart> parts_of(const ComputationalGraph& graph, const GraphChoice& choice)
{
    std::set<ParameterPart> parts;
    for (const NodeId id : choice.nodes) {
        const Node& node = graph.node(id);
        if (node.kind == NodeKind::head) {
            const auto of_head = named_parts(graph, std::vector<std::string>{ node_name(node) });
            parts.insert(of_head.begin(), of_head.end());
        } else {
            parts.insert(part_of(node));
        }
    }
    for (const EdgeId edge : choice.edges)
        for (const NodeId end : { graph.edge(edge).source, graph.edge(edge).target })
            parts.insert(part_of(graph.node(end)));
    return { parts.begin(), parts.end() };
}

QString part_list(const ComputationalGraph& graph, const std::vector<ParameterPart>& parts)
{
    const std::set<ParameterPart> chosen(parts.begin(), parts.end());
    if (chosen.size() == parameter_parts(graph).size())
        return QStringLiteral("all");
    std::set<ParameterPart> named;
    QStringList names;
    for (const ParameterPart& part : parameter_parts(graph)) {
        if (!chosen.contains(part) || named.contains(part))
            continue;
        std::vector<ParameterPart> together{ part };
        std::string name = parameter_part_name(part);
        if (const std::string several = name_of_several(part); !several.empty()) {
            const auto all = named_parts(graph, std::vector<std::string>{ several });
            const auto is_chosen = [&](const auto& one) { return chosen.contains(one); };
            const bool has_part = std::ranges::find(all, part) != all.end();
            if (has_part && std::ranges::all_of(all, is_chosen)) {
                together = all;
                name = several;
            }
        }
        named.insert(together.begin(), together.end());
        names << QString::fromStdString(name);
    }
    return names.join(QStringLiteral(", "));
}

std::vector<std::string> listed_parts(const QString& list)
{
    static const QRegularExpression between(QStringLiteral(",(?!\\s*shared\\b)|;"));
    std::vector<std::string> names;
    for (const QString& one : list.split(between, Qt::SkipEmptyParts))
        if (const QString name = one.simplified(); !name.isEmpty())
            names.push_back(name.toStdString());
    return names;
}

} // namespace circuitloom::ui
