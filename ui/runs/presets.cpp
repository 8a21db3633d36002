#include "ui/runs/presets.h"

#include "core/run/run_config.h"

namespace circuitloom::ui {

std::vector<PresetChoice> preset_choices()
{
    std::vector<PresetChoice> choices;
    for (const PresetInfo& preset : presets())
        choices.push_back({ preset.name, QString::fromStdString(preset.title),
            QString::fromStdString(preset.description) });
    return choices;
}

} // namespace circuitloom::ui
