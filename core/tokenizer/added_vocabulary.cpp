#include "core/tokenizer/added_vocabulary.h"

#include <algorithm>

namespace circuitloom {

std::int32_t AddedVocabulary::find(std::string_view content) const
{
    const auto place = places_.find(content);
    return place == places_.end() ? words_->find(content)
                                  : tokens_[static_cast<std::size_t>(place->second)].id;
}

std::int32_t AddedVocabulary::next_id() const
{
    const auto words = static_cast<std::int32_t>(words_->ids().size());
    return std::max(highest_ + 1, words);
}

void AddedVocabulary::add(AddedToken token)
{
    const std::int32_t known = find(token.content);
    token.id = known >= 0 ? known : next_id();
    highest_ = std::max(highest_, token.id);
    const auto [place, is_new]
        = places_.try_emplace(token.content, static_cast<std::int32_t>(tokens_.size()));
    if (is_new) {
        tokens_.push_back(std::move(token));
        return;
    }
    // It stays special, and is looked for as it is said last (tokenizers 0.23).
    AddedToken& old = tokens_[static_cast<std::size_t>(place->second)];
    token.special = token.special || old.special;
    old = std::move(token);
}

std::vector<AddedToken> AddedVocabulary::in_order() const
{
    std::vector<AddedToken> tokens = tokens_;
    std::stable_partition(
        tokens.begin(), tokens.end(), [](const AddedToken& token) { return token.special; });
    return tokens;
}

} // namespace circuitloom
