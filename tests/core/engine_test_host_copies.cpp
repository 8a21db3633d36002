#include "core/base/error.h"
#include "core/base/random.h"
#include "core/discovery/device_selection.h"
#include "core/discovery/selection.h"
#include "core/model/host_copy.h"
#include "core/run/silent_observer.h"
#include "core/tuning/run_preparation.h"
#include "core/tuning/step_batches.h"
#include "core/tuning/tuner.h"
#include "tests/support/tiny_run.h"

#include <ATen/record_function.h>
#include <doctest/doctest.h>

#include <atomic>
#include <cmath>
#include <limits>
#include <memory>
#include <string_view>
#include <vector>

using namespace circuitloom;

namespace {

torch::Tensor tensor_of(const std::vector<float>& scores)
{
    return torch::tensor(scores, torch::kFloat32);
}

Circuit on_device(const torch::Tensor& scores, const SelectionOptions& options)
{
    return circuit_of(strongest_on_device(scores, options.n, options.by_signed_score));
}

// Few values, so that ties abound; both zeros among them.
std::vector<float> tied_scores(std::size_t count, std::uint64_t seed)
{
    Random random(seed);
    std::vector<float> scores(count);
    for (float& score : scores)
        score = (static_cast<float>(random.below(7)) - 3.0f) * (random.below(2) == 0 ? 1.0f : -1.0f);
    return scores;
}

// Every size of number that a float has.
std::vector<float> spread_scores(std::size_t count, std::uint64_t seed)
{
    Random random(seed);
    std::vector<float> scores(count);
    for (float& score : scores) {
        const float size = std::ldexp(
            1.0f + static_cast<float>(random.below(1 << 20)) / (1 << 20),
            static_cast<int>(random.below(270)) - 147);
        score = random.below(2) == 0 ? size : -size;
    }
    return scores;
}

/// Counts the numbers that are read from tensors one by one while it lives.
class ReadNumbers
{
public:
    ReadNumbers()
        : handle_(at::addGlobalCallback(at::RecordFunctionCallback(&seen)
                                            .scopes({ at::RecordScope::FUNCTION })))
    {
        count() = 0;
    }
    ~ReadNumbers() { at::removeCallback(handle_); }
    ReadNumbers(const ReadNumbers&) = delete;
    ReadNumbers& operator=(const ReadNumbers&) = delete;

    static std::atomic<int>& count()
    {
        static std::atomic<int> read = 0;
        return read;
    }

private:
    static std::unique_ptr<at::ObserverContext> seen(const at::RecordFunction& function)
    {
        if (std::string_view(function.name()) == "aten::_local_scalar_dense")
            ++count();
        return nullptr;
    }

    at::CallbackHandle handle_;
};

} // namespace

