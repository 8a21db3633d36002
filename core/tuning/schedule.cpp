#include "core/tuning/schedule.h"

namespace circuitloom {

double learning_rate_at(int step, double peak, int warm_up)
{
    return step < warm_up ? peak * step / warm_up : peak;
}

} // namespace circuitloom
