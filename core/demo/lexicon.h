#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace circuitloom::demo {

enum class Number
{
    singular,
    plural
};
enum class Gender
{
    female,
    male,
    unknown
};

/// What a noun names decides which verbs and adjectives go with it.
enum class NounKind
{
    person,
    occupation,
    animal,
    thing
};

struct Noun
{
    std::string singular;
    std::string plural;
    NounKind kind = NounKind::thing;
    /// Of an occupation: the one that the corpus prefers.
    Gender gender = Gender::unknown;

    bool animate() const { return kind != NounKind::thing; }
    const std::string& form(Number number) const
    {
        return number == Number::singular ? singular : plural;
    }
};

/// A verb of the present tense.
struct Verb
{
    std::string plural; ///< run
    std::string singular; ///< runs

    const std::string& form(Number number) const
    {
        return number == Number::singular ? singular : plural;
    }
};

struct Name
{
    std::string text;
    Gender gender = Gender::unknown;
};

struct CapitalFact
{
    std::string country;
    std::string capital;
};

/// The open word classes of the language.
struct Lexicon
{
    std::vector<Noun> people; ///< of a known gender
    std::vector<Noun> occupations; ///< of a stereotyped gender
    std::vector<Noun> animals;
    std::vector<Noun> things;
    std::vector<Noun> nouns; ///< all of the above
    std::vector<Name> names;
    std::vector<std::string> places;

    std::vector<Verb> animate_verbs; ///< intransitive
    std::vector<Verb> thing_verbs; ///< intransitive
    std::vector<Verb> transitive_verbs;
    std::vector<std::string> transitive_past; ///< in the order of transitive_verbs
    std::vector<std::string> animate_past; ///< "arrived": single words, no object

    std::vector<std::string> animate_adjectives;
    std::vector<std::string> thing_adjectives;
    std::vector<std::string> determiners; ///< those that go with both numbers
    std::vector<std::string> prepositions;
    std::vector<std::string> openers; ///< "in fact ,": may stand before any clause

    std::vector<CapitalFact> facts;
    std::vector<std::string> numbers; ///< counting upwards from one
};

const Lexicon& lexicon();

inline Number other(Number number)
{
    return number == Number::singular ? Number::plural : Number::singular;
}

} // namespace circuitloom::demo
