#include "core/tokenizer/added_tokens.h"

#include "core/base/error.h"
#include "core/base/utf8.h"
#include "core/tokenizer/regex.h"
#include "core/tokenizer/vocabulary.h"
#include "core/tokenizer/white_space.h"

namespace circuitloom {

namespace {

constexpr std::size_t max_content = 512;
/// All of them together: a node of the tree takes some hundred bytes of memory.
constexpr std::size_t max_nodes = 1 << 20;
/// Those that the normalizer, which may be slow, changes first.
constexpr std::size_t max_normalized = 1 << 14;

std::size_t skip_spaces(std::string_view text, std::size_t position)
{
    while (position < text.size() && is_white_space(character_at(text, position)))
        position += character_bytes(text[position]);
    return position;
}

/// Where the white space that ends at `end` begins, not before `least`.
std::size_t skip_spaces_back(std::string_view text, std::size_t least, std::size_t end)
{
    while (end > least) {
        std::size_t begin = end - 1;
        while (begin > least && (static_cast<unsigned char>(text[begin]) & 0xC0) == 0x80)
            --begin;
        if (!is_white_space(character_at(text, begin)))
            break;
        end = begin;
    }
    return end;
}

/// A character of a word (UTS 18, annex C).
bool is_word_character(std::string_view text, std::size_t position)
{
    static const Regex word(
        R"([\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\p{Join_Control}])", "the word boundary");
    Regex::Search search(word);
    return !search.matches_in(text.substr(position, character_bytes(text[position]))).empty();
}

/// Whether a part of a word stands right before `begin` or right after `end`.
bool touches_word(std::string_view text, std::size_t begin, std::size_t end)
{
    if (end < text.size() && is_word_character(text, end))
        return true;
    std::size_t before = begin;
    do
        before -= before > 0 ? 1 : 0;
    while (before > 0 && (static_cast<unsigned char>(text[before]) & 0xC0) == 0x80);
    return begin > 0 && is_word_character(text, before);
}

} // namespace

std::vector<AddedToken> read_added_tokens(const JsonObject& tokenizer)
{
    std::vector<AddedToken> tokens;
    std::size_t normalized = 0;
    if (!tokenizer.has("added_tokens"))
        return tokens;
    for (const JsonObject& json : tokenizer.objects("added_tokens")) {
        AddedToken token;
        json.integer_or("id", 0, 0, Vocabulary::max_id);
        token.content = json.text("content");
        if (token.content.empty() || token.content.size() > max_content)
            json.fail("content", "must have 1 to " + std::to_string(max_content) + " bytes");
        token.special = json.boolean_or("special", false);
        token.normalized = json.boolean_or("normalized", !token.special);
        if (token.normalized && ++normalized > max_normalized)
            json.fail("normalized",
                "is true for more than " + std::to_string(max_normalized) + " tokens");
        token.single_word = json.boolean_or("single_word", false);
        token.lstrip = json.boolean_or("lstrip", false);
        token.rstrip = json.boolean_or("rstrip", false);
        tokens.push_back(std::move(token));
    }
    return tokens;
}

void AddedTokenFinder::add(const std::string& content, const AddedToken& token)
{
    if (content.empty()) // a normalizer may leave nothing of a token
        return;
    begins_[static_cast<unsigned char>(content.front())] = true;
    std::size_t node = 0;
    for (const char byte : content) {
        const auto [place, inserted] = nodes_[node].next.try_emplace(byte, nodes_.size());
        node = place->second;
        if (inserted)
            nodes_.emplace_back();
        if (nodes_.size() > max_nodes)
            throw InputError("added_tokens need more than " + std::to_string(max_nodes)
                + " bytes where no two begin alike.");
    }
    if (nodes_[node].token >= 0)
        return;
    nodes_[node].token = static_cast<int>(tokens_.size());
    tokens_.push_back(token);
}

AddedTokenFinder::Found AddedTokenFinder::longest_at(
    std::string_view text, std::size_t position) const
{
    Found found;
    std::size_t node = 0;
    for (; position < text.size(); ++position) {
        const auto next = nodes_[node].next.find(text[position]);
        if (next == nodes_[node].next.end())
            break;
        node = next->second;
        if (nodes_[node].token >= 0)
            found = { nodes_[node].token, position + 1 };
    }
    return found;
}

std::vector<TextOrToken> AddedTokenFinder::split(std::string_view text) const
{
    std::vector<TextOrToken> parts;
    std::size_t begin = 0; // of the text that no part has yet
    const auto add_text = [&](std::size_t end) {
        if (begin < end)
            parts.push_back({ { begin, end }, -1 });
    };
    for (std::size_t position = 0; position < text.size();) {
        const bool possible = begins_[static_cast<unsigned char>(text[position])];
        const Found found = possible ? longest_at(text, position) : Found{};
        if (found.token < 0) {
            ++position;
            continue;
        }
        const AddedToken& token = tokens_[static_cast<std::size_t>(found.token)];
        if (token.single_word && touches_word(text, position, found.end)) {
            position = found.end;
            continue;
        }
        const std::size_t from = token.lstrip ? skip_spaces_back(text, begin, position) : position;
        const std::size_t to = token.rstrip ? skip_spaces(text, found.end) : found.end;
        add_text(from);
        parts.push_back({ { from, to }, token.id });
        position = begin = to;
    }
    add_text(text.size());
    return parts;
}

} // namespace circuitloom
