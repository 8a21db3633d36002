#include "core/tuning/loop_state.h"

#include <cmath>

namespace circuitloom {

void LoopState::save(TrainingState& state) const
{
    nlohmann::json& loop = state.values["loop"] = { { "marked", marked }, { "ended", ended },
        { "halved", halved }, { "evaluation_halved", evaluation_halved }, { "without_better", early_stop.without_better },
        { "evaluation_due", evaluation_due } };
    // JSON has no word for an infinite number, and the next value is as good as none before it.
    if (best && std::isfinite(*best))
        loop["best"] = *best;
    if (early_stop.best && std::isfinite(*early_stop.best))
        loop["stop_best"] = *early_stop.best;
}

void LoopState::restore(const TrainingState& state)
{
    const auto& loop = state.value("loop");
    marked = loop.at("marked").get<bool>();
    ended = loop.at("ended").get<bool>();
    // Checkpoints of earlier versions lack these three.
    evaluation_due = loop.value("evaluation_due", false);
    halved = loop.value("halved", false);
    evaluation_halved = loop.value("evaluation_halved", false);
    early_stop = {};
    early_stop.without_better = loop.at("without_better").get<int>();
    if (loop.contains("stop_best"))
        early_stop.best = loop.at("stop_best").get<double>();
    best.reset();
    if (loop.contains("best"))
        best = loop.at("best").get<double>();
}

} // namespace circuitloom
