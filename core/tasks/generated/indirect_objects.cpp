#include "core/tasks/generated/draws.h"
#include "core/tasks/generated/words.h"

namespace circuitloom::generated {

namespace {

/// No name comes first: with a space before it, it is the same token everywhere.
const std::vector<std::string> patterns{
    "When {A} and {B} went to the {place}, {S} gave a {object} to",
    "After {A} and {B} had arrived at the {place}, {S} handed a {object} to",
    "While {A} and {B} were waiting near the {place}, {S} passed the {object} to",
    "Then {A} and {B} met at the {place}, and {S} offered a {object} to",
    "Yesterday {A} and {B} walked to the {place}, where {S} showed the {object} to",
    "Later {A} and {B} had a long talk at the {place}, and {S} decided to give the {object} to",
    "The other day {A} and {B} found a {object} behind the {place}. At once {S} gave it to",
    "As {A} and {B} were leaving the {place}, {S} sold a {object} to",
};

/// Any name that is not among `taken`.
const std::string& draw_name(Random& random, std::initializer_list<std::string_view> taken)
{
    for (;;) {
        const std::string& name = random.pick(random.chance(0.5) ? words().women : words().men);
        bool free = true;
        for (const std::string_view other : taken)
            free = free && name != other;
        if (free)
            return name;
    }
}

} // namespace

TaskExample indirect_object(Random& random)
{
    const std::string& receiver = draw_name(random, {});
    const std::string& giver = draw_name(random, { receiver });
    const std::string& stranger = draw_name(random, { receiver, giver });
    const bool receiver_first = random.chance(0.5);
    const std::string scene = fill(random.pick(patterns),
        { { "A", receiver_first ? receiver : giver }, { "B", receiver_first ? giver : receiver },
            { "place", random.pick(words().places) }, { "object", random.pick(words().objects) } });
    return question(fill(scene, { { "S", giver } }), " " + receiver, " " + giver,
        fill(scene, { { "S", stranger } }));
}

} // namespace circuitloom::generated
