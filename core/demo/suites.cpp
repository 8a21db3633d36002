#include "core/base/error.h"
#include "core/demo/constructions.h"

#include <array>
#include <set>

namespace circuitloom::demo {

namespace {

/// So many draws in a row without a new item mean that there are hardly any left.
constexpr int patience = 10000;

struct Suite
{
    const char* name;
    Sentence (*draw)(Random&);
};

constexpr std::array suites{
    Suite{ "agreement/simple", [](Random& r) { return agreement(r, SubjectShape::simple); } },
    Suite{ "agreement/adjective", [](Random& r) { return agreement(r, SubjectShape::adjective); } },
    Suite{ "agreement/attractor", [](Random& r) { return agreement(r, SubjectShape::attractor); } },
    Suite{ "agreement/relative", [](Random& r) { return agreement(r, SubjectShape::relative); } },
    Suite{ "agreement/be", be_agreement },
    Suite{ "was-were", was_were },
    Suite{ "this-these", this_these },
    Suite{ "reflexives", reflexive },
    Suite{ "he-she", he_she },
    Suite{ "facts", fact },
    Suite{ "counting", counting },
    Suite{ "copying", copying },
    Suite{ "indirect-objects", indirect_object },
};

const Suite& find_suite(std::string_view name)
{
    for (const auto& suite : suites)
        if (suite.name == name)
            return suite;
    std::string known;
    for (const auto& suite : suites)
        known += std::string(known.empty() ? "" : ", ") + suite.name;
    throw InputError("the demo language has no suite '" + std::string(name) + "'; it has " + known);
}

Question to_question(const Sentence& sentence, Random& random)
{
    Words choices = sentence.alternatives;
    const std::size_t answer = random.below(choices.size() + 1);
    choices.insert(choices.begin() + static_cast<std::ptrdiff_t>(answer), sentence.answer());
    Question question{ sentence.prompt(), {}, static_cast<int>(answer) };
    for (const auto& choice : choices)
        question.choices.push_back(" " + choice);
    return question;
}

} // namespace

std::vector<std::string> suite_names()
{
    std::vector<std::string> names;
    for (const auto& suite : suites)
        names.emplace_back(suite.name);
    return names;
}

std::vector<Question> suite(std::string_view name, std::size_t items, std::uint64_t seed)
{
    const Suite& source = find_suite(name);
    Random random(seed ^ stable_hash(name));
    std::vector<Question> questions;
    std::set<std::string> asked;
    // A construction may know fewer sentences than are wanted.
    for (int misses = 0; questions.size() < items && misses < patience; ++misses) {
        const Sentence sentence = draw_in(Part::suites, random, source.draw);
        if (!asked.insert(sentence.prompt() + " " + sentence.answer()).second)
            continue;
        misses = 0;
        questions.push_back(to_question(sentence, random));
    }
    return questions;
}

} // namespace circuitloom::demo
