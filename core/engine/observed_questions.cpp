#include "core/engine/observed_questions.h"

#include "core/architecture/model_config.h"
#include "core/tasks/capability_suite.h"
#include "core/tasks/worded_task.h"
#include "core/tokenizer/model_tokenizer.h"
#include "core/tuning/step_batches.h"

#include <algorithm>
#include <cstddef>
#include <string>

namespace circuitloom {

ObservedQuestions observed_questions(
    const RunConfig& config, const ModelFiles& files, ObservationObserver& observer)
{
    const Tokenizer tokenizer = tokenizer_of(files);
    const int positions = parse_model_config(files.config_json, files.config_origin).max_positions;
    const auto read = [&](const std::string& source) {
        EncodedTask task = load_model_task(
            source, files, tokenizer, std::min(config.max_tokens, positions), config.strict);
        for (const std::string& note : task.notes)
            observer.note(source + ": " + note);
        return task;
    };
    ObservedQuestions questions;
    const EncodedTask task = read(config.task);
    for (const std::size_t place : probe_places(task, config))
        questions.probe.push_back(task.examples[place]);
    if (!config.held_out_task.empty()) {
        questions.held_out = read(config.held_out_task).examples;
        questions.held_out.resize(
            std::min(questions.held_out.size(), static_cast<std::size_t>(config.evaluation_items)));
    }
    for (const SuiteReference& suite : config.capabilities) {
        questions.suites.push_back(prepared_suite(load_suite(suite.name, suite.source), files,
            tokenizer, positions, config.evaluation_items, config.suite_bos));
        if (!questions.suites.back().note().empty())
            observer.note("suite " + suite.name + ": " + questions.suites.back().note());
    }
    return questions;
}

} // namespace circuitloom
