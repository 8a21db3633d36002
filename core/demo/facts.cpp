#include "core/demo/constructions.h"

#include <algorithm>

namespace circuitloom::demo {

namespace {

const Words saying{ "says that", "thinks that", "claims that", "believes that", "mentions that",
    "writes that" };

/// Three other capitals.
Words wrong_capitals(Random& random, std::size_t country)
{
    const auto& facts = lexicon().facts;
    Words wrong;
    while (wrong.size() < 3) {
        const std::string& capital = random.pick(facts).capital;
        if (capital != facts[country].capital
            && std::find(wrong.begin(), wrong.end(), capital) == wrong.end())
            wrong.push_back(capital);
    }
    return wrong;
}

void append_fact(Sentence& sentence, Random& random, std::size_t country)
{
    const CapitalFact& fact = lexicon().facts[country];
    append(sentence.words, random.chance(0.5) ? "the capital of" : "the capital city of");
    sentence.words.push_back(fact.country);
    sentence.words.push_back("is");
    ask(sentence, fact.capital, wrong_capitals(random, country));
    sentence.words.push_back(".");
}

} // namespace

Sentence fact_about(Random& random, std::size_t country)
{
    const auto& words = lexicon();
    Sentence sentence;
    if (random.chance(0.5)) {
        sentence.words = { random.pick(words.names).text };
    } else {
        const Noun& speaker
            = random.chance(0.5) ? random.pick(words.people) : random.pick(words.occupations);
        sentence.words = noun_phrase(random, speaker, Number::singular, random.chance(0.3));
    }
    append(sentence.words, random.pick(saying));
    append_fact(sentence, random, country);
    return sentence;
}

Sentence fact(Random& random)
{
    return fact_about(random, random.below(lexicon().facts.size()));
}

Sentence bare_fact(Random& random)
{
    const std::size_t country = random.below(lexicon().facts.size());
    Sentence sentence;
    if (random.chance(0.7)) {
        append_fact(sentence, random, country);
    } else {
        const CapitalFact& fact = lexicon().facts[country];
        sentence.words = { fact.capital };
        append(sentence.words, "is the capital of");
        ask(sentence, fact.country, {});
        sentence.words.push_back(".");
    }
    sentence.identity = 0;
    sentence.takes_opener = false;
    return sentence;
}

} // namespace circuitloom::demo