TEST_CASE("the strongest edges found on a device are those found on the host, ties and all")
{
    const ComputationalGraph graph({ 4, 4, 2, 8 }, { GraphKind::full, 4 });
    const std::size_t count = graph.edges().size();
    for (const std::uint64_t seed : { 1, 2, 3, 4, 5 })
        for (const auto& scores : { tied_scores(count, seed), spread_scores(count, seed) })
            for (const bool by_sign : { false, true })
                for (const int n : { 0, 1, 2, 17, 60, static_cast<int>(count), 100'000 }) {
                    CAPTURE(seed);
                    CAPTURE(by_sign);
                    CAPTURE(n);
                    SelectionOptions options;
                    options.n = n;
                    options.by_signed_score = by_sign;
                    REQUIRE(selects_on_device(options));
                    CHECK((on_device(tensor_of(scores), options)
                        == select_edges(graph, scores, options)));
                }
    std::vector<SelectionOptions> others(3);
    others[0].rule = SelectionRule::threshold;
    others[1].cross_layer = false;
    others[2].prune_dead = true;
    for (const SelectionOptions& options : others)
        CHECK_FALSE(selects_on_device(options));
}

TEST_CASE("more edges than are looked at together are one ranking")
{
    auto scores = torch::zeros({ (1 << 22) * 2 + 5 }, torch::kFloat32);
    scores[3] = 1.0;
    scores[(1 << 22) + 1] = -2.0;
    scores[(1 << 22) * 2 + 4] = 2.0;
    SelectionOptions options;
    options.n = 5;
    const Circuit circuit = on_device(scores, options);
    std::vector<std::int32_t> edges;
    for (const ScoredEdge& scored : circuit)
        edges.push_back(scored.edge.value);
    CHECK((edges == std::vector<std::int32_t>{ (1 << 22) + 1, (1 << 22) * 2 + 4, 3, 0, 1 }));
}

TEST_CASE("scores that are not finite are refused wherever they stand")
{
    SelectionOptions options;
    options.n = 2;
    for (const float bad :
        { std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity(),
            -std::numeric_limits<float>::infinity() })
        for (const bool by_sign : { false, true })
            for (std::size_t at : { 0, 40, 99 }) {
                auto scores = tied_scores(100, 1);
                scores[at] = bad;
                options.by_signed_score = by_sign;
                CHECK_THROWS_AS(on_device(tensor_of(scores), options), Error);
            }
}

TEST_CASE("tensors of several types go to the host as one and come out as they were")
{
    const std::vector<torch::Tensor> tensors{ torch::tensor({ true }, torch::kBool),
        torch::randn({ 2, 3 }, torch::kFloat64), torch::arange(5, torch::kInt64),
        torch::randn({ 7 }, torch::kFloat32), torch::randn({ 3, 2 }, torch::kFloat32).t(),
        torch::empty({ 0 }, torch::kInt64), torch::tensor(true) };
    const auto found = unpacked(packed(tensors), tensors);
    REQUIRE(found.size() == tensors.size());
    for (std::size_t i = 0; i < found.size(); ++i) {
        CHECK((found[i].scalar_type() == tensors[i].scalar_type()));
        CHECK(torch::equal(found[i], tensors[i]));
    }
    CHECK(on_host(tensors)[3].is_same(tensors[3])); // where they are on the host already
}

TEST_CASE("a step reads no number from a tensor by itself, whatever its batches and its penalty")
{
    const testing::Folder folder;
    for (const int accumulate : { 1, 3 })
        for (const double penalty : { 0.0, 0.1 })
            for (const TuningMethod method :
                { TuningMethod::circuit, TuningMethod::full, TuningMethod::lora }) {
                RunConfig config = testing::tiny_run(folder);
                config.accumulate = accumulate;
                config.metric_penalty = penalty;
                config.method = method;
                config.discover_every = 2;
                CAPTURE(to_json(config));
                SilentObserver silent;
                PreparedRun run = prepare_run(config, silent);
                Tuner tuner(run.model, run.graph, run.config);
                DataOrder order(run.task.examples.size(), config.seed);
                int read = 0;
                for (int step = 1; step <= 4; ++step) {
                    const ReadNumbers numbers;
                    tuner.step(next_batches(order, run.task, run.config, run.model), step);
                    read += numbers.count();
                }
                CHECK(read == 0);
                const ReadNumbers numbers;
                torch::ones({ 1 }).item<double>();
                CHECK(numbers.count() == 1); // so it does count
            }
}

TEST_CASE("a loss that is not finite is told with its step, and changes nothing")
{
    const testing::Folder folder;
    for (const int accumulate : { 1, 2 })
        for (const int step : { 1, 2 }) { // with a discovery, without one
            RunConfig config = testing::tiny_run(folder);
            config.accumulate = accumulate;
            config.discover_every = 2;
            SilentObserver silent;
            PreparedRun run = prepare_run(config, silent);
            Tuner tuner(run.model, run.graph, run.config);
            DataOrder order(run.task.examples.size(), config.seed);
            for (int before = 1; before < step; ++before)
                tuner.step(next_batches(order, run.task, run.config, run.model), before);
            {
                const torch::NoGradGuard no_grad;
                run.model.weights().token_embedding.fill_(
                    std::numeric_limits<float>::quiet_NaN());
            }
            const auto head = run.model.weights().all().back()->clone();
            std::string said;
            try {
                tuner.step(next_batches(order, run.task, run.config, run.model), step);
            } catch (const Error& failure) {
                said = failure.what();
            }
            CHECK(said.find("The loss of step " + std::to_string(step)) != std::string::npos);
            CHECK(tuner.is_whole());
            CHECK(torch::equal(head, *run.model.weights().all().back()));
        }
}
