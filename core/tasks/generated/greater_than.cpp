#include "core/tasks/generated/draws.h"

#include <vector>

namespace circuitloom::generated {

namespace {

const std::vector<std::string> events{ "war", "voyage", "expedition", "project", "conflict",
    "dispute", "campaign", "construction", "alliance", "partnership", "rebellion", "strike",
    "famine", "siege", "reign", "study", "journey", "investigation", "exhibition", "debate",
    "trial", "occupation", "experiment", "struggle", "crisis", "peace", "revolution", "reform",
    "mission", "tour" };

const std::vector<std::string> patterns{
    "The {event} lasted from the year {from} to the year {century}",
    "The {event} began in the year {from} and ended in the year {century}",
    "They say that the {event} started in {from} and went on until {century}",
    "According to the book, the {event} took place between {from} and {century}",
};

} // namespace

TaskExample greater_than(Random& random)
{
    const std::size_t decade = 1 + random.below(8);
    const std::size_t later = decade + 1 + random.below(9 - decade);
    const std::size_t earlier = random.below(decade);
    const std::string digit = std::to_string(random.below(10));
    const std::string century = std::to_string(11 + random.below(9));
    const std::string start = century + std::to_string(decade) + std::to_string(random.below(10));
    const std::string scene
        = fill(random.pick(patterns), { { "event", random.pick(events) }, { "century", century } });
    return question(fill(scene, { { "from", start } }), std::to_string(later) + digit,
        std::to_string(earlier) + digit, fill(scene, { { "from", century + "01" } }));
}

} // namespace circuitloom::generated
