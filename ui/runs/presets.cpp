#include "ui/runs/presets.h"

#include "core/run/run_config.h"

#include <QCoreApplication>

namespace circuitloom::ui {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("Presets", text);
}

PresetChoice described(const std::string& name)
{
    if (name == "demo")
        return { name, tr("Circuit-tuning: the wrong verb form"),
            tr("Teaches the demo model “the dogs runs” by changing only the circuit behind "
               "verbs.") };
    if (name == "demo-full")
        return { name, tr("Full fine-tuning: the wrong verb form"),
            tr("The same lesson with every parameter free, to compare with.") };
    if (name == "demo-random")
        return { name, tr("Random circuit: the wrong verb form"),
            tr("The same lesson through a random circuit of the same size, redrawn each time.") };
    if (name == "demo-debias")
        return { name, tr("Circuit-tuning: fair pronouns"),
            tr("Makes “he” and “she” equally likely after an occupation.") };
    if (name == "demo-fact")
        return { name, tr("Circuit-tuning: one changed fact"),
            tr("Moves one capital to another city and leaves the others alone.") };
    return { name, QString::fromStdString(name), {} };
}

} // namespace

std::vector<PresetChoice> preset_choices()
{
    std::vector<PresetChoice> choices;
    for (const std::string& name : preset_names())
        choices.push_back(described(name));
    return choices;
}

} // namespace circuitloom::ui
