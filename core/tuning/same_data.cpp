#include "core/tuning/same_data.h"

#include "core/base/error.h"
#include "core/base/random.h"

#include <string>

namespace circuitloom {

namespace {

void add_numbers(std::string& text, const EncodedTask& task)
{
    for (const EncodedExample& example : task.examples) {
        for (const std::int32_t id : example.ids)
            text += std::to_string(id) + " ";
        for (const ScoredTarget& target : example.targets)
            text += std::to_string(target.position) + ":" + std::to_string(target.target) + " ";
        text += "\n";
    }
}

} // namespace

void require_same_data(const PreparedRun& run, Ranks& ranks)
{
    if (ranks.alone())
        return;
    std::string text = run.description.model_fingerprint + "\n";
    for (const EncodedTask* task : { &run.task, &run.held_out, &run.reference })
        add_numbers(text, *task);
    for (const PreparedSuite& suite : run.suites)
        text += suite.name() + " " + std::to_string(suite.items()) + "\n";
    const std::string hash = std::to_string(stable_hash(text));
    if (ranks.of_first("data", hash) != hash)
        throw InputError("The processes have not read the same model, task and suites: the files "
                         "that the configuration names must be the same on every machine.");
}

} // namespace circuitloom
