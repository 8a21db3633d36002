#pragma once

#include "core/tokenizer/added_tokens.h"
#include "core/tokenizer/vocabulary.h"

#include <vector>

namespace circuitloom {

/// The added tokens of a tokenizer with the ids that they get: as `tokenizers` gives them, a token
/// that the vocabulary has keeps its id, and any other gets the next free one, whatever the file
/// says. A token that is added again is looked for as its last mention says.
class AddedVocabulary
{
public:
    /// `words` must outlive it.
    explicit AddedVocabulary(const Vocabulary& words)
        : words_(&words)
    {
    }

    void add(AddedToken token);
    /// The id of a token, added or of the vocabulary; -1 where there is none.
    std::int32_t find(std::string_view content) const;
    /// In the order in which `tokenizers` looks for them: special ones first, then as they came.
    std::vector<AddedToken> in_order() const;

private:
    std::int32_t next_id() const;

    const Vocabulary* words_;
    Vocabulary::Ids places_; ///< in tokens_, by content
    std::vector<AddedToken> tokens_;
    std::int32_t highest_ = -1; ///< id of an added token
};

} // namespace circuitloom
