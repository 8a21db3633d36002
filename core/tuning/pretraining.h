#pragma once

#include "core/model/transformer.h"

#include <cstdint>
#include <functional>

namespace circuitloom {

/// How the embedded demo model is made: AdamW with warm-up and cosine decay on sentences drawn
/// from the demo's grammar.
struct PretrainingSettings
{
    int layers = 4;
    int heads = 8;
    int d_model = 128;
    int max_positions = 64;
    int steps = 3000;
    int batch = 64;
    double learning_rate = 2e-3;
    double weight_decay = 0.01;
    int warm_up = 100;
    std::uint64_t seed = 1;
};

/// Called after each step with its number (from 1) and loss in nats per token; false stops.
using PretrainingObserver = std::function<bool(int step, double loss)>;

/// A GPT-2 trained from scratch on the CPU in float32. The same for the same settings, machine and
/// number of threads.
Transformer pretrain_demo_model(
    const PretrainingSettings& settings, const PretrainingObserver& observer);

} // namespace circuitloom
