#pragma once

#include "core/graph/circuit.h"
#include "core/graph/computational_graph.h"

#include <cstddef>
#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace circuitloom {

/// One circuit of a series.
struct SeriesCircuit
{
    Circuit circuit;
    std::vector<std::string> notes; ///< a sentence for each thing that was not taken over as it was
};

/// Why a circuit of a series is not used, as a sentence.
struct UnusedCircuit
{
    std::string name; ///< of its file; of a log's with the line, as in `log.jsonl:12`
    std::string why;
    bool operator==(const UnusedCircuit&) const = default;
};
/// Of a message that may begin with the place, which ends with the name.
UnusedCircuit unused_circuit(const std::string& name, const std::string& message);

/// Circuits that another program stored, each of another step, read one after another. Their scores
/// are as the program wrote them; what it measured beside them is not known.
struct CircuitSeries
{
    std::string name; ///< of the file or folder
    std::string layout; ///< what the files are, in words
    std::string model; ///< as the files name it; empty where they do not
    ComputationalGraph graph;
    std::vector<int> steps; ///< ascending, each once
    /// That of steps[index]. Throws InputError that names the file, and the line where it has some:
    /// that circuit is damaged, which says nothing of the others.
    std::function<SeriesCircuit(std::size_t index)> read;
    std::vector<std::string> notes; ///< on the series as a whole
    std::vector<std::string> names; ///< beside the steps, as UnusedCircuit has them
    std::vector<UnusedCircuit> unused; ///< damaged ones that were seen already, not among `steps`
};

struct SeriesOptions
{
    /// Of the model, where it is known. Else it is what the files say: graph JSON of EAP-IG has the
    /// numbers of layers and heads, and a `<k>` and `<v>` for every query head; of the others the names
    /// of the edges tell. The MLP's width is then not known and counts as 1.
    std::optional<GraphShape> shape;
    /// The strongest edges that are taken of a circuit; 0: all. Where a file marks edges as the
    /// circuit only these count, else all that are not scored 0.
    std::size_t top_n = 1000;
};

/// Graph JSON (core/formats/graph_json.h), a file for each step. The step is the number at the end
/// of a file's name, as in `500.json` or `ioi_checkpoint_500.json`; a single file may have none and
/// is of step 0. The first file that is sound says which graph it is. Throws InputError where files
/// have no step or share one, and where none is sound as parse_graph_json() does for the first.
CircuitSeries open_graph_json_series(
    std::span<const std::filesystem::path> files, std::string name, const SeriesOptions& options);

/// The log that the repository of arXiv 2502.06106 writes: JSON lines, of which those count that
/// have a field `edges`, `{"step": 100, "edges": [["head.0.1", "head.2.3.q", 0.5], …]}`. Nodes are
/// called `head.L.H` (a target also `head.L.H.q`, `.k` or `.v`) and `mlp.L`. A line with anything
/// else is not used. Throws InputError, naming file and line, where no line can be used.
CircuitSeries open_circuit_log(const std::filesystem::path& file, const SeriesOptions& options);

/// What `paths` hold, in their order: every folder of graph JSON and every `.jsonl` log is a series;
/// files of graph JSON are one together. Throws InputError as the two above do, and where a path is
/// none of these or does not exist.
std::vector<CircuitSeries> open_circuit_series(
    std::span<const std::filesystem::path> paths, const SeriesOptions& options);

/// The strongest `top_n` edges (0: all) of a series' circuit, strongest first.
SeriesCircuit strongest_of(Circuit circuit, std::size_t top_n);
/// The graph that an import may have without a model that vouches for it. Throws InputError, named
/// by `origin`, where it would be larger than any published model's.
ComputationalGraph graph_of_series(
    const GraphShape& shape, const GraphOptions& options, const std::string& origin);

} // namespace circuitloom
