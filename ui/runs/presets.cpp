#include "ui/runs/presets.h"

#include "core/run/run_config.h"
#include "ui/base/core_text.h"

namespace circuitloom::ui {

std::vector<PresetChoice> preset_choices()
{
    std::vector<PresetChoice> choices;
    for (const PresetInfo& preset : presets())
        choices.push_back({ preset.name, core_text(preset.title), core_text(preset.description) });
    return choices;
}

} // namespace circuitloom::ui
