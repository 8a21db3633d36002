#include "core/engine/answers.h"
#include "core/model/devices.h"

namespace circuitloom {

Devices answer(const DevicesQuestion&, const AnswerContext&)
{
    return devices();
}

} // namespace circuitloom
