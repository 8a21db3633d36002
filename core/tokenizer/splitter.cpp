#include "core/tokenizer/splitter.h"

#include <algorithm>

namespace circuitloom {

Delimiters read_delimiters(const JsonObject& step)
{
    const std::string behavior = step.text("behavior");
    if (behavior == "Removed")
        return Delimiters::removed;
    if (behavior == "Isolated")
        return Delimiters::isolated;
    if (behavior == "MergedWithPrevious")
        return Delimiters::merged_with_previous;
    if (behavior == "MergedWithNext")
        return Delimiters::merged_with_next;
    if (behavior == "Contiguous")
        return Delimiters::contiguous;
    step.fail("behavior",
        "is " + behavior
            + "; Removed, Isolated, MergedWithPrevious, MergedWithNext and Contiguous are "
              "supported");
}

/// The matches in `text` and what lies between them. An empty match counts, since it ends what is
/// before it.
void Splitter::find_parts(
    std::string_view text, const std::vector<TextRange>& matches, std::vector<Part>& parts) const
{
    parts.clear();
    std::size_t position = 0;
    for (const TextRange& match : matches) {
        if (position < match.begin)
            parts.push_back({ { position, match.begin }, invert_ });
        parts.push_back({ match, !invert_ });
        position = match.end;
    }
    if (position < text.size())
        parts.push_back({ { position, text.size() }, invert_ });
}

/// Joins delimiters to what they belong to. Of several in a row only the one that touches a text
/// is joined to it, but for Delimiters::contiguous.
void Splitter::merge(std::vector<Part>& parts) const
{
    if (delimiters_ == Delimiters::isolated || delimiters_ == Delimiters::removed)
        return;
    const bool backwards = delimiters_ == Delimiters::merged_with_next;
    if (backwards)
        std::reverse(parts.begin(), parts.end());
    std::vector<Part> merged;
    bool after_delimiter = false;
    for (const Part& part : parts) {
        const bool joins = delimiters_ == Delimiters::contiguous
            ? part.delimiter == after_delimiter
            : part.delimiter && !after_delimiter;
        after_delimiter = part.delimiter;
        if (!joins || merged.empty())
            merged.push_back(part);
        else if (backwards)
            merged.back().range.begin = part.range.begin;
        else
            merged.back().range.end = part.range.end;
    }
    if (backwards)
        std::reverse(merged.begin(), merged.end());
    parts = std::move(merged);
}

Pieces Splitter::apply(Pieces pieces) const
{
    Regex::Search search(pattern_);
    std::vector<Part> parts;
    std::vector<std::size_t> ends;
    ends.reserve(pieces.text.text().size() / 4);
    if (delimiters_ != Delimiters::removed) {
        pieces.for_each([&](TextRange piece) {
            const std::string_view text = pieces.view(piece);
            find_parts(text, search.matches_in(text), parts);
            merge(parts);
            for (const Part& part : parts)
                if (part.range.begin < part.range.end)
                    ends.push_back(piece.begin + part.range.end);
        });
        pieces.ends = std::move(ends);
        return pieces;
    }
    TracedText kept(pieces.text.traced());
    bool at_start = false;
    pieces.for_each([&](TextRange piece) {
        const std::string_view text = pieces.view(piece);
        find_parts(text, search.matches_in(text), parts);
        for (const Part& part : parts) {
            if (part.delimiter || part.range.begin == part.range.end)
                continue;
            const std::size_t begin = piece.begin + part.range.begin;
            at_start = at_start || (pieces.at_start && begin == 0);
            kept.copy(pieces.text, { begin, piece.begin + part.range.end });
            ends.push_back(kept.text().size());
        }
    });
    return { std::move(kept), std::move(ends), at_start };
}

} // namespace circuitloom
