#pragma once

#include "core/tokenizer/tokenizer_class.h"

#include <optional>
#include <string>
#include <vector>

namespace circuitloom {

/// What decides on the special tokens around a text besides the tokenizer's class.
struct FrameSettings
{
    bool has_tokenizer_json = true; ///< rather than vocab.json and merges.txt
    std::optional<bool> add_bos; ///< add_bos_token of tokenizer_config.json
    std::optional<bool> add_eos;
    std::string bos; ///< empty where there is none
    std::string eos;
};

/// The special tokens around a text.
struct Frame
{
    bool as_in_file = true; ///< those that the post-processor of tokenizer.json adds
    std::vector<std::string> before; ///< otherwise
    std::vector<std::string> after;
};

/// As transformers 4.57 has it; none where that version does not load the tokenizer.
std::optional<Frame> frame_in_transformers4(
    const TokenizerDeclaration& declaration, const FrameSettings& settings);
Frame frame_in_transformers5(
    const TokenizerDeclaration& declaration, const FrameSettings& settings);

} // namespace circuitloom
