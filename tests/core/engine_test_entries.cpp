#include "core/base/error.h"
#include "core/evaluation/task_metric.h"
#include "core/tuning/largest_entries.h"
#include "core/tuning/masked_adamw.h"
#include "core/tuning/objective.h"
#include "core/tuning/step_batches.h"
#include "core/tuning/tuner.h"
#include "tests/support/reference_transformer.h"

#include <doctest/doctest.h>
#include <torch/optim/adamw.h>
#include <torch/torch.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

using namespace circuitloom;
using namespace circuitloom::testing;

namespace {

EncodedTask some_task(std::size_t count)
{
    Random random(11);
    EncodedTask task;
    for (std::size_t i = 0; i < count; ++i) {
        EncodedExample example;
        const std::size_t length = 4 + random.below(5);
        for (std::size_t t = 0; t < length; ++t)
            example.ids.push_back(static_cast<std::int32_t>(random.below(13)));
        const int position = static_cast<int>(length) - 2;
        example.targets.push_back({ position, example.ids.back(), (example.ids.back() + 1) % 13 });
        task.examples.push_back(example);
    }
    return task;
}

ScoredBatch batch_of(const EncodedTask& task, std::span<const std::size_t> places)
{
    std::vector<const EncodedExample*> pointers;
    for (const std::size_t place : places)
        pointers.push_back(&task.examples[place]);
    return make_batch(pointers, torch::kCPU, torch::kFloat64);
}

ScoredBatch batch_of(const EncodedTask& task, std::size_t first, std::size_t count)
{
    std::vector<std::size_t> places(count);
    std::iota(places.begin(), places.end(), first);
    return batch_of(task, places);
}

RunConfig basic(TuningMethod method)
{
    RunConfig config;
    config.method = method;
    config.learning_rate = 0.05;
    config.warm_up = 0;
    config.selection.n = 10;
    config.mask_share = 0.07;
    config.mask_examples = 12;
    config.batch = 5;
    config.discover_every = 2;
    config.dtype = Precision::float64;
    return config;
}

/// The four matrices of every block, found by hand.
std::vector<torch::Tensor> matrices_of(Transformer& model)
{
    std::vector<torch::Tensor> found;
    for (auto& block : model.weights().layers)
        for (const auto part : { LayerPart::qkv_weight, LayerPart::output_weight,
                 LayerPart::mlp_in_weight, LayerPart::mlp_out_weight })
            found.push_back(block[static_cast<std::size_t>(part)]);
    return found;
}

torch::Tensor in_one_row(const std::vector<torch::Tensor>& tensors)
{
    std::vector<torch::Tensor> rows;
    for (const torch::Tensor& tensor : tensors)
        rows.push_back(tensor.detach().reshape({ -1 }));
    return torch::cat(rows);
}

/// A plain loop over whole gradients: what the methods must equal.
class LiteralLoop
{
public:
    LiteralLoop(Transformer& model, const RunConfig& config)
        : model_(model)
        , config_(config)
        , matrices_(matrices_of(model))
    {
        for (torch::Tensor& matrix : matrices_)
            matrix.requires_grad_();
        velocity_ = torch::zeros_like(in_one_row(matrices_));
        mask_ = torch::zeros_like(velocity_, torch::kBool);
    }

    /// ∇ of the mean loss of a batch's tokens, all matrices in one row.
    torch::Tensor gradient(const ScoredBatch& batch)
    {
        const auto loss = next_token_loss(model_, model_.hidden(batch.ids), batch);
        return in_one_row(torch::autograd::grad({ loss }, matrices_));
    }

    /// The first of equal scores first.
    void open_largest(const torch::Tensor& scores)
    {
        const auto count = std::llround(config_.mask_share * static_cast<double>(scores.numel()));
        std::vector<std::int64_t> order(static_cast<std::size_t>(scores.numel()));
        std::iota(order.begin(), order.end(), std::int64_t{ 0 });
        const auto* score = scores.data_ptr<double>();
        std::ranges::stable_sort(
            order, [score](std::int64_t a, std::int64_t b) { return score[a] > score[b]; });
        mask_.fill_(false);
        for (std::int64_t i = 0; i < count; ++i)
            mask_[order[static_cast<std::size_t>(i)]] = true;
    }

