#pragma once

#include "core/analysis/spread.h"
#include "core/store/experiment_reader.h"
#include "core/store/stored_studies.h"

#include <cstddef>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace circuitloom {

/// The figures of a study, found by their place.
class StudyTable
{
public:
    explicit StudyTable(std::span<const StudyFigure> figures);

    struct Place
    {
        int source = 0;
        int target = 0;
        std::string_view series;
        std::string_view suite;
        std::string_view measure;
    };
    /// Nothing where it is not there, or cannot be said.
    std::optional<double> value(const Place& place) const;
    /// Those of every draw that is there and can be said, in their order.
    std::vector<double> draws(const Place& place) const;
    /// Nothing where there is none.
    std::optional<Spread> spread(const Place& place) const;
    /// Whether it is there, also where it cannot be said.
    bool has(const Place& place, int draw = 0) const;

    /// Each suite and measure once, the task's first, then in the order of their names.
    const std::vector<std::pair<std::string, std::string>>& measures() const { return measures_; }

private:
    using Key = std::tuple<int, int, std::string, std::string, std::string, int>;
    static Key key_of(const Place& place, int draw);

    std::map<Key, double> values_;
    std::vector<std::pair<std::string, std::string>> measures_;
};

/// How much more ablating a circuit changes a metric than ablating random ones of its size does:
/// the change (`ablated` − `whole`) divided by the mean size of the random ones' changes. Nothing
/// where these are 0 but for rounding, or there is none.
std::optional<double> change_beside_random(
    double whole, double ablated, std::span<const double> random);

/// How alike the stored circuits of two lists of iterations are, of one run or of two.
struct CircuitLikeness
{
    std::size_t columns = 0;
    std::vector<double> jaccard; ///< [rows × columns], row by row; 1 of two empty circuits
    std::vector<double> chance; ///< see jaccard_by_chance()
};

/// Throws as ExperimentReader::circuit(). Both runs are of one graph.
CircuitLikeness circuit_likeness(const ExperimentReader& reader, RunId run,
    std::span<const int> rows, RunId other, std::span<const int> columns);

} // namespace circuitloom
