#include "core/discovery/discover.h"

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/discovery/edge_attribution.h"
#include "core/evaluation/task_evaluation.h"
#include "core/model/checkpoint.h"
#include "core/model/device.h"
#include "core/tasks/task.h"
#include "core/tokenizer/model_tokenizer.h"

#include <algorithm>

namespace circuitloom {

DiscoveredScores discover(const DiscoverRequest& request)
{
    const ModelFiles files = open_model_files(request.model);
    const auto device = pick_device(request.device);
    Transformer model = load_transformer(files, device, compute_type(request.dtype, device));
    const Tokenizer tokenizer = tokenizer_of(files);
    EncodedTask task = encode_task(load_task(request.task), tokenizer,
        std::min(request.max_tokens, model.config().max_positions));
    if (task.examples.empty())
        throw InputError("The task " + request.task + " has no example this model can be scored on"
            + (task.dropped.empty() ? "." : ": " + task.dropped.front()));
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
