#include "core/base/error.h"
#include "core/tuning/masked_adamw.h"
#include "core/tuning/masked_sgd.h"
#include "tests/support/random_edges.h"
#include "tests/support/reference_transformer.h"

#include <doctest/doctest.h>
#include <torch/optim/adamw.h>

#include <limits>

using namespace circuitloom;
using namespace circuitloom::testing;

namespace {

constexpr AdamWSettings settings{ 0.8, 0.95, 1e-6, 0.05 };

torch::optim::AdamWOptions their_options()
{
    return torch::optim::AdamWOptions(0.01).betas({ 0.8, 0.95 }).eps(1e-6).weight_decay(0.05);
}

std::vector<torch::Tensor> random_gradients(
    const std::vector<torch::Tensor*>& tensors, const ParameterMask& mask)
{
    std::vector<torch::Tensor> gradients;
    for (const ParameterSlice& slice : mask.slices())
        gradients.push_back(torch::randn_like(
            tensors[slice.parameter]->narrow(slice.dimension, slice.start, slice.length)));
    return gradients;
}

} // namespace

TEST_CASE("with everything open it is LibTorch's own AdamW")
{
    torch::manual_seed(3);
    Transformer model = random_model(ModelFamily::llama, 4);
    const auto ours = model.weights().all();
    std::vector<torch::Tensor> theirs;
    for (const auto* tensor : ours)
        theirs.push_back(tensor->clone().requires_grad_());
    torch::optim::AdamW reference(theirs, their_options());
    MaskedAdamW optimizer(settings);
    const auto mask = ParameterMask::everything(model.weights());
    for (int step = 0; step < 6; ++step) {
        const auto gradients = random_gradients(ours, mask);
        for (std::size_t i = 0; i < theirs.size(); ++i)
            theirs[i].mutable_grad() = gradients[i].clone();
        reference.step();
        optimizer.step(ours, mask, gradients, 0.01);
    }
    for (std::size_t i = 0; i < ours.size(); ++i)
        CHECK(torch::allclose(*ours[i], theirs[i], 1e-10, 1e-12));
}

TEST_CASE("each entry's AdamW counts and remembers only the steps in which it was open")
{
    torch::manual_seed(4);
    for (const std::int64_t dimension : { 0, 1 }) {
        CAPTURE(dimension);
        auto tensor = torch::randn({ 6, 6 }, torch::kFloat64);
        const auto start = tensor.clone();
        const std::vector<torch::Tensor*> ours{ &tensor };
        MaskedAdamW optimizer(settings);
        // One reference for each half, stepped only when that half is open.
        std::vector<torch::Tensor> halves;
        std::vector<torch::optim::AdamW> references;
        for (const std::int64_t half : { 0, 1 }) {
            halves.push_back(start.narrow(dimension, 3 * half, 3).clone().requires_grad_());
            references.emplace_back(std::vector<torch::Tensor>{ halves.back() }, their_options());
        }
        for (const int open : { 0, 0, 0, 1, 0, 1, 1 }) {
            const auto half = static_cast<std::size_t>(open);
            const auto frozen = tensor.narrow(dimension, 3 * (1 - open), 3).clone();
            const ParameterMask mask(
                std::vector<ParameterSlice>{ { 0, {}, dimension, 3 * open, 3 } });
            const auto gradients = random_gradients(ours, mask);
            halves[half].mutable_grad() = gradients[0].clone();
            references[half].step();
            optimizer.step(ours, mask, gradients, 0.01);
            CHECK(torch::equal(tensor.narrow(dimension, 3 * (1 - open), 3), frozen));
            CHECK(
                torch::allclose(tensor.narrow(dimension, 3 * open, 3), halves[half], 1e-10, 1e-12));
        }
    }
}

TEST_CASE("an entry outside the mask keeps its bits through AdamW's moments and decay")
{
    torch::manual_seed(5);
    for (const auto family : { ModelFamily::gpt2, ModelFamily::llama }) {
        Transformer model = random_model(family, 17);
        const ComputationalGraph graph(model.config().graph_shape(), { GraphKind::full, 8 });
        const auto all = model.weights().all();
        MaskedAdamW optimizer(settings);
        Random random(5);
        for (int step = 0; step < 10; ++step) {
            const Circuit circuit
                = random_edges(std::vector<float>(graph.edges().size(), 1.0F), 4, random);
            const auto mask = ParameterMask::of(
                opened_parts(graph, circuit, false), graph, model.config(), model.weights());
            std::vector<torch::Tensor> before;
            std::vector<torch::Tensor> frozen;
            for (const auto* tensor : all) {
                before.push_back(tensor->clone());
                frozen.push_back(torch::ones_like(*tensor, torch::kBool));
            }
            for (const ParameterSlice& slice : mask.slices())
                frozen[slice.parameter]
                    .narrow(slice.dimension, slice.start, slice.length)
                    .fill_(false);
            optimizer.step(all, mask, random_gradients(all, mask), 0.05);
            for (std::size_t i = 0; i < all.size(); ++i) {
                CHECK(torch::equal(
                    all[i]->masked_select(frozen[i]), before[i].masked_select(frozen[i])));
                const auto open = frozen[i].logical_not();
                CHECK(all[i]
                          ->masked_select(open)
                          .ne(before[i].masked_select(open))
                          .all()
                          .item<bool>());
            }
        }
    }
}

TEST_CASE("a gradient is clipped by its length over all slices")
{
    const auto gradients = [] {
        return std::vector<torch::Tensor>{ torch::tensor({ 3.0, -4.0 }, torch::kFloat64), {},
            torch::tensor({ 12.0 }, torch::kFloat64) };
    };
    auto halved = gradients();
    CHECK(clip_gradients(halved, 6.5) == doctest::Approx(13));
    CHECK(torch::allclose(halved[0], torch::tensor({ 1.5, -2.0 }, torch::kFloat64)));
    CHECK_FALSE(halved[1].defined());
    CHECK(halved[2].item<double>() == doctest::Approx(6));
    auto kept = gradients();
    clip_gradients(kept, 13.5);
    CHECK(torch::equal(kept[0], gradients()[0]));
    auto broken = gradients();
    broken[2].fill_(std::numeric_limits<double>::infinity());
    CHECK_THROWS_AS(clip_gradients(broken, 1), Error);
}
