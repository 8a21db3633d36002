#pragma once

#include "core/base/random.h"
#include "core/demo/demo.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace circuitloom::demo {

using Words = std::vector<std::string>;

/// Adds the words of `text`, which single spaces separate.
void append(Words& words, std::string_view text);
std::string join(const Words& words, std::size_t begin, std::size_t end);

/// One sentence of the grammar and the question that it answers: which word stands at `critical`?
/// All before it determines the answer.
struct Sentence
{
    Words opener; ///< "in fact ,"; says nothing about the rest and may be empty
    Words words;
    std::size_t critical = 0; ///< index in `words`
    Words alternatives; ///< words that would be wrong at `critical`
    /// The first so many words decide the part that the sentence belongs to: all up to the critical
    /// word, or fewer where sentences that differ later ask the same question. With none of them
    /// the sentence is common knowledge, which the corpus keeps.
    std::size_t identity = 0;
    bool takes_opener = true; ///< "sometimes , the capital of france is paris" would be odd

    const std::string& answer() const { return words[critical]; }
    std::string text() const; ///< opener and all words
    std::string prompt() const; ///< opener and the words before the critical one
    std::string key() const; ///< the words that decide the part
};

Part part_of(const Sentence& sentence);

/// Marks the next word of `sentence` as the critical one and adds it.
void ask(Sentence& sentence, const std::string& answer, Words alternatives);

/// Mostly none.
Words draw_opener(Random& random);

/// Draws with `draw` until the sentence belongs to `part`, then perhaps sets an opener before it.
template <class Draw>
Sentence draw_in(Part part, Random& random, const Draw& draw)
{
    Sentence sentence = draw(random);
    while (part_of(sentence) != part)
        sentence = draw(random);
    if (sentence.takes_opener)
        sentence.opener = draw_opener(random);
    return sentence;
}

} // namespace circuitloom::demo
