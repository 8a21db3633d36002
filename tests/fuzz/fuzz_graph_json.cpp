// Every input is held against two models, one of which shares its keys and values among heads.

#include "core/formats/graph_json.h"
#include "tests/fuzz/fuzz_target.h"

#include <cmath>

namespace circuitloom::fuzz {

namespace {

constexpr GraphShape plain{ 2, 2, 2, 8 };
constexpr GraphShape shared{ 2, 4, 2, 8 };

void use_for(const GraphShape& shape, std::string_view input)
{
    const ScoredGraph scored
        = read_naming_origin([&] { return parse_graph_json(input, origin, shape); });
    require(scored.scores.size() == scored.graph.edges().size(), "every edge has a score");
    for (const float score : scored.scores)
        require(std::isfinite(score), "scores are finite");
    require(scored.circuit.empty() || scored.circuit.size() == scored.scores.size(),
        "a mark for every edge or none");
    const ScoredGraph again = parse_graph_json(scores_json(scored, "model"), "written", shape);
    require(again.scores == scored.scores && again.circuit == scored.circuit,
        "what is written is read back");
    if (scored.graph.options() == GraphOptions{})
        eap_ig_json(scored, 8);
}

} // namespace

void use_as_file(std::string_view input)
{
    bool fits_plain = true;
    try {
        use_for(plain, input);
    } catch (const InputError& refusal) {
        require_clear(refusal);
        fits_plain = false;
    }
    try {
        use_for(shared, input);
    } catch (const InputError&) {
        if (!fits_plain)
            throw;
    }
}

} // namespace circuitloom::fuzz
