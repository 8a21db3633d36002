#pragma once

#include "core/analysis/edge_ages.h"
#include "core/store/experiment_reader.h"
#include "ui/circuit/circuit_scene.h"

#include <filesystem>
#include <map>
#include <memory>
#include <stop_token>
#include <utility>

namespace circuitloom::ui {

/// The way in which any iteration of a run is shown.
struct CircuitLook
{
    /// The circuit that the change colours compare with.
    enum class Reference
    {
        previous,
        chosen
    };

    std::shared_ptr<const ComputationalGraph> graph;
    std::shared_ptr<const CircuitLayout> layout;
    SceneOptions scene; ///< its ages are found for each iteration
    Reference reference = Reference::chosen;
    int chosen = 0; ///< iteration
    std::shared_ptr<const EdgeAges> ages = {}; ///< as far as they are known already; may be null
};

/// Adds the iterations up to `last` of a run, as far as they are missing, a piece at a time. Throws
/// Cancelled where `stop` is requested meanwhile, and what ExperimentReader does.
void read_ages(EdgeAges& ages, const ExperimentReader& reader, RunId run, int last,
    const std::stop_token& stop = {});

/// The scenes of one run's iterations, read from its file by a connection of its own. Used by one
/// thread at a time. Its functions throw what ExperimentReader does.
class RunScenes
{
public:
    RunScenes(const std::filesystem::path& file, RunId run, CircuitLook look);

    CircuitScene at(int iteration);
    /// Of the iteration's circuit, shown or not.
    int edge_count(int iteration) { return static_cast<int>(circuit(iteration).size()); }
    /// How many of them are shown.
    int shown_count(int iteration) { return edges_shown(kept(iteration)); }
    /// `position` 3.25 is a quarter of the way from iteration 3 to 4, as playing shows it.
    CircuitScene between(double position);
    const CircuitLook& look() const { return look_; }
    /// Else that iteration's scene takes long: the circuits of all before it are read, for how old
    /// its edges are.
    bool knows_ages(int iteration) const;
    /// Those of the run that are known now.
    void take_ages(std::shared_ptr<const EdgeAges> ages) { look_.ages = std::move(ages); }

private:
    const Circuit& circuit(int iteration);
    const CircuitScene& kept(int iteration);
    std::vector<int> ages(int iteration);

    ExperimentReader reader_;
    RunId run_;
    CircuitLook look_;
    std::map<int, Circuit> circuits_; ///< the few last asked for
    std::map<int, CircuitScene> scenes_; ///< both ends of the last step
    EdgeAges ages_;
};

} // namespace circuitloom::ui
