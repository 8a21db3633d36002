#include "app/cli/commands/certainty_report.h"

#include "app/cli/commands/report_text.h"
#include "app/cli/commands/table.h"

#include "core/base/counted.h"

#include <algorithm>
#include <span>

namespace circuitloom {

namespace {

constexpr std::size_t most_rows = 16; // each a block of iterations where there are more

template <class Value>
std::optional<double> mean(std::span<const CertaintyPoint> points, Value value)
{
    double sum = 0;
    int count = 0;
    for (const CertaintyPoint& point : points)
        if (const std::optional<double> one = value(point)) {
            sum += *one;
            ++count;
        }
    return count > 0 ? std::optional(sum / count) : std::nullopt;
}

std::optional<double> stability(const CertaintyPoint& point)
{
    return point.sure.stability.jaccard;
}

std::optional<double> stability_by_chance(const CertaintyPoint& point)
{
    return point.sure.stability.chance;
}

std::string steps_text(std::span<const CertaintyPoint> points)
{
    const int first = points.front().step;
    const int last = points.back().step;
    return std::to_string(first) + (last == first ? "" : " to " + std::to_string(last));
}

std::string table_of(const RunCertainty& found)
{
    std::vector<Table::Column> columns{ { "steps" }, { "stability", true }, { "by chance", true },
        { "core", true }, { "contingent", true }, { "noise", true }, { "1 - Jaccard", true },
        { "by chance", true } };
    if (!found.on_probe) {
        columns.push_back({ "of the batch", true });
        columns.push_back({ "beyond it", true });
    }
    Table table(columns);
    const std::span<const CertaintyPoint> all(found.iterations);
    const std::size_t rows = std::min(most_rows, all.size());
    const int count_decimals = rows == all.size() ? 0 : 1; // of one iteration, or a mean over several
    for (std::size_t i = 0; i < rows; ++i) {
        const std::size_t begin = i * all.size() / rows;
        const auto block = all.subspan(begin, (i + 1) * all.size() / rows - begin);
        std::vector<std::string> cells{ steps_text(block),
            fixed_or_dash(mean(block, stability), 3),
            fixed_or_dash(mean(block, stability_by_chance), 3) };
        for (const auto count :
            { &CertaintyCounts::core, &CertaintyCounts::contingent, &CertaintyCounts::noise })
            cells.push_back(fixed_or_dash(
                mean(block,
                    [count](const CertaintyPoint& point) {
                        return std::optional<double>(point.counts.*count);
                    }),
                count_decimals));
        cells.push_back(fixed_or_dash(mean(block, [](const auto& p) { return p.distance; }), 3));
        cells.push_back(
            fixed_or_dash(mean(block, [](const auto& p) { return p.distance_by_chance; }), 3));
        if (!found.on_probe) {
            cells.push_back(
                fixed_or_dash(mean(block, [](const auto& p) { return p.of_the_batch; }), 3));
            cells.push_back(
                fixed_or_dash(mean(block, [](const auto& p) { return p.beyond(); }), 3));
        }
        table.add(std::move(cells));
    }
    return table.text();
}

} // namespace

std::string certainty_report(const RunCertainty& found)
{
    const IterationCertainty& first = found.iterations.front().sure;
    std::string text = "run " + std::to_string(found.run.id.value) + ", "
        + printable(found.run.description.name) + ": "
        + counted(found.iterations.size(), "iteration") + ", " + std::to_string(first.resamples)
        + " resamples of " + counted(static_cast<std::size_t>(first.examples), "example") + " "
        + (found.on_probe ? "of the probe, the same at every iteration" : "of each step's batch")
        + "\n\n" + table_of(found)
        + "\nStability is the mean Jaccard similarity of two resamples' circuits; 1 - Jaccard is "
          "the distance of a circuit from that of the iteration before, a share of the edges that "
          "either has, from 0 (the same edges) to 1 (none in common); by chance is what random "
          "circuits of these sizes have. Core edges are in at least "
        + percent(found.bounds.core, 0) + " of the resamples, noise in fewer than "
        + percent(found.bounds.noise, 0) + ".\n";
    if (!found.on_probe)
        text += "Of the batch is 1 - Jaccard of two resamples of one iteration; beyond it, the change "
                "beyond the batch, is what the first has more: near 0 or below, other examples "
                "explain the change.\n";
    return text;
}

std::string certainty_report_json(const RunCertainty& found)
{
    nlohmann::ordered_json json{ { "run", found.run.id.value },
        { "name", found.run.description.name },
        { "score_on", found.on_probe ? "probe" : "batch" },
        { "core_from", found.bounds.core }, { "noise_below", found.bounds.noise },
        { "iterations", nlohmann::ordered_json::array() } };
    for (const CertaintyPoint& point : found.iterations) {
        nlohmann::ordered_json one{ { "iteration", point.sure.iteration.value },
            { "step", point.step }, { "resamples", point.sure.resamples },
            { "examples", point.sure.examples }, { "blocks", point.sure.blocks },
            { "stability", point.sure.stability.jaccard },
            { "stability_by_chance", point.sure.stability.chance },
            { "core", point.counts.core }, { "contingent", point.counts.contingent },
            { "noise", point.counts.noise },
            { "sign_certain", point.counts.sign_certain },
            { "distance", number(point.distance) },
            { "distance_by_chance", number(point.distance_by_chance) } };
        if (!found.on_probe) {
            one["of_the_batch"] = number(point.of_the_batch);
            one["beyond_the_batch"] = number(point.beyond());
        }
        json["iterations"].push_back(std::move(one));
    }
    return written(json);
}

} // namespace circuitloom
