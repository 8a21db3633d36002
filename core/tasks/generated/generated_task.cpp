#include "core/tasks/generated/generated_task.h"

#include "core/base/error.h"
#include "core/tasks/generated/draws.h"
#include "core/tasks/left_out.h"
#include "core/tasks/well_formed.h"

#include <algorithm>
#include <functional>
#include <set>
#include <string>

namespace circuitloom {

namespace {

/// So many draws in a row without a new sentence mean that there are hardly any left.
constexpr int patience = 10000;
/// A tokenizer that suits fewer than one sentence in so many has not the words the task needs.
constexpr std::size_t draws_per_example = 20;
constexpr std::size_t least_draws = 2000;
constexpr std::string_view held_out_suffix = "-held-out";

constexpr GeneratedTask tasks[] = {
    { "ioi", "indirect objects: \"… Mary and John …, John gave a book to\" Mary, not John",
        generated::indirect_object },
    { "greater-than", "years: \"The war lasted from the year 1732 to the year 17\" 54, not 14",
        generated::greater_than },
    { "agreement", "subject-verb agreement: \"The keys near the cabinet\" are, not is",
        generated::agreement },
    { "pronoun-gender", "\"Mary left early because\" she, not he", generated::pronoun_gender },
};

/// Null where there is none.
const GeneratedTask* find_task(std::string_view name)
{
    if (name.ends_with(held_out_suffix))
        name.remove_suffix(held_out_suffix.size());
    for (const GeneratedTask& task : tasks)
        if (task.name == name)
            return &task;
    return nullptr;
}

/// A quarter of all sentences is for evaluation alone.
bool is_held_out(const TaskExample& example)
{
    return stable_hash("held out: " + example.text) % 4 == 0;
}

/// Hands different sentences to `use` until it returns false or there are hardly any left.
void draw_examples(
    std::string_view name, std::uint64_t seed, const std::function<bool(TaskExample)>& use)
{
    const GeneratedTask* task = find_task(name);
    if (!task) {
        std::string known;
        for (const GeneratedTask& one : tasks)
            known += (known.empty() ? "" : ", ") + std::string(one.name);
        throw InputError("There is no ready-made task " + std::string(name) + "; there are " + known
            + ", each also with -held-out.");
    }
    const bool held_out = name != task->name;
    Random random(seed ^ stable_hash(name));
    std::set<std::string> texts;
    for (int misses = 0; misses < patience; ++misses) {
        TaskExample example = task->draw(random);
        if (is_held_out(example) != held_out || !texts.insert(example.text).second)
            continue;
        misses = 0;
        if (!use(std::move(example)))
            return;
    }
}

} // namespace

std::span<const GeneratedTask> generated_tasks()
{
    return tasks;
}

bool is_generated_task(std::string_view name)
{
    return find_task(name) != nullptr;
}

std::vector<TaskExample> generate_task(
    std::string_view name, std::size_t examples, std::uint64_t seed)
{
    std::vector<TaskExample> drawn;
    draw_examples(name, seed, [&](TaskExample example) {
        if (drawn.size() < examples)
            drawn.push_back(std::move(example));
        return drawn.size() < examples;
    });
    return drawn;
}

GeneratedExamples generate_task(
    std::string_view name, std::size_t examples, std::uint64_t seed, const Tokenizer& tokenizer)
{
    GeneratedExamples made;
    std::size_t drawn = 0;
    const std::size_t most = std::max(least_draws, draws_per_example * examples);
    draw_examples(name, seed, [&](TaskExample example) {
        if (made.examples.size() == examples)
            return false;
        std::string problem = why_ill_formed(example, tokenizer);
        if (problem.empty())
            made.examples.push_back(std::move(example));
        else
            made.left_out.push_back({ example_name(drawn, example), std::move(problem) });
        return ++drawn < most && made.examples.size() < examples;
    });
    return made;
}

} // namespace circuitloom
