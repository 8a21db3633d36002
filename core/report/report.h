#pragma once

#include "core/graph/circuit.h"
#include "core/run/run_config.h"
#include "core/store/experiment_reader.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace circuitloom {

/// What a report on some runs is made of, and the report itself: one HTML page that loads nothing.
/// Texts are plain texts, as files have them; the page escapes them. Pictures come finished, since
/// they are drawn by who knows fonts.

/// The same picture for a light and for a dark page: two SVG elements, which are trusted.
struct ReportPicture
{
    std::string caption;
    std::string light;
    std::string dark;
};

/// A plot over the steps.
struct ReportPlot
{
    ReportPicture picture;
    double left = 0; ///< where step 0 stands, as a share of the picture's width
    double right = 1; ///< where `last_step` does
    double last_step = 1;
    double top = 0; ///< where the lines' room begins, below title and legend, as a share of its height
    double bottom = 1; ///< where it ends
};

/// A node where the page draws it: the centre, in units of PlacedCircuit.
struct PlacedNode
{
    std::string name; ///< `a2.h4`
    std::string label; ///< `h4`
    double x = 0;
    double y = 0;
    double width = 0;
    double height = 0;
    bool shown = true; ///< as a dot, where it has no edge; the others only with one
};

/// An edge as a cubic Bézier curve: x and y of its beginning, both control points and its end.
struct PlacedEdge
{
    EdgeId edge;
    int source = 0; ///< indices into PlacedCircuit::nodes
    int target = 0;
    std::array<double, 8> curve{};
};

struct PlacedBand
{
    int layer = 0;
    double x = 0;
    double y = 0;
    double width = 0;
    double height = 0;
};

/// Where everything that a run's circuits ever have is drawn; nothing moves from one to the next.
struct PlacedCircuit
{
    double width = 0;
    double height = 0;
    double widest = 5; ///< the width of the strongest edge
    std::vector<PlacedNode> nodes;
    std::vector<PlacedBand> bands;
    std::vector<PlacedEdge> edges; ///< every one that a circuit of the report has
};

struct ReportCircuit
{
    int iteration = 0;
    Circuit edges;
};

struct ReportRun
{
    RunSummary summary;
    std::optional<RunConfig> config; ///< empty where the file's cannot be read, as of an imported run
    std::vector<IterationRecord> iterations;
    std::vector<EvaluationRecord> evaluations;
    std::shared_ptr<const ComputationalGraph> graph;
    /// In order; the first and the last iteration's are among them.
    std::vector<ReportCircuit> circuits;
    int stride = 1; ///< every how manyth circuit is there

    PlacedCircuit placed;
    std::vector<ReportPicture> pictures;
    std::string light_color; ///< of its curves, as in "#138368"
    std::string dark_color;
};

/// Reads what of a run is not drawn. Where all circuits together have more than `most_scores`
/// edges, only every second, third, … one is kept, and the last. `between` is called before each
/// circuit, and may throw to end it. Throws as ExperimentReader does.
ReportRun read_report_run(const ExperimentReader& reader, RunId run, std::size_t most_scores,
    const std::function<void()>& between = {});

/// The iteration that `run` changed most at, beside its first and last: the largest of
/// large_changes(), where there is one, else the middle one. Empty below three iterations.
std::optional<int> most_changed_iteration(const ReportRun& run);

/// The parts of the page that are the same for every report: HTML with {{names}} in braces, CSS,
/// and a script. `script_hash`: base64 of the script's SHA-256, by which the page allows it.
struct ReportTemplate
{
    std::string page;
    std::string style;
    std::string script;
    std::string script_hash;
};

struct Report
{
    std::string title;
    bool own_title = false; ///< one that was asked for, not made of names
    std::filesystem::path file; ///< the experiment
    std::int64_t made = 0; ///< seconds since 1970, UTC
    std::string version; ///< of the program
    std::vector<ReportRun> runs; ///< at least one
    std::vector<ReportPlot> plots;
    ReportTemplate parts;
};

/// The page, UTF-8. `between` is called before each of its parts, and may throw to end it.
std::string report_page(const Report& report, const std::function<void()>& between = {});

} // namespace circuitloom
