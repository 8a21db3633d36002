#include "ui/dialogs/fitted_run.h"

#include "core/demo/demo.h"
#include "core/tasks/generated/generated_task.h"

#include <QCoreApplication>

#include <algorithm>

namespace circuitloom::ui {

namespace {

constexpr std::string_view demo_prefix = "demo/";

class Words
{
    Q_DECLARE_TR_FUNCTIONS(FittedRun)
};

bool is_of_the_demo(std::string_view source)
{
    return source.starts_with(demo_prefix);
}

std::string built_in_held_out(const std::string& task)
{
    const std::string held_out = task + "-held-out";
    if (is_generated_task(held_out))
        return held_out;
    const std::vector<std::string> names = demo::task_names();
    const bool known = is_of_the_demo(held_out)
        && std::find(names.begin(), names.end(), held_out.substr(demo_prefix.size()))
            != names.end();
    return known ? held_out : std::string();
}

} // namespace

RunConfig fitted_run(RunConfig preset, const std::string& model, const std::string& task)
{
    if (task != preset.task) {
        preset.held_out_task = built_in_held_out(task);
        preset.reference_task.clear(); // the opposite of another task
    }
    preset.model = model;
    preset.task = task;
    if (model != "demo") {
        std::erase_if(preset.capabilities,
            [](const SuiteReference& suite) { return is_of_the_demo(suite.source); });
        for (std::string* other : { &preset.held_out_task, &preset.reference_task }) {
            if (is_of_the_demo(*other))
                other->clear();
        }
    }
    return preset;
}

QString left_out(const RunConfig& preset, const RunConfig& fitted)
{
    const bool suites = fitted.capabilities.size() < preset.capabilities.size();
    const bool held_out = fitted.held_out_task.empty() && !preset.held_out_task.empty();
    if (suites && held_out)
        return Words::tr(
            "Left out: the preset's capability suites and held-out task, which are written "
            "in the demo model's own language.");
    if (suites)
        return Words::tr(
            "Left out: the preset's capability suites, which are written in the demo model's "
            "own language.");
    if (held_out)
        return Words::tr("Left out: the preset's held-out examples, which belong to its own task.");
    return {};
}

} // namespace circuitloom::ui
