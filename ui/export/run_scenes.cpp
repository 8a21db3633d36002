#include "ui/export/run_scenes.h"

#include "core/base/error.h"
#include "ui/circuit/scene_transition.h"

#include <algorithm>
#include <cmath>

namespace circuitloom::ui {

namespace {

constexpr std::size_t kept_circuits = 4; // two iterations, the one before them, the reference
constexpr int circuits_at_once = 256; // in memory, while their ages are read

} // namespace

RunScenes::RunScenes(const std::filesystem::path& file, RunId run, CircuitLook look)
    : reader_(file)
    , run_(run)
    , look_(std::move(look))
{
}

CircuitScene RunScenes::at(int iteration)
{
    Circuit reference;
    if (look_.scene.mode == ColorMode::change) {
        const int compared
            = look_.reference == CircuitLook::Reference::previous ? iteration - 1 : look_.chosen;
        if (compared >= 0) // which may be itself: then all is as before
            reference = circuit(compared);
    }
    SceneOptions options = look_.scene;
    options.ages = ages(iteration);
    if (options.mode == ColorMode::certainty || options.filter.inclusion > 0)
        options.certain = std::make_shared<const CertainEdges>(
            reader_.edge_certainties(run_, { iteration }));
    return scene_of(look_.graph, look_.layout, circuit(iteration), reference, options);
}

CircuitScene RunScenes::between(double position)
{
    const int from = static_cast<int>(std::floor(position));
    const double share = position - from;
    std::erase_if(scenes_,
        [from](const auto& scene) { return scene.first != from && scene.first != from + 1; });
    if (share <= 0)
        return kept(from);
    const CircuitScene& a = kept(from);
    const CircuitScene& b = kept(from + 1);
    return interpolate(a, b, share, entrance_between(a, b));
}

const CircuitScene& RunScenes::kept(int iteration)
{
    const auto found = scenes_.find(iteration);
    return found != scenes_.end() ? found->second
                                  : scenes_.emplace(iteration, at(iteration)).first->second;
}

const Circuit& RunScenes::circuit(int iteration)
{
    const auto found = circuits_.find(iteration);
    if (found != circuits_.end())
        return found->second;
    if (circuits_.size() >= kept_circuits)
        circuits_.erase(circuits_.begin()->first == look_.chosen ? std::next(circuits_.begin())
                                                                 : circuits_.begin());
    return circuits_.emplace(iteration, reader_.circuit(run_, { iteration })).first->second;
}

std::vector<int> RunScenes::ages(int iteration)
{
    if (look_.scene.mode != ColorMode::age)
        return {};
    const EdgeAges* known = look_.ages.get();
    if (known && iteration < known->iterations())
        return known->at(iteration);
    if (known && ages_.iterations() < known->iterations())
        ages_ = *known;
    read_ages(ages_, reader_, run_, iteration);
    return ages_.at(iteration);
}

bool RunScenes::knows_ages(int iteration) const
{
    return look_.scene.mode != ColorMode::age || iteration < ages_.iterations()
        || (look_.ages && iteration < look_.ages->iterations());
}

void read_ages(EdgeAges& ages, const ExperimentReader& reader, RunId run, int last,
    const std::stop_token& stop)
{
    while (ages.iterations() <= last) {
        if (stop.stop_requested())
            throw Cancelled("How old the edges are is not wanted any more.");
        const int from = ages.iterations();
        const int to = std::min(last, from + circuits_at_once - 1);
        for (const Circuit& circuit : reader.circuits(run, { from }, { to }))
            ages.add(circuit);
        if (ages.iterations() == from)
            return; // the run is shorter than that
    }
}

} // namespace circuitloom::ui
