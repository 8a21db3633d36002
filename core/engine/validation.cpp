#include "core/engine/validation.h"

#include "core/base/error.h"
#include "core/evaluation/task_evaluation.h"
#include "core/run/held_at_once.h"
#include "core/run/run_config.h"
#include "core/tasks/encoded_task.h"
#include "core/tokenizer/model_tokenizer.h"
#include "core/tuning/tuned_model.h"

#include <algorithm>
#include <optional>
#include <span>
#include <string>

namespace circuitloom {

Validation validate_run(const ExperimentReader& reader, RunId run)
{
    const TunedModel tuned = tuned_model(reader, run, std::nullopt);
    const RunConfig config = run_config_from_json(tuned.description.configuration);
    const EncodedTask task
        = load_encoded_task(config.held_out_task, tokenizer_of(tuned.files),
            std::min(config.max_tokens, tuned.model.config().max_positions), config.strict);
    const auto items = static_cast<std::size_t>(config.evaluation_items);
    if (task.examples.size() < 2 * items)
        throw InputError(config.held_out_task + " has " + std::to_string(task.examples.size())
            + " examples, and choosing learning rates takes run.evaluation_items = "
            + std::to_string(items)
            + " of them to report and as many more to choose by; set run.evaluation_items to "
            + std::to_string(task.examples.size() / 2) + " or less.");
    const std::span others(task.examples.data() + items, items);
    std::optional<Transformer> untouched;
    if (config.discovery.metric == MetricKind::kl)
        untouched = tuned.untouched();
    const TaskResult result = evaluate_task(tuned.model, others, evaluated_at_once,
        { .metric = config.discovery.metric, .untouched = untouched ? &*untouched : nullptr });
    return { result.accuracy, result.metric };
}

} // namespace circuitloom
