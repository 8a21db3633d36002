#include "core/demo/subject.h"

namespace circuitloom::demo {

namespace {

void append(Words& words, const Words& more)
{
    words.insert(words.end(), more.begin(), more.end());
}

/// More often than not unlike `number`, so that the nearest noun misleads.
Number misleading(Random& random, Number number)
{
    return random.chance(0.65) ? other(number) : number;
}

const Noun& draw_animate(Random& random)
{
    const auto& nouns = lexicon().nouns;
    const Noun* noun = &random.pick(nouns);
    while (!noun->animate())
        noun = &random.pick(nouns);
    return *noun;
}

} // namespace

Number draw_number(Random& random)
{
    return random.chance(0.5) ? Number::singular : Number::plural;
}

const std::string& draw_adjective(Random& random, const Noun& noun)
{
    return random.pick(noun.animate() ? lexicon().animate_adjectives : lexicon().thing_adjectives);
}

Words noun_phrase(Random& random, const Noun& noun, Number number, bool adjective)
{
    // About half of all phrases have the plain article.
    const auto& determiners = lexicon().determiners;
    Words words{ random.chance(0.4) ? determiners.front() : random.pick(determiners) };
    if (adjective)
        words.push_back(draw_adjective(random, noun));
    words.push_back(noun.form(number));
    return words;
}

Subject draw_subject(
    Random& random, const Noun& head, Number number, SubjectShape shape, Tense tense)
{
    const auto& words = lexicon();
    Subject subject{ noun_phrase(random, head, number, shape == SubjectShape::adjective), number,
        &head };
    if (shape == SubjectShape::attractor) {
        subject.words.push_back(random.pick(words.prepositions));
        const Noun* attractor = &random.pick(words.nouns);
        while (attractor == &head)
            attractor = &random.pick(words.nouns);
        append(subject.words, noun_phrase(random, *attractor, misleading(random, number), false));
    }
    if (shape == SubjectShape::relative) {
        const Noun* inner = &draw_animate(random);
        while (inner == &head)
            inner = &draw_animate(random);
        const Number inner_number = misleading(random, number);
        const std::size_t verb = random.below(words.transitive_verbs.size());
        subject.words.push_back("that");
        append(subject.words, noun_phrase(random, *inner, inner_number, false));
        subject.words.push_back(tense == Tense::past
                ? words.transitive_past[verb]
                : words.transitive_verbs[verb].form(inner_number));
    }
    return subject;
}

Subject draw_subject(Random& random, SubjectShape shape, Tense tense)
{
    const Noun& head = random.pick(lexicon().nouns);
    return draw_subject(random, head, draw_number(random), shape, tense);
}

SubjectShape draw_shape(Random& random)
{
    return static_cast<SubjectShape>(random.below(subject_shapes));
}

} // namespace circuitloom::demo
