#include "core/demo/constructions.h"

namespace circuitloom::demo {

namespace {

Sentence be(Random& random, Tense tense, const char* singular, const char* plural)
{
    const Subject subject = draw_subject(random, draw_shape(random), tense);
    Sentence sentence;
    sentence.words = subject.words;
    const bool one = subject.number == Number::singular;
    ask(sentence, one ? singular : plural, { one ? plural : singular });
    sentence.words.push_back(draw_adjective(random, *subject.head));
    sentence.words.push_back(".");
    return sentence;
}

} // namespace

Sentence agreement(Random& random, SubjectShape shape)
{
    const auto& words = lexicon();
    const Subject subject = draw_subject(random, shape, Tense::present);
    Sentence sentence;
    sentence.words = subject.words;
    const bool transitive = subject.head->animate() && random.chance(0.5);
    const Verb& verb = random.pick(transitive ? words.transitive_verbs
            : subject.head->animate()         ? words.animate_verbs
                                              : words.thing_verbs);
    ask(sentence, verb.form(subject.number), { verb.form(other(subject.number)) });
    if (transitive) {
        const Words object
            = noun_phrase(random, random.pick(words.nouns), draw_number(random), false);
        sentence.words.insert(sentence.words.end(), object.begin(), object.end());
    }
    sentence.words.push_back(".");
    return sentence;
}

Sentence be_agreement(Random& random)
{
    return be(random, Tense::present, "is", "are");
}

Sentence was_were(Random& random)
{
    return be(random, Tense::past, "was", "were");
}

Sentence this_these(Random& random)
{
    const auto& words = lexicon();
    const Noun& noun = random.pick(words.nouns);
    const Number number = draw_number(random);
    Sentence sentence;
    sentence.words = { random.pick(words.names).text, random.pick(words.transitive_past) };
    if (number == Number::singular)
        sentence.words.push_back(random.chance(0.5) ? "this" : "that");
    else
        sentence.words.push_back(random.chance(0.5) ? "these" : "those");
    if (random.chance(0.5))
        sentence.words.push_back(draw_adjective(random, noun));
    ask(sentence, noun.form(number), { noun.form(other(number)) });
    sentence.words.push_back(".");
    return sentence;
}

} // namespace circuitloom::demo
