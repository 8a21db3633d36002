#include "core/tuning/run_place.h"

#include "core/run/run_estimate.h"

namespace circuitloom {

RunPlace run_place(const RunConfig& config, const ProcessPlace& process, int cards)
{
    RunPlace place;
    place.rank = process.rank;
    place.processes = process.size;
    place.sharers = processes_on_device(config.device, process.local_size, cards);
    if (process.size > 1 && cards > 0 && config.device == "auto") {
        place.device = "cuda:" + std::to_string(process.local_rank % cards);
    }
    return place;
}

} // namespace circuitloom
