#pragma once

#include "core/run/faithfulness_question.h"

#include <QString>

#include <optional>
#include <vector>

namespace circuitloom::ui {

/// The sizes of circuits that a curve is made of, in rounds: the stored circuit's own first, then
/// MIB's shares of the graph's edges, coarse to fine.
std::vector<std::vector<int>> rounds_of_sizes(std::int64_t edges, int circuit);

/// What is known of f(k) of one circuit, as far as its sizes have been answered.
class FaithfulnessCurveData
{
public:
    void add(const FaithfulnessAnswer& answer);
    bool empty() const { return points_.empty(); }
    /// By rising size.
    const std::vector<FaithfulnessOfSize>& points() const { return points_; }
    /// Of the answer that came last: all but its sizes.
    const FaithfulnessAnswer& about() const { return about_; }

    /// The area under f and that between f and 1 over k (CPR, CMD), of the circuit and of each
    /// random one; once f is known at all of MIB's shares.
    struct Areas
    {
        double cpr = 0;
        double cmd = 0;
        std::vector<double> random_cpr;
        std::vector<double> random_cmd;
    };
    std::optional<Areas> areas() const;

private:
    std::vector<FaithfulnessOfSize> points_;
    FaithfulnessAnswer about_;
};

/// One row of figures as the panel lists it.
struct FaithfulnessRow
{
    QString edges;
    QString share;
    QString live;
    QString metric;
    QString faithfulness;
    QString random; ///< mean ± standard deviation; empty for none
    bool stored = false; ///< it is the circuit that the iteration stored
};
std::vector<FaithfulnessRow> faithfulness_rows(const FaithfulnessCurveData& curve);

/// One point in a sentence, the random circuits beside it.
QString point_text(const FaithfulnessOfSize& point, const FaithfulnessAnswer& about);

/// On what the figures were measured and how, in a sentence or two.
QString source_text(const FaithfulnessAnswer& about, int iteration, const QString& task);

/// The areas with those of random circuits; empty while they are not known.
QString areas_text(const FaithfulnessCurveData& curve);

} // namespace circuitloom::ui
