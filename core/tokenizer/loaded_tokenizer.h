#pragma once

#include "core/tokenizer/special_token_rules.h"
#include "core/tokenizer/tokenizer_files.h"

#include <nlohmann/json.hpp>

#include <optional>
#include <string>

namespace circuitloom {

/// A tokenizer.json with all that the other files of a tokenizer say of it.
struct LoadedTokenizer
{
    nlohmann::json tokenizer;
    std::string where; ///< for messages: the file that it was read from, or the folder of several
    Frame frame; ///< of special tokens, as transformers 5 has it
    std::optional<Frame> frame_in_4; ///< none where transformers 4.57 does not load it
};

/// What transformers 5 makes of the files: tokens that they declare are added, add_prefix_space and
/// legacy are obeyed where the tokenizer's class obeys them, and where there is no tokenizer.json
/// it is made from vocab.json and merges.txt. Throws InputError.
LoadedTokenizer load_tokenizer(const TokenizerFiles& files);

} // namespace circuitloom
