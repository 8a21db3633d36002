#include "core/base/error.h"
#include "core/tuning/masked_adamw.h"
#include "core/tuning/masked_sgd.h"
#include "tests/support/random_edges.h"
#include "tests/support/reference_transformer.h"

#include <doctest/doctest.h>
#include <torch/optim/adamw.h>
#include <torch/optim/sgd.h>

#include <algorithm>
#include <limits>
#include <utility>
#include <vector>

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

/// Whether all weights stay LibTorch's over six steps of both, on the same gradients.
template <class Theirs, class Ours>
bool stays_equal(Ours& optimizer, const auto& their_options, double learning_rate)
{
    Transformer model = random_model(ModelFamily::llama, 4);
    const auto ours = model.weights().all();
    std::vector<torch::Tensor> theirs;
    for (const auto* tensor : ours)
        theirs.push_back(tensor->clone().requires_grad_());
    Theirs reference(theirs, their_options);
    const auto mask = ParameterMask::everything(model.weights());
    for (int step = 0; step < 6; ++step) {
        const auto gradients = random_gradients(ours, mask);
        for (std::size_t i = 0; i < theirs.size(); ++i)
            theirs[i].mutable_grad() = gradients[i].clone();
        reference.step();
        optimizer.step(ours, mask, gradients, learning_rate);
    }
    bool equal = true;
    for (std::size_t i = 0; i < ours.size(); ++i)
        equal = equal && torch::allclose(*ours[i], theirs[i], 1e-10, 1e-12);
    return equal;
}

} // namespace

TEST_CASE("with everything open it is LibTorch's own AdamW")
{
    torch::manual_seed(3);
    MaskedAdamW optimizer(settings);
    CHECK(stays_equal<torch::optim::AdamW>(optimizer, their_options(), 0.01));
}

TEST_CASE("with everything open it is LibTorch's own SGD, with momentum and decay")
{
    torch::manual_seed(5);
    MaskedSgd optimizer({ 0.8, 0.1 });
    CHECK(stays_equal<torch::optim::SGD>(
        optimizer, torch::optim::SGDOptions(0.02).momentum(0.8).weight_decay(0.1), 0.02));
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
                std::vector<ParameterSlice>{ { 0, {}, dimension, 3 * open, 3, {} } });
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

TEST_CASE("what is remembered stays with its entry as stretches join, and takes no more numbers")
{
    torch::manual_seed(6);
    for (const std::int64_t dimension : { 0, 1 }) {
        CAPTURE(dimension);
        auto tensor = torch::randn({ 12, 12 }, torch::kFloat64);
        MaskedAdamW optimizer(settings);
        std::vector<torch::Tensor> rows; // along the dimension, each with a reference of its own
        std::vector<torch::optim::AdamW> references;
        for (std::int64_t row = 0; row < 12; ++row) {
            rows.push_back(tensor.narrow(dimension, row, 1).clone().requires_grad_());
            references.emplace_back(std::vector<torch::Tensor>{ rows.back() }, their_options());
        }
        std::vector<bool> opened(12);
        // Alone; beside; joining both and what is between; inside; over an end; all.
        for (const auto& [start, length] : std::vector<std::pair<std::int64_t, std::int64_t>>{
                 { 2, 2 }, { 7, 1 }, { 2, 6 }, { 3, 3 }, { 7, 3 }, { 0, 1 }, { 0, 12 } }) {
            const ParameterMask mask(
                std::vector<ParameterSlice>{ { 0, {}, dimension, start, length, {} } });
            const auto gradients = random_gradients({ &tensor }, mask);
            optimizer.step({ &tensor }, mask, gradients, 0.01);
            for (std::int64_t row = start; row < start + length; ++row) {
                const auto at = static_cast<std::size_t>(row);
                rows[at].mutable_grad() = gradients[0].narrow(dimension, row - start, 1).clone();
                references[at].step();
                opened[at] = true;
            }
            TrainingState state;
            optimizer.save(state);
            for (const char* name : { "optimizer.mean.0", "optimizer.square.0" })
                CHECK(state.tensor(name).numel() == 12 * std::ranges::count(opened, true));
            CHECK(torch::allclose(tensor, torch::cat(rows, dimension), 1e-10, 1e-12));
        }
    }
}

TEST_CASE("bfloat16 weights follow those of float32, by steps that bfloat16 alone would lose")
{
    torch::manual_seed(8);
    const ParameterMask mask(std::vector<ParameterSlice>{ { 0, {}, 1, 1, 3, {} } });
    const auto start = torch::randn({ 5, 6 }).add_(2).to(torch::kBFloat16);
    const auto follow = [&](MaskedOptimizer& optimizer, MaskedOptimizer& reference, double rate) {
        auto narrow = start.clone();
        auto wide = start.to(torch::kFloat32);
        const auto direction = torch::rand({ 5, 3 }).add_(0.5).to(torch::kBFloat16);
        for (int step = 0; step < 400; ++step) {
            optimizer.step({ &narrow }, mask, { direction }, rate);
            reference.step({ &wide }, mask, { direction.to(torch::kFloat32) }, rate);
        }
        CHECK(torch::equal(narrow, wide.to(torch::kBFloat16)));
        CHECK(narrow.narrow(1, 1, 3).ne(start.narrow(1, 1, 3)).all().item<bool>());
        CHECK(torch::equal(narrow.narrow(1, 0, 1), start.narrow(1, 0, 1)));
    };
    MaskedAdamW adamw(settings);
    MaskedAdamW adamw_reference(settings);
    follow(adamw, adamw_reference, 1e-4);
    MaskedSgd sgd({ 0.9, 0 });
    MaskedSgd sgd_reference({ 0.9, 0 });
    follow(sgd, sgd_reference, 1e-5);
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
