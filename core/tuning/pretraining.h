#pragma once

#include "core/store/records.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <vector>

namespace circuitloom {

/// How the embedded demo model is made: AdamW with warm-up and cosine decay on sentences drawn
/// from the demo's grammar.
struct PretrainingSettings
{
    int layers = 4;
    int heads = 8;
    int d_model = 128;
    int max_positions = 64;
    int steps = 2500;
    int batch = 64;
    double learning_rate = 3e-3;
    double weight_decay = 0.01;
    int warm_up = 100;
    std::uint64_t seed = 1;
};

/// Called after each step with its number (from 1) and loss in nats per token; false stops.
using PretrainingObserver = std::function<bool(int step, double loss)>;

/// Trains a GPT-2 from scratch on the CPU in float32, writes it to `directory` in the Hugging Face
/// layout, and returns its accuracy on 500 fresh items of every suite. The same for the same
/// settings, machine and number of threads. Needs LibTorch, but its header does not.
std::vector<EvaluationRecord> train_demo_model(const PretrainingSettings& settings,
    const std::filesystem::path& directory, const PretrainingObserver& observer);

} // namespace circuitloom
