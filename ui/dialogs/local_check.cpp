#include "ui/dialogs/local_check.h"

#include "ui/base/background.h"
#include "ui/dialogs/form_sentence.h"

#include <utility>

namespace circuitloom::ui {

namespace {

constexpr int settle = 400; ///< milliseconds without a change before files are read

/// A run of which nothing counts but its tasks and how they are scored.
RunConfig tasks_of(const RunConfig& run)
{
    RunConfig tasks;
    tasks.model = run.model;
    tasks.task = run.task;
    tasks.held_out_task = run.held_out_task;
    tasks.reference_task = run.reference_task;
    tasks.max_tokens = run.max_tokens;
    tasks.strict = run.strict;
    tasks.discovery = run.discovery;
    tasks.score_on = run.score_on;
    tasks.probe_examples = run.probe_examples;
    return tasks;
}

} // namespace

LocalCheck::LocalCheck(QObject* parent)
    : QObject(parent)
{
    soon_.setSingleShot(true);
    soon_.setInterval(settle);
    connect(&soon_, &QTimer::timeout, this, &LocalCheck::read);
}

void LocalCheck::show_run(const RunConfig& config)
{
    const RunConfig tasks = tasks_of(config);
    if (tasks.model != wanted_.model || tasks.task != wanted_.task
        || tasks.held_out_task != wanted_.held_out_task)
        check_.reset(); // else what is known of the tasks stays until it is known anew
    wanted_ = tasks;
    const std::string text = to_toml(tasks);
    if (text == shown_)
        return;
    shown_ = text;
    soon_.start();
}

void LocalCheck::show_nothing()
{
    soon_.stop();
    shown_.clear();
    check_.reset();
}

const std::vector<std::string>& LocalCheck::notes() const
{
    static const std::vector<std::string> none;
    return check_ ? check_->notes : none;
}

QString LocalCheck::problem() const
{
    if (!check_ || read_ != shown_)
        return {};
    for (const char* setting : { "task.train", "task.held_out", "task.reference" })
        if (const auto found = check_->problems.find(setting); found != check_->problems.end())
            return form_sentence(found->second);
    return {};
}

/// One check at a time: what is wanted meanwhile is read after it.
void LocalCheck::read()
{
    if (!under_way_.empty() || shown_.empty())
        return;
    under_way_ = shown_;
    const auto go_on = [this](std::optional<RunCheck> check) {
        const std::string done = std::exchange(under_way_, {});
        if (done != shown_)
            return read();
        read_ = done;
        check_ = std::move(check);
        Q_EMIT told();
    };
    in_background(
        this, [run = wanted_] { return check_run(run); },
        [go_on](const RunCheck& check) { go_on(check); },
        [go_on](const QString&) { go_on(std::nullopt); });
}

} // namespace circuitloom::ui
