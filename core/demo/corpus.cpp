#include "core/demo/constructions.h"

#include <array>

namespace circuitloom::demo {

namespace {

struct Share
{
    double weight;
    Sentence (*draw)(Random&);
};

// What is harder to learn is written more often: indirect objects and copying above all.
constexpr std::array shares{
    Share{ 6, [](Random& r) { return agreement(r, SubjectShape::simple); } },
    Share{ 6, [](Random& r) { return agreement(r, SubjectShape::adjective); } },
    Share{ 10, [](Random& r) { return agreement(r, SubjectShape::attractor); } },
    Share{ 9, [](Random& r) { return agreement(r, SubjectShape::relative); } },
    Share{ 9, be_agreement },
    Share{ 11, was_were },
    Share{ 5, this_these },
    Share{ 7, reflexive },
    Share{ 4, he_she },
    Share{ 1.5, they },
    Share{ 2.5, [](Random& r) { return stereotype(r); } },
    Share{ 5, fact },
    Share{ 3, bare_fact },
    Share{ 4, counting },
    Share{ 9, copying },
    Share{ 14, indirect_object },
    Share{ 5, other_person },
};

Sentence draw_any(Random& random)
{
    double total = 0;
    for (const auto& share : shares)
        total += share.weight;
    double left = random.unit() * total;
    for (const auto& share : shares) {
        left -= share.weight;
        if (left < 0)
            return draw_in(Part::corpus, random, share.draw);
    }
    return draw_in(Part::corpus, random, shares.back().draw);
}

} // namespace

std::string corpus_sentence(Random& random)
{
    // Mostly a single sentence, sometimes two or three in a row.
    std::string line = draw_any(random).text();
    for (int more = 0; more < 2 && random.chance(0.3); ++more) {
        line += ' ';
        line += draw_any(random).text();
    }
    return line;
}

} // namespace circuitloom::demo
