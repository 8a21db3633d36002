#include "core/discovery/discover.h"

#include "core/base/random.h"
#include "core/discovery/edge_attribution.h"
#include "core/evaluation/task_evaluation.h"
#include "core/model/checkpoint.h"
#include "core/model/device.h"
#include "core/tasks/encoded_task.h"
#include "core/tokenizer/tokenizer.h"

#include <algorithm>

namespace circuitloom {

DiscoveredScores discover(const DiscoverRequest& request)
{
    const ModelFiles files = open_model_files(request.model);
    Transformer model = load_transformer(files, pick_device(request.device),
        request.double_precision ? torch::kFloat64 : torch::kFloat32);
    const auto tokenizer
        = Tokenizer::from_json(files.tokenizer_json, files.tokenizer_config_json, files.origin);
    EncodedTask task = load_encoded_task(
        request.task, tokenizer, std::min(request.max_tokens, model.config().max_positions));
    if (request.examples > 0 && task.examples.size() > static_cast<std::size_t>(request.examples)) {
        Random random(request.seed);
        random.shuffle(task.examples);
        task.examples.resize(static_cast<std::size_t>(request.examples));
    }
    const ComputationalGraph graph(model.config().graph_shape(), request.graph);
    const double metric = evaluate_task(model, task.examples, request.batch).logit_difference;
    model.set_requires_grad(true);
    const auto scores
        = discover_edges(model, graph, task.examples, request.positions, request.batch)
              .to(torch::kFloat32)
              .contiguous();
    const auto* first = scores.data_ptr<float>();
    return { graph, { first, first + scores.numel() }, metric,
        static_cast<int>(task.examples.size()), std::move(task.dropped) };
}

} // namespace circuitloom
