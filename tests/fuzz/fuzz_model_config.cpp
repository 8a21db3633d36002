#include "core/architecture/weight_layout.h"
#include "tests/fuzz/fuzz_target.h"

namespace circuitloom::fuzz {

void use_as_file(std::string_view input)
{
    const ModelConfig config
        = read_naming_origin([&] { return parse_model_config(input, origin); });
    require(parse_model_config(model_config_json(config), "written") == config,
        "what is written is read back");
    for (const StoredTensor& tensor : stored_tensors(config))
        for (const std::int64_t size : stored_shape(config, tensor))
            require(size > 0, "a tensor of the model has a shape");
    // A graph may be too large to be held, which is refused before it is built.
    constexpr std::int64_t small = 100'000;
    const GraphOptions options;
    if (ComputationalGraph::count_edges(config.graph_shape(), options) <= small)
        require(ComputationalGraph(config.graph_shape(), options).edges().size() <= small,
            "a graph has as many edges as were counted");
}

} // namespace circuitloom::fuzz
