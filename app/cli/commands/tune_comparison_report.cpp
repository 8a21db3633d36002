#include "app/cli/commands/tune_compare.h"

#include "app/cli/commands/table.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>

namespace circuitloom {

namespace {

using Json = nlohmann::ordered_json;

enum class Unit
{
    share,
    plain,
    whole,
    milliseconds,
    mebibytes
};

/// One line of the table.
struct Figure
{
    std::string name;
    Unit unit = Unit::plain;
    std::optional<double> before; ///< the untouched model's
    /// By method, one value for each run that has one.
    std::map<std::string, std::vector<double>> values;
};

std::string number(double value, Unit unit)
{
    return unit == Unit::share ? fixed(100 * value, 1)
        : unit == Unit::plain  ? fixed(value, 3)
        : unit == Unit::whole  ? fixed(value, 0)
                               : fixed(value, 1);
}

double mean(const std::vector<double>& values)
{
    double sum = 0;
    for (const double value : values)
        sum += value;
    return sum / static_cast<double>(values.size());
}

// Of a sample; 0 of a single value.
double deviation(const std::vector<double>& values)
{
    double squares = 0;
    for (const double value : values)
        squares += (value - mean(values)) * (value - mean(values));
    return values.size() < 2 ? 0 : std::sqrt(squares / static_cast<double>(values.size() - 1));
}

/// Collects the figures of all runs, in the order in which they first come up.
class Figures
{
public:
    void add(const std::string& name, Unit unit, const std::string& method, double value,
        std::optional<double> before = {})
    {
        const auto [place, fresh] = index_.try_emplace(name, all_.size());
        if (fresh)
            all_.push_back({ name, unit, before, {} });
        all_[place->second].values[method].push_back(value);
    }
    const std::vector<Figure>& all() const { return all_; }

private:
    std::vector<Figure> all_;
    std::map<std::string, std::size_t> index_;
};

bool is_capability_accuracy(const EvaluationRecord& record)
{
    return record.suite != "task" && record.measure == "accuracy";
}

// The mean accuracy of the capabilities at one step.
std::optional<double> capabilities_at(const std::vector<EvaluationRecord>& evaluations, int step)
{
    std::vector<double> values;
    for (const EvaluationRecord& record : evaluations)
        if (record.step == step && is_capability_accuracy(record))
            values.push_back(record.value);
    return values.empty() ? std::nullopt : std::optional(mean(values));
}

void add_evaluations(
    Figures& figures, const std::vector<EvaluationRecord>& evaluations, const std::string& method)
{
    const int first = evaluations.front().step;
    const int last = evaluations.back().step;
    for (const bool task : { true, false })
        for (const EvaluationRecord& end : evaluations) {
            if (end.step != last || (end.suite == "task") != task)
                continue;
            std::optional<double> before;
            for (const EvaluationRecord& start : evaluations)
                if (start.step == first && start.suite == end.suite && start.measure == end.measure)
                    before = start.value;
            const bool share = end.measure.starts_with("accuracy");
            figures.add(end.suite + " " + end.measure + (share ? " (%)" : ""),
                share ? Unit::share : Unit::plain, method, end.value, before);
        }
    if (const auto after = capabilities_at(evaluations, last))
        figures.add("capabilities, mean accuracy (%)", Unit::share, method, *after,
            capabilities_at(evaluations, first));
}

// Where the task was learnt, and what was left of the rest there.
void add_marks(Figures& figures, const ExperimentReader& reader, const ComparedRun& run,
    const std::vector<EvaluationRecord>& evaluations)
{
    for (const MarkRecord& mark : reader.marks(run.run)) {
        if (!mark.label.starts_with("task reaches"))
            continue;
        figures.add(mark.label + " at step", Unit::whole, run.method, mark.step);
        if (const auto then = capabilities_at(evaluations, mark.step))
            figures.add("capabilities then (%)", Unit::share, run.method, *then);
    }
}

Figures figures_of(const ExperimentReader& reader, const std::vector<ComparedRun>& runs)
{
    Figures figures;
    for (const ComparedRun& run : runs) {
        const auto evaluations = reader.evaluations(run.run);
        if (!evaluations.empty()) {
            add_evaluations(figures, evaluations, run.method);
            add_marks(figures, reader, run, evaluations);
        }
    }
    for (const ComparedRun& run : runs) {
        std::vector<double> ratios;
        for (const IterationRecord& iteration : reader.iterations(run.run))
            ratios.push_back(iteration.tunable_ratio);
        figures.add("parameters that may change, mean (%)", Unit::share, run.method, mean(ratios));
        figures.add("steps", Unit::whole, run.method, reader.run(run.run).steps_done);
        figures.add(
            "time per step (ms)", Unit::milliseconds, run.method, 1000 * run.seconds_per_step);
        figures.add("peak memory of the process (MiB)", Unit::mebibytes, run.method,
            static_cast<double>(run.peak_bytes) / (1 << 20));
    }
    return figures;
}

std::vector<std::string> methods_in(const std::vector<ComparedRun>& runs)
{
    std::vector<std::string> methods;
    for (const ComparedRun& run : runs)
        if (std::ranges::find(methods, run.method) == methods.end())
            methods.push_back(run.method);
    return methods;
}

std::size_t runs_of(const std::vector<ComparedRun>& runs, const std::string& method)
{
    return static_cast<std::size_t>(std::ranges::count(runs, method, &ComparedRun::method));
}

} // namespace

std::string comparison_table(const ExperimentReader& reader, const std::vector<ComparedRun>& runs)
{
    const auto methods = methods_in(runs);
    std::vector<Table::Column> columns{ { "", false }, { "before", true } };
    for (const std::string& method : methods)
        columns.push_back({ method, true });
    Table table(columns);
    const Figures figures = figures_of(reader, runs);
    for (const Figure& figure : figures.all()) {
        if (figure.name.ends_with("accuracy-per-byte (%)")) // as JSON it is there
            continue;
        std::vector<std::string> cells{ figure.name,
            figure.before ? number(*figure.before, figure.unit) : "" };
        for (const std::string& method : methods) {
            const auto found = figure.values.find(method);
            if (found == figure.values.end()) {
                cells.emplace_back("–");
                continue;
            }
            std::string cell = number(mean(found->second), figure.unit);
            if (found->second.size() > 1)
                cell += " ± " + number(deviation(found->second), figure.unit);
            if (found->second.size() < runs_of(runs, method))
                cell += " (" + std::to_string(found->second.size()) + " of "
                    + std::to_string(runs_of(runs, method)) + ")";
            cells.push_back(std::move(cell));
        }
        table.add(std::move(cells));
    }
    return table.text();
}

std::string comparison_json(const ExperimentReader& reader, const std::vector<ComparedRun>& runs)
{
    Json json{ { "file", reader.file().string() } };
    Json& list = json["runs"] = Json::array();
    for (const ComparedRun& run : runs)
        list.push_back(
            { { "run", run.run.value }, { "method", run.method }, { "seed", run.seed } });
    Json& all = json["figures"] = Json::array();
    const Figures figures = figures_of(reader, runs);
    for (const Figure& figure : figures.all()) {
        Json one{ { "name", figure.name },
            { "before", figure.before ? Json(*figure.before) : Json(nullptr) } };
        for (const auto& [method, values] : figure.values)
            one["methods"][method] = { { "mean", mean(values) }, { "deviation", deviation(values) },
                { "values", values } };
        all.push_back(std::move(one));
    }
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

} // namespace circuitloom
