#pragma once

#include "core/model/transformer.h"
#include "core/tasks/encoded_task.h"

#include <span>

namespace circuitloom {

struct TaskResult
{
    double accuracy = 0; ///< share of targets whose logit exceeds the alternative's
    double logit_difference = 0; ///< mean over spans, then over examples
    int examples = 0;
};

/// Without gradients, `batch_size` examples at a time. `examples` must not be empty.
TaskResult evaluate_task(
    const Transformer& model, std::span<const EncodedExample> examples, int batch_size);

} // namespace circuitloom
