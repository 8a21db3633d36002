#include "core/engine/run_evaluation.h"

#include "core/evaluation/task_evaluation.h"
#include "core/tasks/capability_suite.h"
#include "core/tuning/task_records.h"

#include <algorithm>

namespace circuitloom {

RunEvaluation::RunEvaluation(const RunConfig& config, const Tokenizer& tokenizer, int max_positions)
    : metric_(config.discovery.metric)
    , batch_(config.batch)
    , task_(load_encoded_task(config.held_out_task.empty() ? config.task : config.held_out_task,
          tokenizer, std::min(config.max_tokens, max_positions), config.strict))
{
    task_.examples.resize(
        std::min(task_.examples.size(), static_cast<std::size_t>(config.evaluation_items)));
    for (const SuiteReference& suite : config.capabilities)
        suites_.emplace_back(load_suite(suite.name, suite.source), tokenizer, max_positions,
            config.evaluation_items, config.suite_bos);
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
