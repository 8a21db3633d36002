#pragma once

#include "core/tokenizer/traced_text.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace circuitloom {

/// Sentencepiece's compiled table of what characters become (the Precompiled normalizer): a
/// double-array trie of the texts that are replaced (Yata et al., darts-clone) and the texts that
/// take their places.
class CharacterMap
{
public:
    /// `charsmap` is base64. Throws InputError, starting with `where`, where it is malformed.
    CharacterMap(std::string_view charsmap, std::string where);

    /// As `tokenizers` applies it: to each grapheme of less than six bytes as a whole, else to each
    /// character. Throws InputError where the result would have more than `most` bytes.
    TracedText apply(const TracedText& text, std::size_t most) const;

private:
    /// What takes the place of a text that begins with a known one; nothing where none is known.
    std::optional<std::string_view> find(std::string_view text) const;

    std::vector<std::uint32_t> trie_;
    std::string contents_; ///< each ends with a zero
    std::string where_;
};

} // namespace circuitloom
