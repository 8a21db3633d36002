#include "core/base/embedded_file.h"
#include "core/base/error.h"
#include "core/base/utf8.h"
#include "core/run/run_config.h"

CIRCUITLOOM_EMBED(sv_disagreement_preset, "presets/sv-disagreement.toml")
CIRCUITLOOM_EMBED(de_bias_pronouns_preset, "presets/de-bias-pronouns.toml")
CIRCUITLOOM_EMBED(change_one_fact_preset, "presets/change-one-fact.toml")
CIRCUITLOOM_EMBED(gpt2_sv_disagreement_preset, "presets/gpt2-sv-disagreement.toml")
CIRCUITLOOM_EMBED(gpt2_de_bias_preset, "presets/gpt2-de-bias.toml")
CIRCUITLOOM_EMBED(llama_sv_disagreement_preset, "presets/llama-sv-disagreement.toml")
CIRCUITLOOM_EMBED(smollm2_sv_disagreement_preset, "presets/smollm2-sv-disagreement.toml")
CIRCUITLOOM_EMBED(llama_de_bias_preset, "presets/llama-de-bias.toml")
CIRCUITLOOM_EMBED(llama_math_preset, "presets/llama-math.toml")
CIRCUITLOOM_EMBED(llama_logic_preset, "presets/llama-logic.toml")
CIRCUITLOOM_EMBED(llama_reading_preset, "presets/llama-reading.toml")

namespace circuitloom {

namespace {

struct Preset
{
    std::string_view name;
    std::string_view toml;
};

const std::vector<Preset>& all_presets()
{
    static const std::vector<Preset> all{
        { "sv-disagreement",
            embedded_text(
                circuitloom_sv_disagreement_preset, circuitloom_sv_disagreement_preset_end) },
        { "de-bias-pronouns",
            embedded_text(
                circuitloom_de_bias_pronouns_preset, circuitloom_de_bias_pronouns_preset_end) },
        { "change-one-fact",
            embedded_text(
                circuitloom_change_one_fact_preset, circuitloom_change_one_fact_preset_end) },
        { "gpt2-sv-disagreement",
            embedded_text(circuitloom_gpt2_sv_disagreement_preset,
                circuitloom_gpt2_sv_disagreement_preset_end) },
        { "gpt2-de-bias",
            embedded_text(circuitloom_gpt2_de_bias_preset, circuitloom_gpt2_de_bias_preset_end) },
        { "llama-sv-disagreement",
            embedded_text(circuitloom_llama_sv_disagreement_preset,
                circuitloom_llama_sv_disagreement_preset_end) },
        { "smollm2-sv-disagreement",
            embedded_text(circuitloom_smollm2_sv_disagreement_preset,
                circuitloom_smollm2_sv_disagreement_preset_end) },
        { "llama-de-bias",
            embedded_text(circuitloom_llama_de_bias_preset, circuitloom_llama_de_bias_preset_end) },
        { "llama-math",
            embedded_text(circuitloom_llama_math_preset, circuitloom_llama_math_preset_end) },
        { "llama-logic",
            embedded_text(circuitloom_llama_logic_preset, circuitloom_llama_logic_preset_end) },
        { "llama-reading",
            embedded_text(circuitloom_llama_reading_preset, circuitloom_llama_reading_preset_end) },
    };
    return all;
}

RunConfig read(const Preset& preset)
{
    return parse_run_config(preset.toml, "The preset " + std::string(preset.name));
}

} // namespace

std::vector<PresetInfo> presets()
{
    std::vector<PresetInfo> infos;
    for (const Preset& one : all_presets()) {
        const RunConfig config = read(one);
        infos.push_back({ std::string(one.name), config.name, config.description });
    }
    return infos;
}

RunConfig preset(std::string_view name)
{
    std::string names;
    for (const Preset& one : all_presets()) {
        if (one.name == name)
            return read(one);
        names += (names.empty() ? "" : ", ") + std::string(one.name);
    }
    throw InputError("There is no preset \"" + for_message(name) + "\"; there are " + names + ".");
}

} // namespace circuitloom
