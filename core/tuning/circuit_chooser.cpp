#include "core/tuning/circuit_chooser.h"

#include "core/discovery/resampling.h"
#include "core/graph/edge_order.h"
#include "core/model/host_copy.h"
#include "core/tuning/schedule.h"

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace circuitloom {

namespace {

// The edges of a circuit carry their scores, whatever ranked them, and stand in the scores' order.
void rescore(Circuit& circuit, std::span<const float> scores)
{
    for (ScoredEdge& edge : circuit)
        edge.score = scores[static_cast<std::size_t>(edge.edge.value)];
    circuit = strongest_first(std::move(circuit));
}

} // namespace

CircuitChooser::CircuitChooser(
    const ComputationalGraph& graph, const RunConfig& config, TuningStrategy& strategy)
    : graph_(graph)
    , config_(config)
    , strategy_(strategy)
    , smoothing_(config.smoothing_beta1, config.smoothing_beta2)
{
}

bool CircuitChooser::resamples() const
{
    return config_.resamples > 0 && strategy_.chooses_by_ranking();
}

SelectionOptions CircuitChooser::selection() const
{
    SelectionOptions selection = config_.selection;
    selection.n = top_n_at(discoveries_, config_);
    return selection;
}

CircuitChooser::ReadScores CircuitChooser::read(
    const torch::Tensor& edge_scores, const torch::Tensor& figures) const
{
    const auto scores = edge_scores.to(torch::kFloat32).contiguous();
    const SelectionOptions wanted = selection();
    const bool on_device = config_.smoothing_beta1 == 0 && !resamples()
        && strategy_.takes_selected() && selects_on_device(wanted);
    if (!on_device) {
        const auto read = on_host({ figures, scores });
        return { read[0], read[1], {} };
    }
    const auto strongest = strongest_on_device(scores, wanted.n, wanted.by_signed_score);
    const auto read = on_host({ figures, strongest.edge, strongest.score, strongest.finite });
    return { read[0], {}, StrongestEdges{ read[1], read[2], read[3] } };
}

CircuitChooser::Choice CircuitChooser::choose(
    const ReadScores& read, const BlockScores& blocks, bool certain, Random& random)
{
    Choice choice = read.strongest ? Choice{ circuit_of(*read.strongest), {} }
                                   : choose_by({ read.scores.data_ptr<float>(),
                                                   static_cast<std::size_t>(read.scores.numel()) },
                                       blocks, certain, random);
    ++discoveries_;
    return choice;
}

CircuitChooser::Choice CircuitChooser::choose_by(
    std::span<const float> scores, const BlockScores& blocks, bool certain, Random& random)
{
    const SelectionOptions wanted = selection();
    const ScoreSmoothing before = smoothing_;
    const std::vector<float> ranking = smoothing_.add(scores);
    Choice choice;
    choice.circuit = strategy_.choose(ranking, wanted, random);
    rescore(choice.circuit, scores);
    // An empty circuit has no edge whose certainty could be asked for, and of one block all
    // resamples would be the same.
    if (certain && resamples() && !choice.circuit.empty() && blocks.examples.size() > 1)
        choice.certainty = certainty_of(choice.circuit, blocks, wanted, before);
    return choice;
}

// A seed for each discovery, so that what goes on from a checkpoint draws the same.
ScoreCertainty CircuitChooser::certainty_of(const Circuit& circuit, const BlockScores& blocks,
    const SelectionOptions& selection, const ScoreSmoothing& before) const
{
    constexpr std::uint64_t odd = 0x9e3779b97f4a7c15ULL;
    const auto discovery = static_cast<std::uint64_t>(discoveries_) + 1; // from 1
    Resampling how{ config_.resamples, config_.seed + odd * discovery, selection, {} };
    if (config_.smoothing_beta1 > 0)
        how.ranking = [&before](std::span<const float> scores) {
            ScoreSmoothing smoothing = before;
            return smoothing.add(scores);
        };
    std::vector<EdgeId> edges;
    for (const ScoredEdge& edge : circuit)
        edges.push_back(edge.edge);
    return resample_scores(graph_, blocks, how, edges);
}

void CircuitChooser::save(TrainingState& state) const
{
    save_numbers(state, "smoothing.mean", smoothing_.mean());
    save_numbers(state, "smoothing.deviation", smoothing_.deviation());
    // Earlier versions read `fixed` whatever the method; a strategy that has such a circuit sets
    // it.
    state.values["tuner"] = { { "discoveries", discoveries_ }, { "fixed", false } };
}

void CircuitChooser::restore(const TrainingState& state)
{
    discoveries_ = state.value("tuner").at("discoveries").get<int>();
    smoothing_.restore(saved_numbers<float>(state, "smoothing.mean"),
        saved_numbers<float>(state, "smoothing.deviation"));
}

} // namespace circuitloom
