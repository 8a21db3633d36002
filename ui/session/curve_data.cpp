#include "ui/session/curve_data.h"

#include "core/analysis/run_figures.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace circuitloom::ui {

void CurveData::add(const StepRecord& record)
{
    // A step is measured on its batch before the update, at the weights of `step - 1` updates.
    append(loss_, record.step - 1, record.loss);
    append(metric_, record.step - 1, record.metric);
    append(learning_rate_, record.step - 1, record.learning_rate);
    last_step_ = std::max(last_step_, record.step);
}

void CurveData::add(const IterationRecord& record)
{
    const double step_before = iterations_.empty() ? 0 : iterations_.back().step;
    if (!append(iterations_, record.step, record.index.value))
        return;
    last_step_ = std::max(last_step_, record.step);
    // Both are not known of circuits of other programs.
    if (!std::isnan(record.tunable_ratio))
        append(tunable_, record.step, record.tunable_ratio);
    const bool timed = !std::isnan(record.seconds);
    if (timed) {
        const double seconds_before = seconds_.empty() ? 0 : seconds_.back().value;
        append(seconds_, record.step, seconds_before + std::max(record.seconds, 0.0));
    }
    if (record.tokens)
        append(tokens_, record.step, static_cast<double>(*record.tokens));
    if (record.index.value > 0) {
        if (record.edges > 0)
            append(turnover_, record.step, circuitloom::turnover(record));
        if (const int either = edges_ + record.entered; either > 0)
            append(jaccard_, record.step,
                static_cast<double>(record.edges - record.entered) / either);
        if (timed)
            append(
                seconds_per_step_, record.step, record.seconds / (record.step - step_before));
    }
    edges_ = record.edges;
}

void CurveData::add_stability(int step, double value)
{
    append(stability_, step, value);
}

void CurveData::add(const EvaluationRecord& record)
{
    auto found = std::find_if(suites_.begin(), suites_.end(), [&](const SuiteCurve& curve) {
        return curve.suite == record.suite && curve.measure == record.measure;
    });
    if (found == suites_.end())
        found = suites_.insert(suites_.end(), { record.suite, record.measure, {} });
    append(found->points, record.step, record.value);
    if (evaluation_steps_.empty() || evaluation_steps_.back() < record.step)
        evaluation_steps_.push_back(record.step);
}

bool CurveData::append(Curve& curve, int step, double value)
{
    if (!curve.empty() && curve.back().step >= step)
        return false;
    curve.push_back({ static_cast<double>(step), value });
    last_step_ = std::max(last_step_, step);
    return true;
}

StepPlaces CurveData::places(AxisQuantity quantity) const
{
    const auto through = [](const Curve& curve) {
        std::vector<std::pair<double, double>> known;
        known.reserve(curve.size());
        for (const CurvePoint& point : curve)
            known.emplace_back(point.step, point.value);
        return StepPlaces(std::move(known));
    };
    switch (quantity) {
    case AxisQuantity::iteration:
        return through(iterations_);
    case AxisQuantity::wall_time:
        return through(seconds_);
    case AxisQuantity::examples:
        return StepPlaces(examples_per_step_);
    case AxisQuantity::tokens:
        return through(tokens_);
    case AxisQuantity::step:
        break;
    }
    return {};
}

bool CurveData::is_held_out_task(const std::string& suite) const
{
    return std::any_of(suites_.begin(), suites_.end(), [&](const SuiteCurve& curve) {
        return curve.suite == suite && is_task_metric(curve.measure);
    });
}

double value_at(std::span<const CurvePoint> curve, double step)
{
    if (curve.empty())
        return std::numeric_limits<double>::quiet_NaN();
    const auto after = std::upper_bound(curve.begin(), curve.end(), step,
        [](double wanted, const CurvePoint& point) { return wanted < point.step; });
    return after == curve.begin() ? curve.front().value : (after - 1)->value;
}

std::optional<std::pair<CurvePoint, CurvePoint>> piece_at(
    std::span<const CurvePoint> curve, double step)
{
    const auto after = std::lower_bound(curve.begin(), curve.end(), step,
        [](const CurvePoint& point, double wanted) { return point.step < wanted; });
    if (after == curve.end())
        return std::nullopt;
    if (after->step == step)
        return std::pair(*after, *after);
    if (after == curve.begin())
        return std::nullopt;
    return std::pair(*(after - 1), *after);
}

std::vector<float> thinned(std::span<const CurvePoint> curve, std::size_t count)
{
    const std::size_t wanted = std::min(count, curve.size());
    std::vector<float> values;
    values.reserve(wanted);
    for (std::size_t i = 0; i < wanted; ++i) {
        const std::size_t at = wanted == 1 ? 0 : i * (curve.size() - 1) / (wanted - 1);
        values.push_back(static_cast<float>(curve[at].value));
    }
    return values;
}

} // namespace circuitloom::ui
