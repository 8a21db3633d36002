#include "core/demo/constructions.h"

namespace circuitloom::demo {

namespace {

const Words speaking{ "said that", "thought that", "knew that", "believed that", "hoped that",
    "claimed that" };
const Words self_verbs{ "hurt", "washed", "praised", "blamed", "helped", "dressed", "taught",
    "introduced" };

std::string pronoun(Gender gender)
{
    return gender == Gender::female ? "she" : "he";
}
Gender opposite(Gender gender)
{
    return gender == Gender::female ? Gender::male : Gender::female;
}

/// Whatever may stand between a subject and the pronoun that means it.
void append_bridge(Words& words, Random& random)
{
    if (random.chance(0.5)) {
        append(words, random.pick(speaking));
    } else {
        words.push_back(random.pick(lexicon().animate_past));
        words.push_back("because");
    }
}

void end_with(Sentence& sentence, Random& random, const char* verb)
{
    sentence.words.push_back(verb);
    sentence.words.push_back(random.pick(lexicon().animate_adjectives));
    sentence.words.push_back(".");
}

Sentence pronoun_for(Random& random, Words subject, Gender gender)
{
    Sentence sentence;
    sentence.words = std::move(subject);
    append_bridge(sentence.words, random);
    ask(sentence, pronoun(gender), { pronoun(opposite(gender)) });
    end_with(sentence, random, "was");
    return sentence;
}

SubjectShape plain_shape(Random& random)
{
    return random.chance(0.5) ? SubjectShape::simple : SubjectShape::adjective;
}

} // namespace

Sentence reflexive(Random& random)
{
    const auto& lex = lexicon();
    Sentence sentence;
    std::string answer = "themselves";
    Gender gender = Gender::unknown;
    if (random.chance(0.3)) {
        const Name& name = random.pick(lex.names);
        sentence.words = { name.text };
        gender = name.gender;
    } else {
        const SubjectShape shape
            = random.chance(0.4) ? SubjectShape::attractor : plain_shape(random);
        const Number number = random.chance(0.6) ? Number::singular : Number::plural;
        // Only of people does the language say which gender they have.
        const Noun& head = number == Number::singular || random.chance(0.6)
            ? random.pick(lex.people)
            : random.pick(lex.occupations);
        sentence.words = draw_subject(random, head, number, shape, Tense::past).words;
        if (number == Number::singular)
            gender = head.gender;
    }
    if (gender != Gender::unknown)
        answer = gender == Gender::female ? "herself" : "himself";
    sentence.words.push_back(random.pick(self_verbs));
    Words alternatives;
    for (const char* form : { "himself", "herself", "themselves" })
        if (form != answer)
            alternatives.emplace_back(form);
    ask(sentence, answer, std::move(alternatives));
    sentence.words.push_back(".");
    return sentence;
}

Sentence he_she(Random& random)
{
    if (random.chance(0.5)) {
        const Name& name = random.pick(lexicon().names);
        return pronoun_for(random, { name.text }, name.gender);
    }
    const Noun& person = random.pick(lexicon().people);
    const Subject subject
        = draw_subject(random, person, Number::singular, plain_shape(random), Tense::past);
    return pronoun_for(random, subject.words, person.gender);
}

Sentence they(Random& random)
{
    const auto& lex = lexicon();
    const Noun& head = random.chance(0.5) ? random.pick(lex.people) : random.pick(lex.occupations);
    Sentence sentence;
    sentence.words
        = draw_subject(random, head, Number::plural, plain_shape(random), Tense::past).words;
    append_bridge(sentence.words, random);
    ask(sentence, "they", { "he", "she" });
    end_with(sentence, random, "were");
    return sentence;
}

Sentence stereotype(Random& random, double share)
{
    const Noun& occupation = random.pick(lexicon().occupations);
    const Subject subject
        = draw_subject(random, occupation, Number::singular, plain_shape(random), Tense::past);
    const Gender gender = random.chance(share) ? occupation.gender : opposite(occupation.gender);
    return pronoun_for(random, subject.words, gender);
}

} // namespace circuitloom::demo
