#include "core/tuning/run_place.h"

namespace circuitloom {

RunPlace run_place(const RunConfig& config, const ProcessPlace& process, int cards)
{
    RunPlace place;
    place.rank = process.rank;
    place.processes = process.size;
    place.sharers = process.local_size;
    if (process.size > 1 && cards > 0 && config.device == "auto") {
        place.device = "cuda:" + std::to_string(process.local_rank % cards);
        place.sharers = (process.local_size + cards - 1) / cards;
    }
    return place;
}

} // namespace circuitloom
