#include "core/engine/run_evaluation.h"

#include "core/engine/sourced_task.h"
#include "core/evaluation/task_evaluation.h"
#include "core/tasks/capability_suite.h"
#include "core/tuning/task_records.h"

namespace circuitloom {

RunEvaluation::RunEvaluation(const RunConfig& config, const SourcedModel& sourced)
    : metric_(config.discovery.metric)
    , batch_(config.batch)
    , task_(sourced_task(sourced, config.held_out_task.empty() ? config.task : config.held_out_task,
          config.max_tokens, config.evaluation_items, config.strict))
{
    for (const SuiteReference& suite : config.capabilities)
        suites_.push_back(
            prepared_suite(load_suite(suite.name, suite.source), *sourced.files, *sourced.tokenizer,
                sourced.model->config().max_positions, config.evaluation_items, config.suite_bos));
}

std::vector<EvaluationRecord> RunEvaluation::of(const Transformer& model,
    const Transformer& untouched, const std::function<void()>& before_batch) const
{
    TaskEvaluation what;
    what.metric = metric_;
    what.untouched = &untouched;
    what.before_batch = before_batch;
    std::vector<EvaluationRecord> records
        = task_records(evaluate_task(model, task_.examples, batch_, what), metric_, 0);
    for (const PreparedSuite& suite : suites_) {
        SuitePass pass;
        pass.before_batch = before_batch;
        for (EvaluationRecord& record : suite.evaluate(model, 0, pass))
            records.push_back(std::move(record));
    }
    return records;
}

} // namespace circuitloom
