#pragma once

#include "core/base/error.h"

namespace circuitloom {

/// The file that a mirror follows is another one than it was begun with. Setting the mirror aside
/// helps, or mirroring into another file.
class OtherOrigin : public InputError
{
public:
    using InputError::InputError;
};

} // namespace circuitloom
