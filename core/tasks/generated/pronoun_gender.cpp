#include "core/tasks/generated/draws.h"
#include "core/tasks/generated/words.h"

namespace circuitloom::generated {

namespace {

struct Pair
{
    std::string woman;
    std::string man;
};

/// Nouns that are of one gender; occupations are not.
const std::vector<Pair> nouns{ { "my mother", "my father" }, { "my sister", "my brother" },
    { "my aunt", "my uncle" }, { "my daughter", "my son" }, { "the queen", "the king" },
    { "the woman", "the man" }, { "the girl", "the boy" }, { "the lady", "the gentleman" },
    { "the princess", "the prince" } };

const std::vector<std::string> openers{ "", "", "Yesterday ", "Last week ", "In the end ",
    "As far as I know, ", "That day " };
const std::vector<std::string> clauses{ "was late for dinner", "missed the last train",
    "forgot the keys", "won the first prize", "stayed at home all day", "called the doctor",
    "left the party early", "went to bed early", "was happy with the result",
    "did not answer the letter", "worked hard all year", "bought a new car", "opened the window",
    "waited for an hour", "started to laugh", "wrote a long letter", "moved to another city",
    "lost the game", "walked to the station", "sat down on the floor", "sold the old house",
    "read the whole book", "looked very tired", "could not sleep", "came back from work",
    "cooked a big meal" };
const std::vector<std::string> bridges{ " because", ", so", " and then", ", but", " and said that",
    " although" };

} // namespace

TaskExample pronoun_gender(Random& random)
{
    const bool woman = random.chance(0.5);
    std::string person;
    std::string other;
    if (random.chance(0.75)) {
        person = random.pick(woman ? words().women : words().men);
        other = random.pick(woman ? words().men : words().women);
    } else {
        const Pair& pair = random.pick(nouns);
        person = woman ? pair.woman : pair.man;
        other = woman ? pair.man : pair.woman;
    }
    const std::string opener = random.pick(openers);
    if (opener.empty()) {
        person = capitalised(person);
        other = capitalised(other);
    }
    const std::string rest = " " + random.pick(clauses) + random.pick(bridges);
    return question(opener + person + rest, woman ? " she" : " he", woman ? " he" : " she",
        opener + other + rest);
}

} // namespace circuitloom::generated
