#include "core/engine/chosen_heads.h"

#include "core/base/error.h"

#include <string>

namespace circuitloom {

std::vector<Node> chosen_heads(const std::vector<Node>& asked, const ModelConfig& config)
{
    for (const Node& head : asked)
        if (head.kind != NodeKind::head || head.layer < 0 || head.layer >= config.layers
            || head.index < 0 || head.index >= config.heads)
            throw InputError(node_name(head) + " is no attention head of this model: it has "
                + std::to_string(config.layers) + " layers of " + std::to_string(config.heads)
                + " heads, both counted from 0.");
    if (!asked.empty())
        return asked;
    std::vector<Node> all;
    for (int layer = 0; layer < config.layers; ++layer)
        for (int head = 0; head < config.heads; ++head)
            all.push_back({ NodeKind::head, layer, head });
    return all;
}

} // namespace circuitloom
