// Circuits of other programs: a log of JSON lines, or graph JSON that tells of its own model. The
// input's first line says which, as `jsonl` or `json`.
#include "core/formats/circuit_series.h"
#include "tests/fuzz/fuzz_target.h"
#include "tests/fuzz/input_folder.h"

#include <cmath>

namespace circuitloom::fuzz {

namespace {

constexpr std::size_t top_n = 100;

void use_series(const CircuitSeries& series)
{
    require(series.names.size() == series.steps.size(), "every step has a name");
    for (const UnusedCircuit& one : series.unused)
        require_clear(InputError(one.why));
    for (std::size_t i = 0; i < series.steps.size(); ++i) {
        require(i == 0 || series.steps[i - 1] < series.steps[i], "steps ascend");
        try {
            const Circuit circuit = series.read(i).circuit;
            require(circuit.size() <= top_n, "the strongest edges are taken");
            for (const ScoredEdge& scored : circuit)
                require(std::isfinite(scored.score) && scored.edge.value >= 0
                        && static_cast<std::size_t>(scored.edge.value)
                            < series.graph.edges().size(),
                    "an edge is one of the graph, with a score");
        } catch (const InputError& refusal) { // which says nothing of the others
            require_clear(refusal);
        }
    }
}

} // namespace

void use_as_file(std::string_view input)
{
    static const InputFolder folder;
    const auto [ending, content] = marked(input);
    if (ending != "jsonl" && ending != "json")
        throw InputError("input file: its first line is neither jsonl nor json.");
    const std::vector<std::filesystem::path> files{ folder.write(ending, content) };
    for (const CircuitSeries& series : open_circuit_series(files, { .shape = {}, .top_n = top_n }))
        use_series(series);
}

} // namespace circuitloom::fuzz
