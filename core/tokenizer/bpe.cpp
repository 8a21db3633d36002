#include "core/tokenizer/bpe.h"

#include "core/base/utf8.h"

#include <queue>
#include <tuple>

namespace circuitloom {

namespace {

constexpr int none = -1;

std::uint64_t pair_key(std::int32_t left, std::int32_t right)
{
    return (static_cast<std::uint64_t>(left) << 32) | static_cast<std::uint32_t>(right);
}

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

/// A character or a joined run of them, in a doubly linked list over an array.
struct Symbol
{
    std::int32_t id = none; ///< none once it was joined to the one before it
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
    : fuse_unknown_(model.boolean_or("fuse_unk", false))
    , byte_fallback_(model.boolean_or("byte_fallback", false))
    , ignore_merges_(model.boolean_or("ignore_merges", false))
{
    // Older files have no type.
    if (const std::string type = model.text_or("type", "BPE"); type != "BPE")
        model.fail("type", "is " + type + "; only BPE is supported");
    for (const char* field : { "continuing_subword_prefix", "end_of_word_suffix" })
        if (!model.text_or(field, "").empty())
            model.fail(field, "is not empty, which is not supported");
    if (model.number_or("dropout", 0, 0, 1) != 0)
        model.fail("dropout", "is not zero, which is not supported");
    read_vocabulary(model);
    read_merges(model);
    read_byte_tokens();
    if (model.has("unk_token")) {
        unknown_ = find(model.text("unk_token"));
        if (*unknown_ < 0)
            model.fail("unk_token", "is not in the vocabulary");
    }
}

void Bpe::read_vocabulary(const JsonObject& model)
{
    const nlohmann::json& tokens = model.at("vocab");
    if (!tokens.is_object())
        model.fail("vocab", "must be a JSON object");
    vocabulary_.reserve(tokens.size());
    for (const auto& [token, id] : tokens.items()) {
        if (!id.is_number_integer() || id.get<std::int64_t>() < 0
            || id.get<std::int64_t>() > max_id)
            model.fail("vocab", "has an id that is no number from 0 to " + std::to_string(max_id));
        vocabulary_.emplace(token, id.get<std::int32_t>());
    }
}

void Bpe::read_merges(const JsonObject& model)
{
    const nlohmann::json& merges = model.array("merges");
    merges_.reserve(merges.size());
    std::int32_t rank = 0;
    for (const nlohmann::json& merge : merges) {
        const auto [left, right] = merge_parts(model, merge);
        const std::int32_t left_id = find(left);
        const std::int32_t right_id = find(right);
        const std::int32_t joined = find(left + right);
        if (left_id < 0 || right_id < 0 || joined < 0)
            model.fail("merges",
                "joins " + left + " and " + right
                    + ", which are not in the vocabulary or not as one token");
        merges_.insert_or_assign(pair_key(left_id, right_id), Merge{ rank++, joined });
    }
}

void Bpe::read_byte_tokens()
{
    constexpr std::string_view digits = "0123456789ABCDEF";
    for (std::size_t byte = 0; byte < 256; ++byte)
        byte_tokens_[byte] = find(std::string("<0x") + digits[byte / 16] + digits[byte % 16] + ">");
}

std::int32_t Bpe::find(std::string_view token) const
{
    const auto found = vocabulary_.find(token);
    return found == vocabulary_.end() ? none : found->second;
}

const Bpe::Merge* Bpe::merge_of(std::int32_t left, std::int32_t right) const
{
    const auto found = merges_.find(pair_key(left, right));
    return found == merges_.end() ? nullptr : &found->second;
}

bool Bpe::append_bytes(std::string_view character, std::vector<std::int32_t>& ids) const
{
    for (const char byte : character)
        if (byte_tokens_[static_cast<unsigned char>(byte)] < 0)
            return false;
    for (const char byte : character)
        ids.push_back(byte_tokens_[static_cast<unsigned char>(byte)]);
    return true;
}

std::vector<std::int32_t> Bpe::characters(std::string_view word) const
{
    std::vector<std::int32_t> ids;
    ids.reserve(word.size());
    bool after_unknown = false;
    for (std::size_t i = 0, size = 0; i < word.size(); i += size) {
        size = character_bytes(word[i]);
        const std::string_view character = word.substr(i, size);
        const std::int32_t id = find(character);
        if (id >= 0) {
            ids.push_back(id);
            after_unknown = false;
        } else if (byte_fallback_ && append_bytes(character, ids)) {
            after_unknown = false;
        } else if (unknown_) {
            if (!(after_unknown && fuse_unknown_))
                ids.push_back(*unknown_);
            after_unknown = true;
        }
    }
    return ids;
}

void Bpe::join(std::vector<std::int32_t>& ids) const
{
    std::vector<Symbol> symbols(ids.size());
    for (int i = 0; i < static_cast<int>(ids.size()); ++i) {
        const auto at = static_cast<std::size_t>(i);
        symbols[at] = { ids[at], i - 1, at + 1 < ids.size() ? i + 1 : none };
    }
    const auto symbol
        = [&symbols](int at) -> Symbol& { return symbols[static_cast<std::size_t>(at)]; };
    std::priority_queue<Candidate, std::vector<Candidate>, std::greater<>> candidates;
    const auto consider = [&](int left) {
        if (left == none || symbol(left).next == none)
            return;
        if (const Merge* merge = merge_of(symbol(left).id, symbol(symbol(left).next).id))
            candidates.push({ merge->rank, left, merge->id });
    };
    for (int i = 0; i + 1 < static_cast<int>(symbols.size()); ++i)
        consider(i);

    while (!candidates.empty()) {
        const Candidate best = candidates.top();
        candidates.pop();
        Symbol& left = symbol(best.left);
        if (left.id == none || left.next == none)
            continue;
        Symbol& right = symbol(left.next);
        // The pair may have changed since it was considered.
        const Merge* merge = merge_of(left.id, right.id);
        if (!merge || merge->id != best.joined)
            continue;
        left.id = best.joined;
        right.id = none;
        left.next = right.next;
        if (left.next != none)
            symbol(left.next).previous = best.left;
        consider(left.previous);
        consider(best.left);
    }
    ids.clear();
    for (const Symbol& remaining : symbols)
        if (remaining.id != none)
            ids.push_back(remaining.id);
}

void Bpe::encode(std::string_view word, std::vector<std::int32_t>& ids) const
{
    if (ignore_merges_)
        if (const std::int32_t id = find(word); id >= 0) {
            ids.push_back(id);
            return;
        }
    std::vector<std::int32_t> pieces = characters(word);
    join(pieces);
    ids.insert(ids.end(), pieces.begin(), pieces.end());
}

} // namespace circuitloom
