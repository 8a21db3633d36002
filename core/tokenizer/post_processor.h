#pragma once

#include "core/formats/json_input.h"
#include "core/tokenizer/text_range.h"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace circuitloom {

/// The special tokens that stand around a single text, and how the parts of the text that tokens
/// stand for are told.
struct PostProcessor
{
    /// Leaves spaces at either end out of the part that a token stands for.
    struct Trim
    {
        bool add_prefix_space = true; ///< the pre-tokenizer may have added the first space
        /// `part` of a text for the token that is written `token`; `first`: it is the text's first.
        TextRange apply(TextRange part, std::string_view token, bool first) const;
    };

    std::vector<std::int32_t> before;
    std::vector<std::int32_t> after;
    std::optional<Trim> trim;
};

/// From the `post_processor` of a tokenizer.json: TemplateProcessing, BertProcessing,
/// RobertaProcessing, ByteLevel (which only trims) or a Sequence of them. Throws InputError.
PostProcessor read_post_processor(const JsonObject& json);

} // namespace circuitloom