    void step(const torch::Tensor& gradient)
    {
        const torch::NoGradGuard no_grad;
        const auto weights = in_one_row(matrices_);
        const auto moved = config_.momentum * velocity_ + gradient + config_.weight_decay * weights;
        velocity_ = torch::where(mask_, moved, velocity_);
        const auto updated
            = torch::where(mask_, weights - config_.learning_rate * velocity_, weights);
        std::int64_t first = 0;
        for (torch::Tensor& matrix : matrices_) {
            matrix.copy_(updated.narrow(0, first, matrix.numel()).view(matrix.sizes()));
            first += matrix.numel();
        }
    }

    torch::Tensor weights() const { return in_one_row(matrices_); }
    const torch::Tensor& mask() const { return mask_; }

private:
    Transformer& model_;
    RunConfig config_;
    std::vector<torch::Tensor> matrices_;
    torch::Tensor velocity_;
    torch::Tensor mask_;
};

// Scores as section 5 of the algorithm writes them, example by example.
torch::Tensor literal_scores(TuningMethod method, LiteralLoop& loop, const EncodedTask& task,
    std::span<const std::size_t> places)
{
    const auto weights = loop.weights();
    auto sum = torch::zeros_like(weights);
    auto squares = torch::zeros_like(weights);
    for (const std::size_t place : places) {
        const auto predicted = static_cast<std::int64_t>(task.examples[place].ids.size()) - 1;
        const auto of_example
            = loop.gradient(batch_of(task, place, 1)) * static_cast<double>(predicted);
        sum += of_example;
        squares += of_example * of_example;
    }
    switch (method) {
    case TuningMethod::gradient:
        return sum.abs();
    case TuningMethod::fisher:
        return squares;
    case TuningMethod::snip:
        return (weights * sum).abs();
    case TuningMethod::taylor:
        return weights * weights * squares;
    case TuningMethod::magnitude:
        return weights.abs();
    default:
        FAIL("no such score");
        return {};
    }
}

// The entries of the matrices that differ from `start`, and that nothing else does.
torch::Tensor moved_entries(Transformer& model, Transformer& start)
{
    const auto now = matrices_of(model);
    std::set<const void*> of_blocks;
    for (const torch::Tensor& matrix : now)
        of_blocks.insert(matrix.unsafeGetTensorImpl());
    const auto all = model.weights().all();
    const auto before = start.weights().all();
    for (std::size_t i = 0; i < all.size(); ++i)
        if (!of_blocks.contains(all[i]->unsafeGetTensorImpl()))
            CHECK(torch::equal(*all[i], *before[i]));
    return in_one_row(now).ne(in_one_row(matrices_of(start)));
}

} // namespace

TEST_CASE("the largest of all scores are found, the first of equal ones first")
{
    torch::manual_seed(5);
    for (const auto type : { torch::kFloat32, torch::kFloat64 }) {
        // Many equal ones, zeros of both signs, and the smallest numbers there are.
        std::vector<torch::Tensor> scores{ torch::rand({ 7, 9 }, type).mul(8).floor().div(7),
            torch::rand({ 40 }, type).mul(1e-30), torch::zeros({ 3, 3 }, type),
            torch::zeros({ 5 }, type).neg() };
        scores[1][3] = 1e30;
        const auto row = in_one_row(scores).to(torch::kFloat64);
        for (const std::int64_t count : { 0, 1, 2, 17, 60, 64, 103, 110, 117 }) {
            CAPTURE(count);
            std::vector<std::int64_t> order(static_cast<std::size_t>(row.numel()));
            std::iota(order.begin(), order.end(), std::int64_t{ 0 });
            std::ranges::stable_sort(order, [&](std::int64_t a, std::int64_t b) {
                return row[a].item<double>() > row[b].item<double>();
            });
            auto expected = torch::zeros({ row.numel() }, torch::kBool);
            for (std::int64_t i = 0; i < count; ++i)
                expected[order[static_cast<std::size_t>(i)]] = true;
            CHECK(torch::equal(torch::cat(largest_entries(scores, count)), expected));
        }
        scores[2][1][1] = std::nan("");
        CHECK_THROWS_AS(largest_entries(scores, 3), Error);
    }
}

