#include "core/tasks/demo_tasks.h"

#include "core/demo/demo.h"

#include <utility>

namespace circuitloom {

std::vector<TaskExample> demo_task(std::string_view name, std::size_t examples, std::uint64_t seed)
{
    std::vector<TaskExample> task;
    for (demo::TargetSentence& sentence : demo::task(name, examples, seed))
        task.push_back({ std::move(sentence.text),
            { { sentence.start, sentence.end, std::move(sentence.alternative) } }, {} });
    return task;
}

CapabilitySuite demo_suite(std::string_view name, std::size_t items, std::uint64_t seed)
{
    CapabilitySuite suite{ std::string(name), {}, {} };
    for (demo::Question& question : demo::suite(name, items, seed))
        suite.items.push_back(
            { std::move(question.prompt), std::move(question.choices), question.answer });
    return suite;
}

} // namespace circuitloom
