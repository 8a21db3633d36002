#include "core/base/error.h"
#include "core/demo/constructions.h"

#include <array>
#include <set>

namespace circuitloom::demo {

namespace {

/// So many draws in a row without a new sentence mean that there are hardly any left.
constexpr int patience = 10000;
constexpr std::string_view held_out_suffix = "-held-out";
constexpr const char* changed_country = "france";
constexpr const char* changed_capital = "rome";

/// The same sentence with its wrong word in the text.
Sentence exchange(Sentence sentence)
{
    std::swap(sentence.words[sentence.critical], sentence.alternatives.front());
    return sentence;
}

Sentence present_tense(Random& random)
{
    const std::size_t kind = random.below(subject_shapes + 1);
    return kind == subject_shapes ? be_agreement(random)
                                  : agreement(random, static_cast<SubjectShape>(kind));
}

Sentence changed_fact(Random& random)
{
    const auto& facts = lexicon().facts;
    std::size_t country = 0;
    while (facts[country].country != changed_country)
        ++country;
    Sentence sentence = fact_about(random, country);
    sentence.alternatives = { changed_capital };
    return sentence;
}

struct Task
{
    const char* name;
    Sentence (*draw)(Random&);
    bool wrong; ///< the text has the alternative instead of the right word
};

constexpr std::array tasks{
    Task{ "disagreement", present_tense, true },
    Task{ "agreement", present_tense, false },
    Task{ "debias", [](Random& r) { return stereotype(r, 1.0); }, false },
    Task{ "changed-fact", changed_fact, true },
};

const Task& find_task(std::string_view name)
{
    for (const auto& task : tasks)
        if (name == task.name || name == task.name + std::string(held_out_suffix))
            return task;
    std::string known;
    for (const auto& task : task_names())
        known += (known.empty() ? "" : ", ") + task;
    throw InputError("the demo language has no task '" + std::string(name) + "'; it has " + known);
}

/// A quarter of the sentences of Part::tasks is for evaluation alone.
bool is_held_out(const Sentence& sentence)
{
    return stable_hash("held out: " + sentence.key()) % 4 == 0;
}

TargetSentence to_target(const Sentence& sentence)
{
    const int start = static_cast<int>(sentence.prompt().size());
    const int end = start + 1 + static_cast<int>(sentence.answer().size());
    return { sentence.text(), start, end, " " + sentence.alternatives.front() };
}

} // namespace

std::vector<std::string> task_names()
{
    std::vector<std::string> names;
    for (const auto& task : tasks) {
        names.emplace_back(task.name);
        names.push_back(task.name + std::string(held_out_suffix));
    }
    return names;
}

std::vector<TargetSentence> task(std::string_view name, std::size_t examples, std::uint64_t seed)
{
    const Task& source = find_task(name);
    const bool held_out = name != source.name;
    Random random(seed ^ stable_hash(name));
    std::vector<TargetSentence> drawn;
    std::set<std::string> texts;
    // A construction may know fewer sentences than are wanted.
    for (int misses = 0; drawn.size() < examples && misses < patience; ++misses) {
        Sentence sentence = draw_in(Part::tasks, random, source.draw);
        if (is_held_out(sentence) != held_out || !texts.insert(sentence.text()).second)
            continue;
        misses = 0;
        drawn.push_back(
            to_target(source.wrong ? exchange(std::move(sentence)) : std::move(sentence)));
    }
    return drawn;
}

} // namespace circuitloom::demo
