#include "core/tasks/generated/draws.h"
#include "core/tasks/generated/words.h"

namespace circuitloom::generated {

namespace {

const std::vector<std::string> openers{ "", "", "", "In fact, ", "Of course, ", "As always, ",
    "It is clear that ", "I know that " };
const std::vector<std::string> determiners{ "the", "the", "my", "your", "our", "their" };
const std::vector<std::string> adjectives{ "old", "new", "small", "big", "other", "famous", "best",
    "good", "strange", "beautiful" };
const std::vector<std::string> prepositions{ "near", "behind", "next to", "opposite", "beside" };
const std::vector<std::string> liking{ "like", "love", "know", "remember", "need", "want" };

const std::vector<Forms> verbs_of_all{ { "is", "are" }, { "was", "were" }, { "has", "have" },
    { "seems", "seem" }, { "looks", "look" }, { "needs", "need" }, { "comes", "come" },
    { "makes", "make" } };
const std::vector<Forms> verbs_of_people{ { "knows", "know" }, { "wants", "want" },
    { "says", "say" }, { "thinks", "think" }, { "works", "work" }, { "lives", "live" },
    { "plays", "play" }, { "likes", "like" }, { "walks", "walk" }, { "runs", "run" } };

const std::string& form(const Forms& forms, bool plural)
{
    return plural ? forms.plural : forms.singular;
}

std::string draw_phrase(Random& random, const std::string& noun)
{
    return random.pick(determiners) + " " + noun;
}

const Forms& draw_noun(Random& random, bool person)
{
    return random.pick(person ? words().people : words().things);
}

/// What stands between the subject's noun and its verb: nothing, or a noun nearer to the verb, more
/// often than not of the other number.
std::string draw_distraction(Random& random, bool plural)
{
    const bool inner_plural = random.chance(0.65) ? !plural : plural;
    switch (random.below(4)) {
    case 0:
        return " " + random.pick(prepositions) + " "
            + draw_phrase(random, form(draw_noun(random, random.chance(0.5)), inner_plural));
    case 1: {
        const std::string inner = draw_phrase(random, form(draw_noun(random, true), inner_plural));
        return " that " + inner + " " + random.pick(liking) + (inner_plural ? "" : "s");
    }
    default:
        return "";
    }
}

} // namespace

TaskExample agreement(Random& random)
{
    const bool person = random.chance(0.5);
    const bool plural = random.chance(0.5);
    const Forms& noun = draw_noun(random, person);
    const std::string opener = random.pick(openers);
    const std::string before = random.pick(determiners) + " "
        + (random.chance(0.3) ? random.pick(adjectives) + " " : "");
    const std::string begin = opener + (opener.empty() ? capitalised(before) : before);
    const std::string end = draw_distraction(random, plural);
    const Forms& verb = random.pick(person && random.chance(0.6) ? verbs_of_people : verbs_of_all);
    return question(begin + form(noun, plural) + end, " " + form(verb, plural),
        " " + form(verb, !plural), begin + form(noun, !plural) + end);
}

} // namespace circuitloom::generated
