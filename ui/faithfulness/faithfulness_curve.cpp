#include "ui/faithfulness/faithfulness_curve.h"

#include "core/analysis/faithfulness_area.h"
#include "core/analysis/spread.h"
#include "core/base/number_text.h"
#include "core/run/run_measures.h"
#include "ui/base/counted_text.h"
#include "ui/base/measure_text.h"
#include "ui/panels/coarse_to_fine.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace circuitloom::ui {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(FaithfulnessPanel)
};

constexpr std::size_t sizes_a_round = 3;

QString f_text(double f)
{
    return shown_number(fixed(f, 3));
}

QString random_text(const std::vector<double>& values)
{
    if (values.empty())
        return {};
    const Spread spread = spread_of(values);
    return Words::tr("%1 ± %2").arg(f_text(spread.mean), f_text(spread.deviation));
}

QString share_text(int edges, int all)
{
    return shown_number(percent(static_cast<double>(edges) / all, edges * 100 < all ? 2 : 1));
}

} // namespace

std::vector<std::vector<int>> rounds_of_sizes(std::int64_t edges, int circuit)
{
    std::vector<std::vector<int>> rounds;
    if (circuit > 0)
        rounds.push_back({ circuit });
    const std::vector<int> sizes = sizes_of_shares(edges);
    std::vector<int> round;
    for (const int place : coarse_to_fine(static_cast<int>(sizes.size()))) {
        const int size = sizes[static_cast<std::size_t>(place)];
        if (size == circuit)
            continue;
        round.push_back(size);
        if (round.size() == sizes_a_round) {
            rounds.push_back(round);
            round.clear();
        }
    }
    if (!round.empty())
        rounds.push_back(round);
    return rounds;
}

void FaithfulnessCurveData::add(const FaithfulnessAnswer& answer)
{
    about_ = answer;
    about_.sizes.clear();
    for (const FaithfulnessOfSize& point : answer.sizes) {
        const auto at = std::ranges::lower_bound(
            points_, point.edges, {}, &FaithfulnessOfSize::edges);
        if (at != points_.end() && at->edges == point.edges)
            *at = point;
        else
            points_.insert(at, point);
    }
}

std::optional<FaithfulnessCurveData::Areas> FaithfulnessCurveData::areas() const
{
    if (points_.empty())
        return std::nullopt;
    const FaithfulnessOfSize nothing{ 0, 0, about_.empty, 0.0, {} };
    std::vector<double> k;
    std::vector<const FaithfulnessOfSize*> found;
    std::size_t draws = 0;
    for (const double share : faithfulness_shares) {
        const auto size = static_cast<int>(share * about_.edges);
        const auto at = std::ranges::lower_bound(points_, size, {}, &FaithfulnessOfSize::edges);
        const bool known = at != points_.end() && at->edges == size && at->faithfulness;
        if (size > 0 && !known)
            return std::nullopt;
        k.push_back(share);
        found.push_back(size == 0 ? &nothing : &*at);
        draws = std::max(draws, found.back()->random.size());
    }
    const auto area = [&](auto&& f, bool distance) {
        std::vector<double> y;
        for (const FaithfulnessOfSize* point : found)
            y.push_back(distance ? std::abs(1 - f(*point)) : f(*point));
        return trapezoid(k, y);
    };
    const auto own = [](const FaithfulnessOfSize& point) { return *point.faithfulness; };
    Areas areas{ area(own, false), area(own, true), {}, {} };
    for (std::size_t draw = 0; draw < draws; ++draw) {
        const auto of_draw = [draw](const FaithfulnessOfSize& point) {
            return point.edges == 0 ? 0.0 : point.random.at(draw);
        };
        areas.random_cpr.push_back(area(of_draw, false));
        areas.random_cmd.push_back(area(of_draw, true));
    }
    return areas;
}

std::vector<FaithfulnessRow> faithfulness_rows(const FaithfulnessCurveData& curve)
{
    std::vector<FaithfulnessRow> rows;
    const FaithfulnessAnswer& about = curve.about();
    for (const FaithfulnessOfSize& point : curve.points())
        rows.push_back({ QString::number(point.edges), share_text(point.edges, about.edges),
            QString::number(point.live), shown_value(measure_of(about.metric), point.metric),
            point.faithfulness ? f_text(*point.faithfulness) : QStringLiteral("–"),
            random_text(point.random), point.edges == about.circuit });
    return rows;
}

QString point_text(const FaithfulnessOfSize& point, const FaithfulnessAnswer& about)
{
    const QString f = point.faithfulness ? f_text(*point.faithfulness) : QStringLiteral("–");
    const QString edges = point.edges == about.circuit
        ? Words::tr("the stored circuit, %1").arg(edges_text(point.edges))
        : edges_text(point.edges);
    const QString text
        = Words::tr("%1 (%2): f %3").arg(edges, share_text(point.edges, about.edges), f);
    return point.random.empty() ? text
                                : Words::tr("%1, random circuits of as many %2")
                                      .arg(text, random_text(point.random));
}

QString source_text(const FaithfulnessAnswer& about, int iteration, const QString& task)
{
    const Measure metric = measure_of(about.metric);
    const QString baseline = QString::fromUtf8(
        baseline_names[static_cast<std::size_t>(about.baseline)].data());
    const QString where = about.positions == ScoredPositions::all ? Words::tr("at all positions")
                                                                  : Words::tr("at the targets");
    return Words::tr("Iteration %1, after step %2; %3 examples of %4. %5: %6 with all %7 edges, %8 "
                     "with none; an ablated edge carries the %9 baseline")
               .arg(iteration)
               .arg(about.model.step)
               .arg(about.examples)
               .arg(task, title_of(metric), shown_value(metric, about.whole))
               .arg(about.edges)
               .arg(shown_value(metric, about.empty), baseline)
        + QLatin1Char(' ') + where + QLatin1Char('.');
}

QString areas_text(const FaithfulnessCurveData& curve)
{
    const auto areas = curve.areas();
    if (!areas)
        return {};
    const auto with_random = [](double value, const std::vector<double>& random) {
        return random.empty()
            ? f_text(value)
            : Words::tr("%1 (random %2)").arg(f_text(value), random_text(random));
    };
    return Words::tr("Area under f, CPR: %1. Area between f and 1, CMD: %2.")
        .arg(with_random(areas->cpr, areas->random_cpr),
            with_random(areas->cmd, areas->random_cmd));
}

} // namespace circuitloom::ui
