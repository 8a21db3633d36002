#include "core/base/error.h"
#include "core/run/run_config.h"

namespace circuitloom {

namespace {

// What every demo run shares: the embedded model, and suites from near to far.
RunConfig demo()
{
    RunConfig config;
    config.model = "demo";
    config.task = "demo/disagreement";
    config.held_out_task = "demo/disagreement-held-out";
    config.capabilities = {
        { "was/were", "demo/was-were" },
        { "this/these", "demo/this-these" },
        { "reflexives", "demo/reflexives" },
        { "he/she", "demo/he-she" },
        { "facts", "demo/facts" },
        { "counting", "demo/counting" },
        { "copying", "demo/copying" },
        { "indirect objects", "demo/indirect-objects" },
    };
    config.graph.mlp_group_size = 32;
    config.selection.n = 30;
    config.learning_rate = 0.03;
    config.warm_up = 0;
    config.steps = 120;
    config.evaluate_every = 5;
    return config;
}

RunConfig demo_full()
{
    RunConfig config = demo();
    config.name = "full fine-tuning";
    config.method = TuningMethod::full;
    return config;
}

RunConfig demo_random()
{
    RunConfig config = demo();
    config.name = "random circuit";
    config.method = TuningMethod::random;
    return config;
}

RunConfig demo_debias()
{
    RunConfig config = demo();
    config.name = "de-biasing";
    config.task = "demo/debias";
    config.held_out_task = "demo/debias-held-out";
    config.metric_penalty = 1; // the text alone would teach the stereotype
    return config;
}

RunConfig demo_fact()
{
    RunConfig config = demo();
    config.name = "one changed fact";
    config.task = "demo/changed-fact";
    config.held_out_task = "demo/changed-fact-held-out";
    return config;
}

struct Preset
{
    std::string_view name;
    RunConfig (*make)();
};

constexpr Preset presets[] = {
    { "demo", demo },
    { "demo-full", demo_full },
    { "demo-random", demo_random },
    { "demo-debias", demo_debias },
    { "demo-fact", demo_fact },
};

} // namespace

std::vector<std::string> preset_names()
{
    std::vector<std::string> names;
    for (const Preset& one : presets)
        names.emplace_back(one.name);
    return names;
}

RunConfig preset(std::string_view name)
{
    std::string names;
    for (const Preset& one : presets) {
        if (one.name == name)
            return one.make();
        names += (names.empty() ? "" : ", ") + std::string(one.name);
    }
    throw InputError("There is no preset \"" + std::string(name) + "\"; there are " + names + ".");
}

} // namespace circuitloom
