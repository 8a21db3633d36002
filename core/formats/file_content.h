#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace circuitloom {

/// What lies under a name, as far as it matters for whether a result may take its place: every kind
/// of result has a kind of its own, and what is read for one has others.
enum class FileContent
{
    nothing, ///< no file, or an empty one
    experiment,
    model, ///< weights, or what a model's folder holds beside them
    scores, ///< scored edges: scores.json, or the graph JSON of EAP-IG
    circuit, ///< the circuit of an iteration as JSON
    figures, ///< what `evaluate` found
    items, ///< what a model said of every item of a suite
    task,
    suite,
    json, ///< of another kind
    csv, ///< a table that Circuitloom wrote
    dot,
    graphml,
    gexf,
    parquet, ///< a table
    attribution, ///< a graph of circuit-tracer
    toml, ///< a run's configuration
    text,
    page, ///< HTML: a report
    picture, ///< PNG, SVG or PDF
    film, ///< MP4, WebM or GIF
    other
};

/// By the file's first 64 KiB, and by whether a model lies beside it.
FileContent content_of(const std::filesystem::path& file);

/// Of a result whose name ends so, as in `csv`; other where no result does.
FileContent content_by_ending(std::string_view ending);

/// As in `a task`, for a message.
std::string name_of(FileContent content);

} // namespace circuitloom
