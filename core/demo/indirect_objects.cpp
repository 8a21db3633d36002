#include "core/demo/constructions.h"

namespace circuitloom::demo {

namespace {

const Words meeting{ "went to the", "walked to the", "met at the", "arrived at the",
    "talked at the" };
const Words giving{ "gave", "handed", "offered", "sold" };
const Words together{ "met", "talked", "danced", "played", "waited" };
const Words towards{ "thanked", "greeted", "hugged", "watched", "called" };

struct Pair
{
    std::string first;
    std::string second;
    bool first_acts = false;

    const std::string& giver() const { return first_acts ? first : second; }
    const std::string& receiver() const { return first_acts ? second : first; }
};

/// Either of the two may act, so the order of the names tells nothing.
Pair draw_pair(Random& random)
{
    const auto& names = lexicon().names;
    Pair pair{ random.pick(names).text, random.pick(names).text, random.chance(0.5) };
    while (pair.first == pair.second)
        pair.second = random.pick(names).text;
    return pair;
}

void append_pair(Words& words, const Pair& pair)
{
    words.push_back(pair.first);
    words.push_back("and");
    words.push_back(pair.second);
}

} // namespace

Sentence indirect_object(Random& random)
{
    const auto& lex = lexicon();
    const Pair pair = draw_pair(random);
    Sentence sentence;
    auto& words = sentence.words;
    words.push_back(random.chance(0.5) ? "when" : "after");
    append_pair(words, pair);
    append(words, random.pick(meeting));
    words.push_back(random.pick(lex.places));
    words.push_back(",");
    words.push_back(pair.giver());
    words.push_back(random.pick(giving));
    words.push_back(random.chance(0.5) ? "a" : "the");
    words.push_back(random.pick(lex.things).singular);
    words.push_back("to");
    ask(sentence, pair.receiver(), { pair.giver() });
    words.push_back(".");
    return sentence;
}

Sentence other_person(Random& random)
{
    const Pair pair = draw_pair(random);
    Sentence sentence;
    auto& words = sentence.words;
    append_pair(words, pair);
    words.push_back(random.pick(together));
    append(words, ", and");
    words.push_back(pair.giver());
    words.push_back(random.pick(towards));
    ask(sentence, pair.receiver(), { pair.giver() });
    words.push_back(".");
    return sentence;
}

} // namespace circuitloom::demo
