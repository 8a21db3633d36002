#include "core/demo/constructions.h"

#include <algorithm>

namespace circuitloom::demo {

namespace {

const Words counting_verbs{ "counts", "reads", "writes", "says", "shouts", "whispers" };
constexpr std::size_t wrong_answers = 3;

/// A word that may stand in a list to be copied.
const std::string& draw_item(Random& random)
{
    const auto& words = lexicon();
    switch (random.below(4)) {
    case 0:
        return random.pick(words.names).text;
    case 1:
        return random.pick(words.places);
    case 2:
        return random.pick(random.chance(0.5) ? words.animate_adjectives : words.thing_adjectives);
    default:
        return random.pick(words.nouns).singular;
    }
}

bool contains(const Words& words, const std::string& word)
{
    return std::find(words.begin(), words.end(), word) != words.end();
}

} // namespace

Sentence counting(Random& random)
{
    const auto& numbers = lexicon().numbers;
    Sentence sentence;
    sentence.words = { random.pick(lexicon().names).text, random.pick(counting_verbs), ":" };
    const std::size_t length = 3 + random.below(5);
    const std::size_t first = random.below(numbers.size() - length + 1);
    const std::size_t asked = 2 + random.below(length - 2);
    for (std::size_t i = 0; i < length; ++i) {
        const std::string& number = numbers[first + i];
        if (i == asked) {
            Words wrong;
            while (wrong.size() < wrong_answers) {
                const std::string& candidate = random.pick(numbers);
                if (candidate != number && !contains(wrong, candidate))
                    wrong.push_back(candidate);
            }
            ask(sentence, number, std::move(wrong));
        } else {
            sentence.words.push_back(number);
        }
    }
    // Who counts from where: however far it goes, it is the same row.
    sentence.identity = 4;
    sentence.words.push_back(".");
    return sentence;
}

Sentence copying(Random& random)
{
    const std::size_t length = 4 + random.below(5);
    Words items;
    while (items.size() < length) {
        const std::string& item = draw_item(random);
        if (!contains(items, item))
            items.push_back(item);
    }
    Sentence sentence;
    sentence.words = items;
    sentence.words.push_back(";");
    const std::size_t asked = random.below(length);
    for (std::size_t i = 0; i < length; ++i) {
        if (i == asked) {
            Words wrong = items;
            wrong.erase(wrong.begin() + static_cast<std::ptrdiff_t>(i));
            random.shuffle(wrong);
            wrong.resize(wrong_answers);
            ask(sentence, items[i], std::move(wrong));
        } else {
            sentence.words.push_back(items[i]);
        }
    }
    sentence.identity = length;
    sentence.takes_opener = false;
    sentence.words.push_back(".");
    return sentence;
}

} // namespace circuitloom::demo
