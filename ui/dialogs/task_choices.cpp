#include "ui/dialogs/task_choices.h"

#include "core/demo/demo.h"
#include "core/tasks/generated/generated_task.h"

#include <QCoreApplication>
#include <QFileInfo>

namespace circuitloom::ui {

namespace {

class Words
{
    Q_DECLARE_TR_FUNCTIONS(TaskChoices)
};

QString text_of(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

QString demo_sentence(const std::string& name)
{
    if (name == "disagreement")
        return Words::tr("The demo's language: the wrong form of a verb, as in “the dogs runs”.");
    if (name == "debias")
        return Words::tr("The demo's language: “he” or “she” after an occupation.");
    if (name == "changed-fact")
        return Words::tr("The demo's language: one country gets another capital.");
    return Words::tr("The demo's language.");
}

} // namespace

std::vector<TaskChoice> built_in_task_choices()
{
    std::vector<TaskChoice> choices;
    for (const std::string& name : demo::task_names()) {
        if (name.ends_with("-held-out"))
            continue;
        const std::string source = "demo/" + name;
        choices.push_back({ source, QString::fromStdString(source), demo_sentence(name) });
    }
    for (const GeneratedTask& task : generated_tasks())
        choices.push_back({ std::string(task.name), text_of(task.name),
            Words::tr("Plain English, %1.").arg(text_of(task.description)) });
    return choices;
}

std::vector<TaskChoice> held_out_task_choices()
{
    std::vector<TaskChoice> choices{ { {}, Words::tr("none"),
        Words::tr("Nothing tells whether what is taught reaches other sentences.") } };
    for (const std::string& name : demo::task_names()) {
        if (name.ends_with("-held-out"))
            choices.push_back({ "demo/" + name, QString::fromStdString("demo/" + name), {} });
    }
    for (const GeneratedTask& task : generated_tasks()) {
        const std::string source = std::string(task.name) + "-held-out";
        choices.push_back({ source, QString::fromStdString(source), {} });
    }
    return choices;
}

TaskChoice task_choice(const std::string& source)
{
    const QString file = QString::fromStdString(source);
    return { source, QFileInfo(file).fileName(), file };
}

} // namespace circuitloom::ui
