#pragma once

#include "core/engine/model_source.h"
#include "core/tasks/encoded_task.h"

#include <string_view>

namespace circuitloom {

/// A task as a run of this model reads it (load_model_task(), whose exceptions it throws), cut to
/// `max_tokens` and to the model's context. Of its examples the first `examples`; 0 for all.
EncodedTask sourced_task(const SourcedModel& sourced, std::string_view source, int max_tokens,
    int examples = 0, bool strict = false);

} // namespace circuitloom
