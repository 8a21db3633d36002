#include "ui/compare/suite_figures.h"

#include "core/base/measure.h"

#include <algorithm>
#include <limits>

namespace circuitloom::ui {

namespace {

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

const Curve* curve_of(const ComparedRun& run, const SuiteMeasure& measure)
{
    for (const SuiteCurve& curve : run.curves->suites())
        if (curve.suite == measure.suite && curve.measure == measure.measure
            && !curve.points.empty())
            return &curve.points;
    return nullptr;
}

/// The mean accuracy of the capabilities; `of` gives that of one.
template <class Of>
double mean_accuracy(const ComparedRun& run, Of of)
{
    double sum = 0;
    int count = 0;
    for (const SuiteMeasure& measure : suite_measures({ run }))
        if (!measure.task && measure.measure == measures::accuracy.name) {
            sum += of(measure);
            ++count;
        }
    return count == 0 ? unknown : sum / count;
}

} // namespace

std::vector<SuiteMeasure> suite_measures(const std::vector<ComparedRun>& runs)
{
    std::vector<SuiteMeasure> figures;
    for (const ComparedRun& run : runs) {
        for (const SuiteCurve& curve : run.curves->suites()) {
            const SuiteMeasure measure{ curve.suite, curve.measure,
                run.curves->is_held_out_task(curve.suite) };
            if (std::ranges::find(figures, measure) == figures.end())
                figures.push_back(measure);
        }
    }
    std::ranges::stable_sort(
        figures, {}, [](const SuiteMeasure& measure) { return !measure.task; });
    return figures;
}

double figure_before(const ComparedRun& run, const SuiteMeasure& measure)
{
    const Curve* curve = curve_of(run, measure);
    return curve ? curve->front().value : unknown;
}

double figure_after(const ComparedRun& run, const SuiteMeasure& measure, double until)
{
    const Curve* curve = curve_of(run, measure);
    return curve ? value_at(*curve, until) : unknown;
}

double mean_accuracy_before(const ComparedRun& run)
{
    return mean_accuracy(
        run, [&](const SuiteMeasure& measure) { return figure_before(run, measure); });
}

double mean_accuracy_after(const ComparedRun& run, double until)
{
    return mean_accuracy(
        run, [&](const SuiteMeasure& measure) { return figure_after(run, measure, until); });
}

} // namespace circuitloom::ui
