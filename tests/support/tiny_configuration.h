#pragma once

#include "core/run/run_config.h"

#include <filesystem>

namespace circuitloom::testing {

/// A few steps of the tiny model on task.jsonl, suite.jsonl and text.txt of `folder`.
inline RunConfig tiny_configuration(const std::filesystem::path& folder)
{
    RunConfig config;
    config.model = CIRCUITLOOM_TEST_DATA "/tiny_gpt2";
    config.task = (folder / "task.jsonl").string();
    config.held_out_task = config.task;
    config.capabilities = { { "letters", (folder / "suite.jsonl").string() },
        { "text", (folder / "text.txt").string() } };
    config.selection.n = 8;
    config.steps = 12;
    config.batch = 4;
    config.learning_rate = 0.05;
    config.warm_up = 0;
    config.evaluate_every = 6;
    config.discover_every = 3;
    config.device = "cpu";
    config.checkpoint_seconds = 0; // what a test finds does not depend on how fast it ran
    return config;
}

} // namespace circuitloom::testing
