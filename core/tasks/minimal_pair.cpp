#include "core/tasks/foreign_tasks.h"
#include "core/tasks/word_pieces.h"

#include <algorithm>
#include <set>

namespace circuitloom {

namespace {

using Pieces = std::vector<WordPiece>;

/// Where two sentences differ: [begin, end) of the pieces of each.
struct Stretch
{
    std::size_t begin = 0;
    std::size_t good_end = 0;
    std::size_t bad_end = 0;
};

Stretch differing_stretch(const Pieces& good, const Pieces& bad)
{
    const auto same = [](const WordPiece& a, const WordPiece& b) { return a.text == b.text; };
    Stretch stretch{ 0, good.size(), bad.size() };
    stretch.begin = static_cast<std::size_t>(
        std::mismatch(good.begin(), good.end(), bad.begin(), bad.end(), same).first - good.begin());
    while (stretch.good_end > stretch.begin && stretch.bad_end > stretch.begin
        && same(good[stretch.good_end - 1], bad[stretch.bad_end - 1])) {
        --stretch.good_end;
        --stretch.bad_end;
    }
    return stretch;
}

/// A word that both have means that they differ before and after it, or in their order.
bool share_a_word(const Pieces& good, const Pieces& bad, const Stretch& stretch)
{
    std::set<std::string_view> words;
    for (std::size_t i = stretch.begin; i < stretch.good_end; ++i)
        words.insert(good[i].text);
    return std::any_of(bad.begin() + static_cast<std::ptrdiff_t>(stretch.begin),
        bad.begin() + static_cast<std::ptrdiff_t>(stretch.bad_end),
        [&words](const WordPiece& piece) { return words.contains(piece.text); });
}

} // namespace

ForeignExample read_minimal_pair(const JsonObject& json)
{
    const auto without_target = [&json](const char* reason) {
        return ForeignExample{ {}, { { json.where(), reason } } };
    };
    ForeignExample read;
    read.example.text = json.text("sentence_good");
    const std::string other = json.text("sentence_bad");
    const Pieces good = word_pieces(read.example.text);
    const Pieces bad = word_pieces(other);
    Stretch stretch = differing_stretch(good, bad);
    if (stretch.begin == stretch.good_end && stretch.begin == stretch.bad_end)
        return without_target("both sentences have the same words");
    if (share_a_word(good, bad, stretch))
        return without_target("the sentences differ in more than one stretch of words");
    // Where a word is only added, the word after it takes part.
    if ((stretch.begin == stretch.good_end || stretch.begin == stretch.bad_end)
        && stretch.good_end < good.size()) {
        ++stretch.good_end;
        ++stretch.bad_end;
    }
    if (stretch.begin == stretch.good_end || stretch.begin == stretch.bad_end)
        return without_target("one sentence is the beginning of the other");
    read.example.spans.push_back(span_of(read.example.text, good, stretch.begin, stretch.good_end,
        std::string(with_space(other, bad, stretch.begin, stretch.bad_end))));
    return read;
}

} // namespace circuitloom
