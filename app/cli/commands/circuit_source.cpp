#include "app/cli/commands/circuit_source.h"

#include "core/architecture/model_config.h"
#include "core/architecture/model_files.h"
#include "core/base/error.h"
#include "core/formats/graph_json.h"
#include "core/graph/edge_order.h"
#include "core/run/model_reference.h"
#include "core/store/experiment_reader.h"

#include <algorithm>
#include <cstddef>
#include <variant>

namespace circuitloom {

namespace {

CircuitSource of_iteration(const RunMoment& moment, int top_n)
{
    if (moment.kind != RunMoment::Kind::iteration)
        throw InputError(
            to_string(moment) + ": a circuit is of an iteration; write its number after the @.");
    const ExperimentReader reader(moment.file);
    const RunDescription run = reader.run(moment.run).description;
    const ComputationalGraph graph(run.shape, run.graph);
    CircuitSource circuit{ {}, run.graph };
    Circuit kept = strongest_first(reader.circuit(moment.run, { moment.number }));
    if (top_n > 0)
        kept.resize(std::min(kept.size(), static_cast<std::size_t>(top_n)));
    for (const ScoredEdge& edge : kept)
        circuit.edges.push_back(graph.edge_name(edge.edge));
    return circuit;
}

CircuitSource of_file(const std::string& file, const std::string& model, int top_n)
{
    const ModelFiles files = open_model_description(untouched_model(model));
    const ScoredGraph scored = read_graph_json(
        file, parse_model_config(files.config_json, files.config_origin).graph_shape());
    CircuitSource circuit{ {}, scored.graph.options() };
    if (top_n > 0) {
        const std::vector<float> scores(scored.scores.begin(), scored.scores.end());
        for (const ScoredEdge& edge : strongest_edges(scores, static_cast<std::size_t>(top_n)))
            circuit.edges.push_back(scored.graph.edge_name(edge.edge));
        return circuit;
    }
    for (std::size_t i = 0; i < scored.circuit.size(); ++i)
        if (scored.circuit[i])
            circuit.edges.push_back(scored.graph.edge_name({ static_cast<std::int32_t>(i) }));
    if (circuit.edges.empty())
        throw InputError(file
            + " marks no edge as the circuit's; say with --top-n how many of the best are it.");
    return circuit;
}

} // namespace

CircuitSource read_circuit(const std::string& source, const std::string& model, int top_n)
{
    if (source.find(".loom") != std::string::npos) {
        const ModelReference reference = parse_model_reference(source);
        if (const auto* moment = std::get_if<RunMoment>(&reference))
            return of_iteration(*moment, top_n);
    }
    return of_file(source, model, top_n);
}

} // namespace circuitloom
