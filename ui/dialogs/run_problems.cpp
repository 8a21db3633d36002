#include "ui/dialogs/run_problems.h"

#include "core/run/run_estimate.h"
#include "ui/dialogs/form_sentence.h"
#include "ui/dialogs/host_questions.h"
#include "ui/dialogs/setting_use.h"

#include <QCoreApplication>
#include <QStringList>

namespace circuitloom::ui {

namespace {

class Words
{
    Q_DECLARE_TR_FUNCTIONS(RunProblems)
};

} // namespace

QString too_many_edges(
    const std::string& setting, const RunConfig& run, std::optional<std::int64_t> all)
{
    const int edges = setting == "circuit.top_n" ? run.selection.n : run.top_n_start;
    if (!all || edges <= *all || !why_unused(setting, run).isEmpty())
        return {};
    return Words::tr(
        "“%1” is %2, but the graph of this model has %3 edges; choose at most that many.")
        .arg(setting_title(setting))
        .arg(edges)
        .arg(*all);
}

QString long_warm_up(const RunConfig& run, const TaskSize& task)
{
    const std::optional<int> steps = planned_steps(run, task);
    if (!steps || run.warm_up < *steps)
        return {};
    return Words::tr(
        "“%1” is %2 and the run has %3 steps: all of it is warm-up, and the learning rate "
        "stays below what is set. Choose a shorter warm-up, or 0 for none.")
        .arg(setting_title("optimizer.warm_up"))
        .arg(run.warm_up)
        .arg(*steps);
}

std::map<std::string, QString> host_problems(const HostQuestions& host, const RunConfig& run)
{
    std::map<std::string, QString> problems;
    if (host.devices() && !device_named(*host.devices(), run.device)) {
        QStringList names;
        for (const ComputeDevice& device : host.devices()->all)
            names << QString::fromStdString(device.name);
        problems["device"] = Words::tr("“%1” is %2, which %3 does not have; it has %4.")
                                 .arg(setting_title("device"), QString::fromStdString(run.device),
                                     host.host(), names.join(QStringLiteral(", ")));
    }
    if (host.check() && host.check_is_of_run())
        for (const auto& [setting, sentence] : host.check()->problems)
            problems[setting] = Words::tr("%1 says: %2").arg(host.host(), form_sentence(sentence));
    return problems;
}

QString host_task_text(const HostQuestions& host)
{
    const QString where = Words::tr("The examples lie on %1 and are read there").arg(host.host());
    if (!host.check() || !host.check_is_of_run() || host.check()->task.examples == 0)
        return where + u'.';
    const TaskSize& task = host.check()->task;
    QString text = where
        + Words::tr(": %1 that can be scored, the longest of %2 tokens")
              .arg(task.examples)
              .arg(task.longest);
    if (task.held_out > 0)
        text += Words::tr("; held out, %1").arg(task.held_out);
    return text + u'.';
}

} // namespace circuitloom::ui
