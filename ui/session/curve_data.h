#pragma once

#include "core/base/measure.h"
#include "core/store/records.h"
#include "ui/session/horizontal_axis.h"

#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace circuitloom::ui {

/// A value at an optimizer step.
struct CurvePoint
{
    double step = 0;
    double value = 0;
    bool operator==(const CurvePoint&) const = default;
};

using Curve = std::vector<CurvePoint>;

/// One suite's figures over the steps, of one measure.
struct SuiteCurve
{
    std::string suite;
    std::string measure; ///< the name of a Measure
    Curve points;
};

/// Everything of one run that is drawn over its steps. Grows as records arrive, each kind in the
/// order of its steps; one that does not come after the last of its kind is ignored.
class CurveData
{
public:
    /// `metric` is what the metric of the run's steps is. Of a measure that is not in
    /// core/base/measure.h the name must outlive this.
    explicit CurveData(const Measure& metric = measures::logit_diff)
        : metric_measure_(metric)
    {
    }

    void add(const StepRecord& record);
    void add(const IterationRecord& record);
    void add(const EvaluationRecord& record);
    /// Of the circuit of an iteration that was added before, which stands at `step`.
    void add_stability(int step, double value);

    const Curve& loss() const { return loss_; }
    const Curve& metric() const { return metric_; }
    const Measure& metric_measure() const { return metric_measure_; }
    const Curve& tunable_ratio() const { return tunable_; }
    /// The share of each circuit's edges that the one before did not have; not of the first.
    const Curve& turnover() const { return turnover_; }
    /// Of each circuit and the one before: the edges that both have / those that either has.
    const Curve& jaccard() const { return jaccard_; }
    /// Of the circuits that were resampled: the mean Jaccard of two resamples' circuits.
    const Curve& stability() const { return stability_; }
    const Curve& learning_rate() const { return learning_rate_; }
    /// Wall time since the iteration before / the steps since then; not of the first.
    const Curve& seconds_per_step() const { return seconds_per_step_; }
    /// The number of each iteration, at its step.
    const Curve& iterations() const { return iterations_; }
    const std::vector<SuiteCurve>& suites() const { return suites_; }
    /// The steps at which anything was evaluated, rising.
    const std::vector<int>& evaluation_steps() const { return evaluation_steps_; }
    /// 0 while there is none.
    int last_step() const { return last_step_; }

    /// How many examples an optimizer step sees, which a configuration says; 1 until it is set.
    void set_examples_per_step(double examples) { examples_per_step_ = examples; }
    /// Where the run's steps lie on an axis of that quantity.
    StepPlaces places(AxisQuantity quantity) const;

    /// True of the suite that measures what the run is taught: the one with a task metric.
    bool is_held_out_task(const std::string& suite) const;

private:
    /// False where the curve has a point at `step` or later.
    bool append(Curve& curve, int step, double value);

    Measure metric_measure_;
    Curve loss_;
    Curve metric_;
    Curve tunable_;
    Curve turnover_;
    Curve jaccard_;
    Curve stability_;
    Curve learning_rate_;
    Curve seconds_per_step_;
    Curve iterations_;
    Curve seconds_; ///< wall time since the run began, at each iteration
    Curve tokens_; ///< seen before each iteration
    int edges_ = 0; ///< of the newest iteration's circuit
    double examples_per_step_ = 1;
    std::vector<SuiteCurve> suites_;
    std::vector<int> evaluation_steps_;
    int last_step_ = 0;
};

/// The curve's value at `step`: that of the last point not after it, or the first point's.
/// NaN where the curve is empty.
double value_at(std::span<const CurvePoint> curve, double step);

/// The two points between which the line through the points passes at `step`; twice the same where
/// one lies there. Nothing before the first and after the last.
std::optional<std::pair<CurvePoint, CurvePoint>> piece_at(
    std::span<const CurvePoint> curve, double step);

/// The values of `curve` at `count` evenly spaced points, for a sparkline; fewer where the curve
/// has fewer.
std::vector<float> thinned(std::span<const CurvePoint> curve, std::size_t count);

} // namespace circuitloom::ui
