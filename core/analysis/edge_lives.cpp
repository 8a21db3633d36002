#include "core/analysis/edge_lives.h"

#include "core/base/error.h"

#include <algorithm>
#include <cmath>

namespace circuitloom {

EdgeLives::EdgeLives(int window)
    : window_(window)
{
    if (window < 2)
        throw Error("A window of circuits has at least 2 of them.");
}

EdgeLives::Newest EdgeLives::add(const Circuit& circuit)
{
    const int now = circuits_++;
    Newest newest;
    double ages = 0;
    for (const ScoredEdge& scored : circuit) {
        const auto [at, fresh] = states_.try_emplace(scored.edge);
        State& state = at->second;
        EdgeLife& life = state.life;
        if (fresh) {
            life.edge = scored.edge;
            life.first = now;
            life.first_score = scored.score;
        }
        if (fresh || life.last + 1 < now) { // a new stay
            ++life.stays;
            life.age = 0;
            state.rises = state.falls = 0;
        } else {
            const float before = std::abs(life.last_score);
            const float after = std::abs(scored.score);
            const bool same_sign = std::signbit(life.last_score) == std::signbit(scored.score);
            state.rises = same_sign && after > before ? state.rises + 1 : 0;
            state.falls = same_sign && after < before ? state.falls + 1 : 0;
        }
        life.last = now;
        life.last_score = scored.score;
        ++life.life;
        ++life.age;
        life.longest_stay = std::max(life.longest_stay, life.age);
        const bool rose = state.rises >= window_ - 1;
        const bool fell = state.falls >= window_ - 1;
        life.strengthened += rose;
        life.weakened += fell;
        newest.strengthened += rose;
        newest.weakened += fell;
        newest.settled += life.age >= window_;
        ages += life.age;
    }
    if (!circuit.empty())
        newest.mean_age = ages / static_cast<double>(circuit.size());
    return newest;
}

std::vector<EdgeLife> EdgeLives::lives() const
{
    std::vector<EdgeLife> found;
    found.reserve(states_.size());
    for (const auto& [edge, state] : states_) {
        found.push_back(state.life);
        if (state.life.last + 1 < circuits_)
            found.back().age = 0;
    }
    std::ranges::sort(found, [](const EdgeLife& a, const EdgeLife& b) {
        return a.life != b.life ? a.life > b.life : a.edge < b.edge;
    });
    return found;
}

double strengthened_by_chance(double settled, int window)
{
    return settled / std::tgamma(window + 1.0);
}

} // namespace circuitloom
