#include "core/engine/text_tokens.h"

#include "core/base/error.h"

#include <algorithm>

namespace circuitloom {

std::int32_t first_token_after(
    const Tokenizer& tokenizer, const std::string& text, const std::string& continuation)
{
    const auto before = tokenizer.encode(text);
    const auto after = tokenizer.encode(text + continuation);
    if (const std::string unknown = tokenizer.unknown_to_model(after); !unknown.empty())
        throw InputError("\"" + continuation + "\": " + unknown + ".");
    if (after.size() > before.size() && std::equal(before.begin(), before.end(), after.begin()))
        return after[before.size()];
    throw InputError("The tokenizer joins \"" + continuation
        + "\" with the end of the text, so no token of its own begins it; a word mostly wants a "
          "space before it.");
}

} // namespace circuitloom
