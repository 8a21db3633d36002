#include "core/tokenizer/special_token_rules.h"

namespace circuitloom {

namespace {

Frame frame_of(const std::string& before, const std::string& after)
{
    Frame frame{ false, {}, {} };
    if (!before.empty())
        frame.before.push_back(before);
    if (!after.empty())
        frame.after.push_back(after);
    return frame;
}

} // namespace

std::optional<Frame> frame_in_transformers4(
    const TokenizerDeclaration& declaration, const FrameSettings& settings)
{
    const TokenizerClass* type = class_in_transformers4(declaration);
    const bool adds_bos = settings.add_bos.value_or(type && type->adds_bos_in_4);
    const bool adds_eos = settings.add_eos.value_or(false);
    if (!type || (type->name == "CodeGenTokenizer" && settings.add_bos.value_or(false)))
        return std::nullopt;
    if (!settings.has_tokenizer_json) {
        if (!type->reads_files || type->name == "GPTNeoXTokenizer")
            return std::nullopt;
        if (type->framed)
            return frame_of(settings.bos, settings.eos);
        return frame_of(adds_bos && type->name == "GPT2Tokenizer" ? settings.bos : "", "");
    }
    if (!type->settings_count_in_4)
        return Frame{};
    return frame_of(adds_bos ? settings.bos : "", adds_eos ? settings.eos : "");
}

Frame frame_in_transformers5(const TokenizerDeclaration& declaration, const FrameSettings& settings)
{
    const TokenizerClass& type = class_in_transformers5(declaration);
    if (type.framed)
        return frame_of(settings.bos, settings.eos);
    if (type.frameless_in_5 && settings.has_tokenizer_json)
        return frame_of("", "");
    if (settings.has_tokenizer_json)
        return Frame{}; // add_bos_token and add_eos_token do not count
    return frame_of(settings.add_bos.value_or(false) ? settings.bos : "",
        settings.add_eos.value_or(false) ? settings.eos : "");
}

} // namespace circuitloom
