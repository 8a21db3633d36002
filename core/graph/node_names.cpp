#include "core/graph/computational_graph.h"

#include <charconv>

namespace circuitloom {

namespace {

// Takes a number as node_name() writes it (no sign, no leading zero) off the front of `text`.
std::optional<int> take_number(std::string_view& text)
{
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const auto length = static_cast<std::size_t>(end - text.data());
    if (error != std::errc() || value < 0 || text.front() == '-')
        return std::nullopt;
    if (length > 1 && text.front() == '0')
        return std::nullopt;
    text.remove_prefix(length);
    return value;
}

bool take(std::string_view& text, std::string_view prefix)
{
    if (!text.starts_with(prefix))
        return false;
    text.remove_prefix(prefix.size());
    return true;
}

std::optional<Node> parse_head(std::string_view rest, bool upstream)
{
    const auto layer = take_number(rest);
    if (!layer || !take(rest, ".h"))
        return std::nullopt;
    const auto index = take_number(rest);
    if (!index)
        return std::nullopt;
    if (upstream)
        return rest.empty() ? std::optional(Node{ NodeKind::head, *layer, *index }) : std::nullopt;
    if (rest == "<q>")
        return Node{ NodeKind::query, *layer, *index };
    if (rest == "<k>")
        return Node{ NodeKind::key, *layer, *index };
    if (rest == "<v>")
        return Node{ NodeKind::value, *layer, *index };
    return std::nullopt;
}

std::optional<Node> parse_mlp(std::string_view rest, bool upstream)
{
    const auto layer = take_number(rest);
    if (!layer)
        return std::nullopt;
    if (rest.empty())
        return Node{ upstream ? NodeKind::mlp : NodeKind::mlp_in, *layer, -1 };
    if (!take(rest, ".g"))
        return std::nullopt;
    const auto index = take_number(rest);
    if (!index || !rest.empty())
        return std::nullopt;
    return Node{ upstream ? NodeKind::mlp_group : NodeKind::mlp_group_in, *layer, *index };
}

} // namespace

bool is_upstream(NodeKind kind)
{
    return kind == NodeKind::input || kind == NodeKind::head || kind == NodeKind::mlp
        || kind == NodeKind::mlp_group;
}

std::string_view graph_kind_name(GraphKind kind)
{
    return kind == GraphKind::full ? "full" : "paper";
}

std::string node_name(const Node& node)
{
    const std::string layer = std::to_string(node.layer);
    const std::string index = std::to_string(node.index);
    switch (node.kind) {
    case NodeKind::input:
        return "input";
    case NodeKind::logits:
        return "logits";
    case NodeKind::head:
        return "a" + layer + ".h" + index;
    case NodeKind::query:
        return "a" + layer + ".h" + index + "<q>";
    case NodeKind::key:
        return "a" + layer + ".h" + index + "<k>";
    case NodeKind::value:
        return "a" + layer + ".h" + index + "<v>";
    case NodeKind::mlp:
    case NodeKind::mlp_in:
        return "m" + layer;
    case NodeKind::mlp_group:
    case NodeKind::mlp_group_in:
        return "m" + layer + ".g" + index;
    }
    return {};
}

std::optional<Node> parse_node_name(std::string_view name, bool upstream)
{
    if (name == "input")
        return upstream ? std::optional(Node{ NodeKind::input, -1, -1 }) : std::nullopt;
    if (name == "logits")
        return upstream ? std::nullopt : std::optional(Node{ NodeKind::logits, -1, -1 });
    if (take(name, "a"))
        return parse_head(name, upstream);
    if (take(name, "m"))
        return parse_mlp(name, upstream);
    return std::nullopt;
}

} // namespace circuitloom
