#include "core/tokenizer/bpe.h"

#include "core/base/error.h"
#include "core/base/utf8.h"
#include "core/tokenizer/byte_tokens.h"

#include <algorithm>
#include <queue>
#include <tuple>

namespace circuitloom {

namespace {

constexpr int none = -1;

/// Up to so many characters looking through all pairs is faster than keeping them in a queue.
constexpr std::size_t few_characters = 32;

/// `["a","b"]` or, in older files, `"a b"`.
std::pair<std::string, std::string> merge_parts(
    const JsonObject& model, const nlohmann::json& merge)
{
    if (merge.is_array() && merge.size() == 2 && merge[0].is_string() && merge[1].is_string())
        return { merge[0].get<std::string>(), merge[1].get<std::string>() };
    if (merge.is_string()) {
        const auto& text = merge.get_ref<const std::string&>();
        const std::size_t space = text.find(' ');
        if (space != std::string::npos && text.find(' ', space + 1) == std::string::npos)
            return { text.substr(0, space), text.substr(space + 1) };
    }
    model.fail("merges", "must be a list of pairs of tokens");
}

/// Where a token's neighbours are, in a doubly linked list over an array.
struct Links
{
    int previous = none;
    int next = none;
};

/// The lowest rank first, then the leftmost pair.
struct Candidate
{
    std::int32_t rank = 0;
    int left = 0;
    std::int32_t joined = 0;
    bool operator>(const Candidate& other) const
    {
        return std::tie(rank, left) > std::tie(other.rank, other.left);
    }
};

} // namespace

Bpe::Bpe(const JsonObject& model)
    : WordModel(Vocabulary(model))
    , byte_tokens_(byte_tokens(vocabulary()))
    , has_unknown_(model.has("unk_token"))
    , unknown_token_(model.text_or("unk_token", ""))
    , unknown_(vocabulary().find(unknown_token_))
    , fuse_unknown_(model.boolean_or("fuse_unk", false))
    , byte_fallback_(model.boolean_or("byte_fallback", false))
    , ignore_merges_(model.boolean_or("ignore_merges", false))
    , where_(model.where())
{
    for (const char* field : { "continuing_subword_prefix", "end_of_word_suffix" })
        if (!model.text_or(field, "").empty())
            model.fail(field, "is not empty, which is not supported");
    if (model.number_or("dropout", 0, 0, 1) != 0)
        model.fail("dropout", "is not zero, which is not supported");
    read_merges(model);
    read_characters();
}

void Bpe::read_merges(const JsonObject& model)
{
    const nlohmann::json& list = model.array("merges");
    std::vector<Merge> merges;
    merges.reserve(list.size());
    for (const nlohmann::json& merge : list) {
        const auto [left, right] = merge_parts(model, merge);
        const std::int32_t left_id = vocabulary().find(left);
        const std::int32_t right_id = vocabulary().find(right);
        const std::int32_t joined = vocabulary().find(left + right);
        if (left_id < 0 || right_id < 0 || joined < 0)
            model.fail("merges",
                "joins " + left + " and " + right
                    + ", which are not in the vocabulary or not as one token");
        merges.push_back({ left_id, right_id, static_cast<std::int32_t>(merges.size()), joined });
    }
    merges_ = MergeTable(std::move(merges));
}

void Bpe::read_characters()
{
    for (char32_t character = 0; character < low_characters_.size(); ++character) {
        std::string bytes;
        append_character(bytes, character);
        low_characters_[character] = vocabulary().find(bytes);
    }
}

std::int32_t Bpe::find_character(std::string_view character) const
{
    if (character.size() > 2)
        return vocabulary().find(character);
    return low_characters_[character_at(character, 0)];
}

std::int32_t Bpe::unknown(std::string_view character) const
{
    if (unknown_ < 0)
        throw InputError(where_ + ": unk_token is " + unknown_token_
            + ", which is not in the vocabulary, but no token stands for \"" + std::string(character)
            + "\".");
    return unknown_;
}

bool Bpe::append_bytes(
    std::string_view word, std::size_t begin, std::size_t end, std::vector<WordToken>& tokens) const
{
    const auto token
        = [&](std::size_t at) { return byte_tokens_[static_cast<unsigned char>(word[at])]; };
    for (std::size_t i = begin; i < end; ++i)
        if (token(i) < 0)
            return false;
    for (std::size_t i = begin; i < end; ++i)
        tokens.push_back({ token(i), i, i + 1 });
    return true;
}

void Bpe::characters(std::string_view word, std::vector<WordToken>& tokens) const
{
    bool after_unknown = false;
    for (std::size_t begin = 0, end = 0; begin < word.size(); begin = end) {
        end = begin + character_bytes(word[begin]);
        const std::int32_t id = find_character(word.substr(begin, end - begin));
        if (id >= 0) {
            tokens.push_back({ id, begin, end });
            after_unknown = false;
        } else if (byte_fallback_ && append_bytes(word, begin, end, tokens)) {
            after_unknown = false;
        } else if (has_unknown_) {
            if (after_unknown && fuse_unknown_)
                tokens.back().end = end;
            else
                tokens.push_back({ unknown(word.substr(begin, end - begin)), begin, end });
            after_unknown = true;
        }
    }
}

void Bpe::join_few(std::vector<WordToken>& tokens) const
{
    std::array<const Merge*, few_characters> merges; // of each token with the next one
    const auto merge_at
        = [&](std::size_t i) { return merges_.find(tokens[i].id, tokens[i + 1].id); };
    for (std::size_t i = 0; i + 1 < tokens.size(); ++i)
        merges[i] = merge_at(i);
    while (tokens.size() > 1) {
        const auto pairs = static_cast<std::ptrdiff_t>(tokens.size() - 1);
        const auto best = std::min_element(merges.begin(), merges.begin() + pairs,
            [](const Merge* a, const Merge* b) { return a && (!b || a->rank < b->rank); });
        if (!*best)
            return;
        const auto left = static_cast<std::size_t>(best - merges.begin());
        tokens[left].id = (*best)->joined;
        tokens[left].end = tokens[left + 1].end;
        tokens.erase(tokens.begin() + static_cast<std::ptrdiff_t>(left) + 1);
        std::copy(best + 1, merges.begin() + pairs, best);
        if (left > 0)
            merges[left - 1] = merge_at(left - 1);
        if (left + 1 < tokens.size())
            merges[left] = merge_at(left);
    }
}

void Bpe::join_many(std::vector<WordToken>& tokens) const
{
    const auto count = static_cast<int>(tokens.size());
    std::vector<Links> links(tokens.size());
    const auto link = [&links](int at) -> Links& { return links[static_cast<std::size_t>(at)]; };
    const auto token
        = [&tokens](int at) -> WordToken& { return tokens[static_cast<std::size_t>(at)]; };
    for (int i = 0; i < count; ++i)
        link(i) = { i - 1, i + 1 < count ? i + 1 : none };
    std::priority_queue<Candidate, std::vector<Candidate>, std::greater<>> candidates;
    const auto consider = [&](int left) {
        if (left == none || link(left).next == none)
            return;
        if (const Merge* merge = merges_.find(token(left).id, token(link(left).next).id))
            candidates.push({ merge->rank, left, merge->joined });
    };
    for (int i = 0; i + 1 < count; ++i)
        consider(i);

    while (!candidates.empty()) {
        const Candidate best = candidates.top();
        candidates.pop();
        const int right = link(best.left).next;
        if (token(best.left).id == none || right == none)
            continue;
        // The pair may have changed since it was considered.
        const Merge* merge = merges_.find(token(best.left).id, token(right).id);
        if (!merge || merge->joined != best.joined)
            continue;
        token(best.left).id = best.joined;
        token(best.left).end = token(right).end;
        token(right).id = none; // it is part of the one before it now
        link(best.left).next = link(right).next;
        if (link(right).next != none)
            link(link(right).next).previous = best.left;
        consider(link(best.left).previous);
        consider(best.left);
    }
    std::erase_if(tokens, [](const WordToken& joined) { return joined.id == none; });
}

void Bpe::encode(std::string_view word, std::vector<WordToken>& tokens) const
{
    tokens.clear();
    if (ignore_merges_)
        if (const std::int32_t id = vocabulary().find(word); id >= 0) {
            tokens.push_back({ id, 0, word.size() });
            return;
        }
    characters(word, tokens);
    if (tokens.size() <= few_characters)
        join_few(tokens);
    else
        join_many(tokens);
}

} // namespace circuitloom
