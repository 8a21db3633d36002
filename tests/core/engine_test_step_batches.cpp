#include "core/tuning/step_batches.h"
#include "tests/support/reference_transformer.h"

#include <doctest/doctest.h>

using namespace circuitloom;
using namespace circuitloom::testing;

namespace {

/// Each example begins with its own number.
EncodedTask numbered_task(int examples)
{
    EncodedTask task;
    for (std::int32_t i = 0; i < examples; ++i) {
        EncodedExample example;
        example.ids.assign(static_cast<std::size_t>(4 + i % 3), 1);
        example.ids.front() = i;
        example.targets.push_back({ 2, 1, 2 });
        task.examples.push_back(example);
    }
    return task;
}

/// The numbers of a share's examples, batch after batch.
std::vector<std::int64_t> numbers_of(const BatchShare& share)
{
    std::vector<std::int64_t> numbers;
    for (const ScoredBatch& batch : share.batches)
        for (std::int64_t i = 0; i < batch.examples; ++i)
            numbers.push_back(batch.ids[i][0].item<std::int64_t>());
    return numbers;
}

void check_places(const BatchShare& share)
{
    std::int64_t before = 0;
    REQUIRE(share.first.size() == share.batches.size());
    for (std::size_t i = 0; i < share.batches.size(); ++i) {
        CHECK(share.first[i] == before);
        before += share.batches[i].examples;
    }
    CHECK(share.examples == before);
}

} // namespace

TEST_CASE(
    "each batch of a step knows which of the step's examples is its first, however it is divided")
{
    const Transformer model = random_model(ModelFamily::gpt2, 7);
    const EncodedTask task = numbered_task(11);
    const StepExamples step{ { 3, 1, 4, 0, 9 }, { 5, 2 }, { 8, 6, 10 } };
    const std::vector<std::int64_t> order{ 3, 1, 4, 0, 9, 5, 2, 8, 6, 10 };
    for (const std::size_t parts : { std::size_t{ 1 }, std::size_t{ 2 }, std::size_t{ 4 } }) {
        CAPTURE(parts);
        const BatchShare share = batches_of(step, task, model, Ranks::none(), parts);
        CHECK(numbers_of(share) == order);
        check_places(share);
        const BatchShare smaller
            = in_parts(share, [](const ScoredBatch&) { return std::int64_t{ 2 }; });
        CHECK(numbers_of(smaller) == order);
        check_places(smaller);
        CHECK(smaller.tokens == share.tokens);
    }
}

TEST_CASE("so does each batch of a probe")
{
    const Transformer model = random_model(ModelFamily::gpt2, 8);
    const EncodedTask task = numbered_task(11);
    RunConfig config;
    config.score_on = ScoredOn::probe;
    config.probe_examples = 7;
    config.batch = 3;
    const BatchShare probe = probe_batches(task, config, model);
    CHECK(probe.examples == 7);
    CHECK(probe.batches.size() == 3);
    check_places(probe);
}
