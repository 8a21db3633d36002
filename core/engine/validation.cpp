#include "core/engine/validation.h"

#include "core/architecture/model_config.h"
#include "core/architecture/model_files.h"
#include "core/base/error.h"
#include "core/evaluation/task_evaluation.h"
#include "core/run/held_at_once.h"
#include "core/tasks/worded_task.h"
#include "core/tokenizer/model_tokenizer.h"
#include "core/tuning/tuned_model.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <string>
#include <vector>

namespace circuitloom {

namespace {

/// The examples that follow those which the run evaluates.
std::vector<EncodedExample> validation_examples(const RunConfig& config, const ModelFiles& files)
{
    const int context = parse_model_config(files.config_json, files.config_origin).max_positions;
    EncodedTask task = load_model_task(config.held_out_task, files, tokenizer_of(files),
        std::min(config.max_tokens, context), config.strict);
    const auto items = static_cast<std::size_t>(config.evaluation_items);
    if (task.examples.size() < 2 * items)
        throw InputError(config.held_out_task + " has " + std::to_string(task.examples.size())
            + " examples, and choosing learning rates takes run.evaluation_items = "
            + std::to_string(items)
            + " of them to report and as many more to choose by; set run.evaluation_items to "
            + std::to_string(task.examples.size() / 2) + " or less.");
    const auto first = task.examples.begin() + config.evaluation_items;
    return { std::make_move_iterator(first),
        std::make_move_iterator(first + config.evaluation_items) };
}

} // namespace

Validation validate_run(const ExperimentReader& reader, RunId run)
{
    const TunedModel tuned = tuned_model(reader, run, std::nullopt);
    const RunConfig config = run_config_from_json(tuned.description.configuration);
    const std::vector<EncodedExample> examples = validation_examples(config, tuned.files);
    std::optional<Transformer> untouched;
    if (config.discovery.metric == MetricKind::kl)
        untouched = tuned.untouched();
    const TaskResult result = evaluate_task(tuned.model, examples, evaluated_at_once,
        { .metric = config.discovery.metric, .untouched = untouched ? &*untouched : nullptr });
    return { result.accuracy, result.metric };
}

void require_validation(const RunConfig& config)
{
    validation_examples(config, open_model_files(config.model));
}

} // namespace circuitloom
