#include "core/demo/lexicon.h"

#include <initializer_list>

namespace circuitloom::demo {

namespace {

struct Forms
{
    const char* singular;
    const char* plural;
};

void add(std::vector<Noun>& nouns, NounKind kind, Gender gender, std::initializer_list<Forms> forms)
{
    for (const auto& form : forms)
        nouns.push_back({ form.singular, form.plural, kind, gender });
}

void add_names(std::vector<Name>& names, Gender gender, std::initializer_list<const char*> texts)
{
    for (const char* text : texts)
        names.push_back({ text, gender });
}

void add_nouns(Lexicon& words)
{
    add(words.people, NounKind::person, Gender::female,
        { { "girl", "girls" }, { "woman", "women" }, { "queen", "queens" }, { "mother", "mothers" },
            { "sister", "sisters" }, { "aunt", "aunts" }, { "daughter", "daughters" },
            { "princess", "princesses" }, { "wife", "wives" }, { "lady", "ladies" } });
    add(words.people, NounKind::person, Gender::male,
        { { "boy", "boys" }, { "man", "men" }, { "king", "kings" }, { "father", "fathers" },
            { "brother", "brothers" }, { "uncle", "uncles" }, { "son", "sons" },
            { "prince", "princes" }, { "husband", "husbands" }, { "gentleman", "gentlemen" } });
    add(words.occupations, NounKind::occupation, Gender::female,
        { { "nurse", "nurses" }, { "secretary", "secretaries" }, { "teacher", "teachers" },
            { "librarian", "librarians" }, { "dancer", "dancers" }, { "cleaner", "cleaners" },
            { "florist", "florists" }, { "hairdresser", "hairdressers" } });
    add(words.occupations, NounKind::occupation, Gender::male,
        { { "doctor", "doctors" }, { "engineer", "engineers" }, { "pilot", "pilots" },
            { "farmer", "farmers" }, { "soldier", "soldiers" }, { "lawyer", "lawyers" },
            { "driver", "drivers" }, { "mechanic", "mechanics" } });
    add(words.animals, NounKind::animal, Gender::unknown,
        { { "dog", "dogs" }, { "cat", "cats" }, { "horse", "horses" }, { "bird", "birds" },
            { "cow", "cows" }, { "fox", "foxes" }, { "wolf", "wolves" }, { "rabbit", "rabbits" },
            { "lion", "lions" }, { "tiger", "tigers" }, { "bear", "bears" }, { "mouse", "mice" },
            { "goose", "geese" }, { "monkey", "monkeys" } });
    add(words.things, NounKind::thing, Gender::unknown,
        { { "key", "keys" }, { "cabinet", "cabinets" }, { "box", "boxes" }, { "table", "tables" },
            { "book", "books" }, { "cup", "cups" }, { "lamp", "lamps" }, { "chair", "chairs" },
            { "car", "cars" }, { "door", "doors" }, { "window", "windows" },
            { "bottle", "bottles" }, { "letter", "letters" }, { "picture", "pictures" },
            { "ball", "balls" }, { "hat", "hats" }, { "coat", "coats" }, { "clock", "clocks" },
            { "basket", "baskets" }, { "bag", "bags" }, { "plate", "plates" },
            { "knife", "knives" }, { "boat", "boats" }, { "flower", "flowers" } });
    for (const auto* group : { &words.people, &words.occupations, &words.animals, &words.things })
        words.nouns.insert(words.nouns.end(), group->begin(), group->end());
    add_names(words.names, Gender::female,
        { "alice", "mary", "anna", "emma", "julia", "laura", "clara", "helen", "susan", "linda",
            "nora", "ruth", "sarah", "lucy", "jane", "kate" });
    add_names(words.names, Gender::male,
        { "bob", "john", "tom", "peter", "paul", "david", "james", "henry", "george", "frank",
            "jack", "sam", "ben", "max", "leo", "simon" });
    words.places = { "park", "school", "shop", "market", "library", "station", "beach", "museum",
        "office", "church", "farm", "zoo", "river", "hospital", "forest", "castle" };
}

void add_verbs(Lexicon& words)
{
    words.animate_verbs = { { "run", "runs" }, { "sleep", "sleeps" }, { "jump", "jumps" },
        { "walk", "walks" }, { "dance", "dances" }, { "sing", "sings" }, { "swim", "swims" },
        { "smile", "smiles" }, { "laugh", "laughs" }, { "cry", "cries" }, { "wait", "waits" },
        { "play", "plays" }, { "eat", "eats" }, { "rest", "rests" } };
    words.thing_verbs = { { "fall", "falls" }, { "move", "moves" }, { "break", "breaks" },
        { "shine", "shines" }, { "vanish", "vanishes" }, { "remain", "remains" },
        { "matter", "matters" }, { "burn", "burns" } };
    words.transitive_verbs = { { "like", "likes" }, { "watch", "watches" }, { "love", "loves" },
        { "know", "knows" }, { "follow", "follows" }, { "hear", "hears" }, { "need", "needs" },
        { "find", "finds" }, { "admire", "admires" }, { "avoid", "avoids" }, { "see", "sees" },
        { "remember", "remembers" } };
    words.transitive_past = { "liked", "watched", "loved", "knew", "followed", "heard", "needed",
        "found", "admired", "avoided", "saw", "remembered" };
    words.animate_past = { "slept", "jumped", "danced", "sang", "smiled", "laughed", "cried",
        "waited", "rested", "arrived" };
}

void add_facts(Lexicon& words)
{
    words.facts = { { "france", "paris" }, { "italy", "rome" }, { "spain", "madrid" },
        { "germany", "berlin" }, { "england", "london" }, { "portugal", "lisbon" },
        { "greece", "athens" }, { "austria", "vienna" }, { "poland", "warsaw" },
        { "hungary", "budapest" }, { "ireland", "dublin" }, { "norway", "oslo" },
        { "sweden", "stockholm" }, { "denmark", "copenhagen" }, { "finland", "helsinki" },
        { "russia", "moscow" }, { "ukraine", "kyiv" }, { "turkey", "ankara" }, { "egypt", "cairo" },
        { "kenya", "nairobi" }, { "japan", "tokyo" }, { "china", "beijing" },
        { "thailand", "bangkok" }, { "vietnam", "hanoi" }, { "canada", "ottawa" },
        { "cuba", "havana" }, { "peru", "lima" }, { "chile", "santiago" },
        { "belgium", "brussels" }, { "romania", "bucharest" }, { "croatia", "zagreb" },
        { "iran", "tehran" } };
    words.numbers = { "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
        "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
        "nineteen", "twenty" };
}

Lexicon build()
{
    Lexicon words;
    add_nouns(words);
    add_verbs(words);
    add_facts(words);
    words.animate_adjectives = { "old", "young", "big", "small", "happy", "clever", "kind", "quiet",
        "brave", "tired", "hungry", "sad" };
    words.thing_adjectives = { "old", "new", "big", "small", "red", "blue", "green", "heavy",
        "broken", "clean", "cheap", "round" };
    words.determiners = { "the", "my", "your", "our", "their" };
    words.prepositions = { "near", "behind", "beside", "opposite", "by" };
    words.openers = { "today ,", "sometimes ,", "of course ,", "in fact ,", "at home ,",
        "as always ,", "at night ,", "in the morning ," };
    return words;
}

} // namespace

const Lexicon& lexicon()
{
    static const Lexicon words = build();
    return words;
}

} // namespace circuitloom::demo