TEST_CASE("bits say which entries of a tensor are meant")
{
    torch::manual_seed(6);
    for (const std::int64_t size : { 1, 7, 8, 9, 64, 77 }) {
        CAPTURE(size);
        const auto flags = torch::rand({ size }).lt(0.4);
        const auto more = torch::rand({ size }).lt(0.3);
        const EntryBits bits(flags);
        CHECK(bits.bytes().numel() == (size + 7) / 8);
        CHECK(bits.count() == flags.sum().item<std::int64_t>());
        CHECK(torch::equal(bits.flags(), flags));
        const EntryBits both = bits.together_with(EntryBits(more));
        CHECK(torch::equal(both.flags(), flags.logical_or(more)));
        CHECK(torch::equal(both.places().index_select(0, bits.places_in(both)), bits.places()));
        CHECK(torch::equal(EntryBits::of_bytes(bits.bytes(), size).flags(), flags));
        CHECK_THROWS_AS(EntryBits::of_bytes(bits.bytes(), size + 8), ResourceError);
    }
    // Entries are counted row by row, however the tensor lies in memory.
    auto turned = torch::arange(12).view({ 3, 4 }).t();
    const EntryBits second(torch::tensor({ 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1 }).to(torch::kBool));
    CHECK(torch::equal(taken(turned, second), torch::tensor({ 4, 11 })));
    put(turned, second, torch::tensor({ 40, 110 }));
    CHECK(turned[0][1].item<int>() == 40);
    CHECK(turned[3][2].item<int>() == 110);
}

TEST_CASE("entries that a score chose once train as in a literal loop, and no other moves")
{
    const EncodedTask task = some_task(40);
    for (const auto family : { ModelFamily::gpt2, ModelFamily::llama })
        for (const auto method : { TuningMethod::gradient, TuningMethod::fisher,
                 TuningMethod::magnitude, TuningMethod::snip, TuningMethod::taylor }) {
            CAPTURE(method_name(method));
            const RunConfig config = basic(method);
            Transformer start = random_model(family, 21);
            Transformer ours = random_model(family, 21);
            Transformer theirs = random_model(family, 21);
            const ComputationalGraph graph(ours.config().graph_shape(), { GraphKind::full, 8 });
            Tuner tuner(ours, graph, config);
            tuner.set_calibration(calibration_batches(task, config, ours));

            LiteralLoop loop(theirs, config);
            const auto drawn = calibration_places(task, config);
            REQUIRE(drawn.size() == 12);
            loop.open_largest(literal_scores(method, loop, task, drawn));
            for (int step = 1; step <= 5; ++step) {
                const auto batch = batch_of(task, static_cast<std::size_t>(8 * (step - 1)), 8);
                const auto outcome = tuner.step(batch, step);
                loop.step(loop.gradient(batch));
                CHECK(outcome.discovery.has_value() == (step % 2 == 1));
                if (outcome.discovery) {
                    CHECK(outcome.discovery->circuit.size() == 10);
                    CHECK(outcome.discovery->tunable_count
                        == loop.mask().sum().item<std::int64_t>());
                }
            }
            CHECK(torch::allclose(in_one_row(matrices_of(ours)), loop.weights(), 1e-9, 1e-12));
            CHECK(torch::equal(moved_entries(ours, start), loop.mask()));
        }
}

