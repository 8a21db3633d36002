#include "core/demo/sentence.h"

#include "core/demo/lexicon.h"

namespace circuitloom::demo {

void append(Words& words, std::string_view text)
{
    while (!text.empty()) {
        const auto space = text.find(' ');
        words.emplace_back(text.substr(0, space));
        text.remove_prefix(space == std::string_view::npos ? text.size() : space + 1);
    }
}

std::string join(const Words& words, std::size_t begin, std::size_t end)
{
    std::string text;
    for (std::size_t i = begin; i < end; ++i) {
        if (i > begin)
            text += ' ';
        text += words[i];
    }
    return text;
}

std::string Sentence::text() const
{
    Words all = opener;
    all.insert(all.end(), words.begin(), words.end());
    return join(all, 0, all.size());
}

std::string Sentence::prompt() const
{
    Words all = opener;
    all.insert(all.end(), words.begin(), words.begin() + static_cast<std::ptrdiff_t>(critical));
    return join(all, 0, all.size());
}

std::string Sentence::key() const
{
    return join(words, 0, identity);
}

Part part_of(const Sentence& sentence)
{
    if (sentence.identity == 0)
        return Part::corpus;
    const std::uint64_t hash = stable_hash(sentence.key());
    const std::uint64_t percent = (hash ^ (hash >> 32)) % 100;
    if (percent < 15)
        return Part::suites;
    return percent < 30 ? Part::tasks : Part::corpus;
}

void ask(Sentence& sentence, const std::string& answer, Words alternatives)
{
    sentence.critical = sentence.identity = sentence.words.size();
    sentence.words.push_back(answer);
    sentence.alternatives = std::move(alternatives);
}

Words draw_opener(Random& random)
{
    Words opener;
    if (random.chance(0.25))
        append(opener, random.pick(lexicon().openers));
    return opener;
}

} // namespace circuitloom::demo
