#include "core/tokenizer/added_tokens.h"

#include "core/base/error.h"
#include "core/base/utf8.h"
#include "core/tokenizer/bpe.h"
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

} // namespace

std::vector<AddedToken> read_added_tokens(const JsonObject& tokenizer)
{
    std::vector<AddedToken> tokens;
    std::size_t normalized = 0;
    if (!tokenizer.has("added_tokens"))
        return tokens;
    for (const JsonObject& json : tokenizer.objects("added_tokens")) {
        AddedToken token;
        token.id = static_cast<std::int32_t>(json.integer("id", 0, Bpe::max_id));
        token.content = json.text("content");
        if (token.content.empty() || token.content.size() > max_content)
            json.fail("content", "must have 1 to " + std::to_string(max_content) + " bytes");
        if (json.boolean_or("single_word", false))
            json.fail("single_word", "is true, which is not supported");
        token.special = json.boolean_or("special", false);
        token.normalized = json.boolean_or("normalized", !token.special);
        if (token.normalized && ++normalized > max_normalized)
            json.fail("normalized",
                "is true for more than " + std::to_string(max_normalized) + " tokens");
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