TEST_CASE("redrawn entries are those of each discovery's batch; what is frozen keeps its momentum")
{
    const EncodedTask task = some_task(56);
    for (const bool split : { false, true }) {
        CAPTURE(split);
        const RunConfig config = basic(TuningMethod::gradient_redrawn);
        Transformer start = random_model(ModelFamily::gpt2, 22);
        Transformer ours = random_model(ModelFamily::gpt2, 22);
        Transformer theirs = random_model(ModelFamily::gpt2, 22);
        const ComputationalGraph graph(ours.config().graph_shape(), { GraphKind::full, 8 });
        Tuner tuner(ours, graph, config);
        LiteralLoop loop(theirs, config);
        auto ever = torch::zeros_like(loop.mask());
        for (int step = 1; step <= 7; ++step) {
            const auto first = static_cast<std::size_t>(8 * (step - 1));
            const auto batch = batch_of(task, first, 8);
            const auto kept = in_one_row(matrices_of(ours)).clone();
            const auto gradient = loop.gradient(batch);
            if (step % 2 == 1)
                loop.open_largest(gradient.abs());
            loop.step(gradient);
            ever = ever.logical_or(loop.mask());
            const std::vector<ScoredBatch> parts{ batch_of(task, first, 3),
                batch_of(task, first + 3, 5) };
            const auto outcome = split ? tuner.step(parts, step) : tuner.step(batch, step);
            if (outcome.discovery)
                CHECK(outcome.discovery->tunable_count == loop.mask().sum().item<std::int64_t>());
            const auto now = in_one_row(matrices_of(ours));
            const auto frozen = loop.mask().logical_not();
            CHECK(torch::equal(now.masked_select(frozen), kept.masked_select(frozen)));
        }
        CHECK(torch::allclose(in_one_row(matrices_of(ours)), loop.weights(), 1e-9, 1e-12));
        CHECK(torch::equal(moved_entries(ours, start), ever));
        CHECK(ever.sum().item<std::int64_t>() > loop.mask().sum().item<std::int64_t>());
    }
}

TEST_CASE("each single entry's AdamW counts and remembers only the steps in which it was open")
{
    torch::manual_seed(4);
    auto tensor = torch::randn({ 5, 6 }, torch::kFloat64);
    const auto start = tensor.clone();
    const std::vector<torch::Tensor*> ours{ &tensor };
    MaskedAdamW optimizer(AdamWSettings{ 0.8, 0.95, 1e-6, 0.05 });
    // Three sets of entries, each with a reference that is stepped only when the set is open.
    const auto set_of_entry = torch::randint(3, { 30 });
    std::vector<torch::Tensor> sets;
    std::vector<torch::optim::AdamW> references;
    for (int set = 0; set < 3; ++set) {
        sets.push_back(start.view({ -1 }).masked_select(set_of_entry.eq(set)).requires_grad_());
        references.emplace_back(std::vector<torch::Tensor>{ sets.back() },
            torch::optim::AdamWOptions(0.01).betas({ 0.8, 0.95 }).eps(1e-6).weight_decay(0.05));
    }
    const std::vector<std::vector<int>> opened{ { 0 }, { 0, 1 }, { 2 }, { 1 }, { 0, 1, 2 }, { 0 },
        { 1, 2 } };
    for (const std::vector<int>& open : opened) {
        auto flags = torch::zeros({ 30 }, torch::kBool);
        for (const int set : open)
            flags = flags.logical_or(set_of_entry.eq(set));
        ParameterSlice slice{ 0, {}, 0, 0, 5, EntryBits(flags) };
        const ParameterMask mask(std::vector<ParameterSlice>{ slice });
        const auto gradient = torch::randn({ 30 }, torch::kFloat64);
        optimizer.step(ours, mask, { gradient.masked_select(flags) }, 0.01);
        for (const int set : open) {
            const auto index = static_cast<std::size_t>(set);
            sets[index].mutable_grad() = gradient.masked_select(set_of_entry.eq(set));
            references[index].step();
        }
    }
    for (int set = 0; set < 3; ++set)
        CHECK(torch::allclose(tensor.view({ -1 }).masked_select(set_of_entry.eq(set)),
            sets[static_cast<std::size_t>(set)], 1e-10, 1e-12));
}

