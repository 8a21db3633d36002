#include "core/engine/tuning_engine.h"
#include "core/graph/computational_graph.h"
#include "core/model/checkpoint.h"
#include "core/tuning/benchmark.h"
#include "tests/support/tiny_run.h"

#include <doctest/doctest.h>

using namespace circuitloom;
using testing::Folder;
using testing::tiny_run;

TEST_CASE("the ratios of one round are those of its times")
{
    const Folder folder;
    RunConfig config = tiny_run(folder);
    const StepTimes times = time_steps(config, 1, 1);
    CHECK(times.rounds == 1);
    CHECK(times.plain_ms > 0);
    CHECK(times.discovery_ms > 0);
    CHECK(times.every_step == doctest::Approx(times.discovering_ms / times.plain_ms));
    CHECK(times.every_eighth_step
        == doctest::Approx((times.discovering_ms + 7 * times.following_ms) / 8 / times.plain_ms));
    const Transformer model
        = load_transformer(open_model_files(config.model), torch::kCPU, torch::kFloat32);
    const ComputationalGraph graph(model.config().graph_shape(), config.graph);
    CHECK(times.edges == static_cast<std::int64_t>(graph.edges().size()));
    CHECK(times.tokens > 0);
    CHECK(times.tunable_share > 0);
    CHECK(times.tunable_share < 1);
    config.selection.n = static_cast<int>(times.edges);
    CHECK(time_steps(config, 2, 0).tunable_share > times.tunable_share);
}

TEST_CASE("texts that are timed are continued from their first halves")
{
    const Folder folder;
    const RunConfig config = tiny_run(folder); // four texts of five letters, a token each
    const GenerationTimes times = time_generation(config, 6, 2, 1);
    CHECK(times.prompt_tokens == 4 * 2);
    CHECK(times.tokens >= 4);
    CHECK(times.tokens <= 4 * 6);
    CHECK(times.seconds > 0);
    CHECK(times.tokens_per_second
        == doctest::Approx(static_cast<double>(times.tokens) / times.seconds));
}
