#include "core/analysis/row_clusters.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace circuitloom {

namespace {

constexpr int most_parts = 96;

using Profile = std::vector<double>;

// With mean 0 and length 1, so that a product of two is their correlation; all 0 where it is flat.
void standardise(Profile& profile)
{
    double mean = 0;
    for (const double value : profile)
        mean += value / static_cast<double>(profile.size());
    double squares = 0;
    for (double& value : profile) {
        value -= mean;
        squares += value * value;
    }
    const double length = std::sqrt(squares);
    for (double& value : profile)
        value = length > 1e-12 ? value / length : 0;
}

std::vector<Profile> profiles_of(const std::vector<ScoreRow>& rows, const ScoreBlocks& blocks)
{
    const int iterations = std::max(1, iterations_of(blocks));
    const int parts = std::min(iterations, most_parts);
    const auto part_of = [&](int iteration) {
        return static_cast<std::size_t>(static_cast<std::int64_t>(iteration) * parts / iterations);
    };
    Profile iterations_in(static_cast<std::size_t>(parts));
    for (int i = 0; i < iterations; ++i)
        ++iterations_in[part_of(i)];
    std::vector<Profile> profiles(rows.size(), Profile(static_cast<std::size_t>(parts)));
    for (std::size_t i = 0; i < rows.size(); ++i) {
        for (const auto& block : blocks)
            for (const EdgeHistoryPoint& point : block->points_of(rows[i].row))
                profiles[i][part_of(point.iteration.value)] += static_cast<double>(point.score);
        for (std::size_t part = 0; part < profiles[i].size(); ++part)
            profiles[i][part] /= iterations_in[part];
        standardise(profiles[i]);
    }
    return profiles;
}

/// Average linkage by chains of nearest neighbours, which finds the same joins as always taking
/// the nearest pair, in time that goes with the square of the number of rows.
class Linkage
{
public:
    explicit Linkage(const std::vector<Profile>& profiles)
        : count_(profiles.size())
        , distances_(count_ * count_)
    {
        for (std::size_t i = 0; i < count_; ++i) {
            clusters_.push_back({ i });
            for (std::size_t j = 0; j < i; ++j) {
                double r = 0;
                for (std::size_t k = 0; k < profiles[i].size(); ++k)
                    r += profiles[i][k] * profiles[j][k];
                set(i, j, 1 - r);
            }
        }
    }

    /// The rows in the order of the joins. `first` says when a row entered.
    template <class First>
    std::vector<std::size_t> order(First first)
    {
        std::vector<std::size_t> chain;
        for (std::size_t joins = 1; joins < count_; ++joins) {
            if (chain.empty())
                chain.push_back(first_cluster());
            while (true) {
                const std::size_t top = chain.back();
                const bool has_before = chain.size() > 1;
                const std::size_t before = has_before ? chain[chain.size() - 2] : top;
                const std::size_t near = nearest(top, before);
                if (has_before && near == before)
                    break;
                chain.push_back(near);
            }
            const std::size_t a = chain.back();
            chain.pop_back();
            const std::size_t b = chain.back();
            chain.pop_back();
            join(a, b, first);
        }
        return count_ == 0 ? std::vector<std::size_t>() : clusters_[first_cluster()];
    }

private:
    double at(std::size_t i, std::size_t j) const
    {
        return static_cast<double>(distances_[i * count_ + j]);
    }
    void set(std::size_t i, std::size_t j, double value)
    {
        distances_[i * count_ + j] = distances_[j * count_ + i] = static_cast<float>(value);
    }
    std::size_t first_cluster() const
    {
        std::size_t i = 0;
        while (clusters_[i].empty())
            ++i;
        return i;
    }
    // `before` where another one is no nearer: so that a chain ends.
    std::size_t nearest(std::size_t to, std::size_t before) const
    {
        std::size_t best = before;
        double least = before == to ? std::numeric_limits<double>::infinity() : at(to, before);
        for (std::size_t i = 0; i < count_; ++i)
            if (i != to && !clusters_[i].empty() && at(to, i) < least) {
                best = i;
                least = at(to, i);
            }
        return best;
    }
    template <class First>
    void join(std::size_t a, std::size_t b, First first)
    {
        const auto of_a = static_cast<double>(clusters_[a].size());
        const auto of_b = static_cast<double>(clusters_[b].size());
        for (std::size_t i = 0; i < count_; ++i)
            if (i != a && i != b && !clusters_[i].empty())
                set(a, i, (of_a * at(a, i) + of_b * at(b, i)) / (of_a + of_b));
        const auto entered = [&](std::size_t cluster) {
            int earliest = std::numeric_limits<int>::max();
            for (const std::size_t row : clusters_[cluster])
                earliest = std::min(earliest, first(row));
            return std::pair(earliest, clusters_[cluster].front());
        };
        std::vector<std::size_t> rows = std::move(clusters_[entered(a) < entered(b) ? a : b]);
        std::vector<std::size_t>& others = clusters_[a].empty() ? clusters_[b] : clusters_[a];
        rows.insert(rows.end(), others.begin(), others.end());
        clusters_[b].clear();
        clusters_[a] = std::move(rows);
    }

    std::size_t count_;
    std::vector<float> distances_; ///< of all pairs of clusters
    std::vector<std::vector<std::size_t>> clusters_; ///< empty: joined to another one
};

} // namespace

std::vector<ScoreRow> clustered_rows(const std::vector<ScoreRow>& rows, const ScoreBlocks& blocks)
{
    std::vector<ScoreRow> chosen = rows;
    std::ranges::stable_sort(chosen, [](const ScoreRow& a, const ScoreRow& b) {
        return std::abs(a.peak_score) > std::abs(b.peak_score);
    });
    std::vector<ScoreRow> others;
    if (chosen.size() > most_clustered_rows) {
        others.assign(
            chosen.begin() + static_cast<std::ptrdiff_t>(most_clustered_rows), chosen.end());
        chosen.resize(most_clustered_rows);
    }
    std::ranges::sort(chosen, {}, &ScoreRow::row);
    std::ranges::sort(others, {}, &ScoreRow::row);
    std::ranges::stable_sort(others, {}, &ScoreRow::first);

    std::vector<ScoreRow> ordered;
    for (const std::size_t i :
        Linkage(profiles_of(chosen, blocks)).order([&](std::size_t row) { return chosen[row].first; }))
        ordered.push_back(chosen[i]);
    ordered.insert(ordered.end(), others.begin(), others.end());
    return ordered;
}

} // namespace circuitloom