TEST_CASE("random entries are drawn by the seed alone, as many as the share says")
{
    const EncodedTask task = some_task(16);
    std::vector<torch::Tensor> moved;
    for (const std::uint64_t seed : { 1, 1, 2 }) {
        RunConfig config = basic(TuningMethod::random_entries);
        config.seed = seed;
        Transformer start = random_model(ModelFamily::llama, 23);
        Transformer ours = random_model(ModelFamily::llama, 23);
        const ComputationalGraph graph(ours.config().graph_shape(), {});
        Tuner tuner(ours, graph, config);
        tuner.step(batch_of(task, 0, 8), 1);
        moved.push_back(moved_entries(ours, start));
        const auto all = moved.back().numel();
        CHECK(moved.back().sum().item<std::int64_t>()
            == std::llround(0.07 * static_cast<double>(all)));
    }
    CHECK(torch::equal(moved[0], moved[1]));
    CHECK_FALSE(torch::equal(moved[0], moved[2]));
}

TEST_CASE("bitfit trains every bias as full fine-tuning does, and nothing else")
{
    const EncodedTask task = some_task(16);
    RunConfig config = basic(TuningMethod::bitfit);
    Transformer start = random_model(ModelFamily::gpt2, 24);
    Transformer ours = random_model(ModelFamily::gpt2, 24);
    Transformer full = random_model(ModelFamily::gpt2, 24);
    const ComputationalGraph graph(ours.config().graph_shape(), {});
    const auto batch = batch_of(task, 0, 8);
    Tuner tuner(ours, graph, config);
    const auto outcome = tuner.step(batch, 1);
    config.method = TuningMethod::full;
    Tuner(full, graph, config).step(batch, 1);

    std::set<const torch::Tensor*> biases{ &ours.weights().final_norm_bias };
    for (const auto& block : ours.weights().layers)
        for (const auto part :
            { LayerPart::attention_norm_bias, LayerPart::qkv_bias, LayerPart::output_bias,
                LayerPart::mlp_norm_bias, LayerPart::mlp_in_bias, LayerPart::mlp_out_bias })
            biases.insert(&block[static_cast<std::size_t>(part)]);
    std::int64_t count = 0;
    const auto all = ours.weights().all();
    for (std::size_t i = 0; i < all.size(); ++i) {
        const bool is_bias = biases.contains(all[i]);
        count += is_bias ? all[i]->numel() : 0;
        CHECK(torch::equal(*all[i], *start.weights().all()[i]) != is_bias);
        if (is_bias)
            CHECK(torch::allclose(*all[i], *full.weights().all()[i], 1e-10, 1e-13));
    }
    CHECK(outcome.discovery->tunable_count == count);

    config.method = TuningMethod::bitfit;
    Transformer without = random_model(ModelFamily::llama, 25);
    const ComputationalGraph other(without.config().graph_shape(), {});
    const bool has_biases = std::ranges::any_of(without.weights().layers, [](const auto& block) {
        return block[static_cast<std::size_t>(LayerPart::qkv_bias)].defined()
            || block[static_cast<std::size_t>(LayerPart::mlp_in_bias)].defined();
    });
    REQUIRE_FALSE(has_biases);
    CHECK_THROWS_WITH_AS(Tuner(without, other, config),
        "circuit.method = \"bitfit\" trains biases alone, and the model demo has none; choose "
        "another circuit.method, such as random-entries.",
        InputError);
}

TEST_CASE("what the configuration opens beside trains with redrawn entries too")
{
    const EncodedTask task = some_task(16);
    RunConfig config = basic(TuningMethod::gradient_redrawn);
    config.train_norms = true;
    config.train_embeddings = true;
    Transformer ours = random_model(ModelFamily::gpt2, 26);
    Transformer full = random_model(ModelFamily::gpt2, 26);
    const ComputationalGraph graph(ours.config().graph_shape(), {});
    const auto batch = batch_of(task, 0, 8);
    Tuner(ours, graph, config).step(batch, 1);
    config.method = TuningMethod::full;
    config.train_norms = config.train_embeddings = false;
    Tuner(full, graph, config).step(batch, 1);
    CHECK(torch::allclose(
        ours.weights().token_embedding, full.weights().token_embedding, 1e-10, 1e-13));
    CHECK(torch::allclose(
        ours.weights().final_norm_weight, full.weights().final_norm_weight, 1e-10, 1e-13));
}
