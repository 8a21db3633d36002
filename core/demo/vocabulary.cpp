#include "core/demo/lexicon.h"
#include "core/demo/sentence.h"

#include <set>

namespace circuitloom::demo {

namespace {

/// The words of the closed classes and of the fixed phrases in the constructions.
constexpr const char* function_words
    = ". , ; : and when after because that to a the at is are was were this these those "
      "he she they himself herself themselves capital city of "
      "said thought knew believed hoped claimed "
      "hurt washed praised blamed helped dressed taught introduced "
      "says thinks claims believes mentions writes "
      "counts reads shouts whispers "
      "went walked met arrived talked gave handed offered sold danced played waited "
      "thanked greeted hugged watched called";

Words all_words()
{
    const Lexicon& lex = lexicon();
    Words words;
    append(words, function_words);
    for (const auto& noun : lex.nouns)
        words.insert(words.end(), { noun.singular, noun.plural });
    for (const auto* verbs : { &lex.animate_verbs, &lex.thing_verbs, &lex.transitive_verbs })
        for (const auto& verb : *verbs)
            words.insert(words.end(), { verb.singular, verb.plural });
    for (const auto& name : lex.names)
        words.push_back(name.text);
    for (const auto& fact : lex.facts)
        words.insert(words.end(), { fact.country, fact.capital });
    for (const auto* list : { &lex.places, &lex.transitive_past, &lex.animate_past,
             &lex.animate_adjectives, &lex.thing_adjectives, &lex.determiners, &lex.prepositions,
             &lex.openers, &lex.numbers })
        for (const auto& phrase : *list)
            append(words, phrase);
    return words;
}

Words sorted(const Words& words)
{
    const std::set<std::string> unique(words.begin(), words.end());
    return { unique.begin(), unique.end() };
}

} // namespace

const std::vector<std::string>& vocabulary()
{
    static const Words words = sorted(all_words());
    return words;
}

} // namespace circuitloom::demo
