#include "core/evaluation/task_metric.h"
#include "core/run/lora_matrices.h"
#include "core/run/memory_estimate.h"
#include "core/tuning/lora.h"
#include "tests/support/reference_transformer.h"

#include <doctest/doctest.h>
#include <torch/autograd.h>

using namespace circuitloom;
using namespace circuitloom::testing;

namespace {

ScoredBatch some_batch()
{
    static const std::vector<EncodedExample> examples{
        { { 1, 5, 9, 3, 7, 2, 11 }, { { 2, 3, 4 } } }, { { 4, 8, 2, 10 }, { { 2, 10, 12 } } }
    };
    return make_batch(std::vector<const EncodedExample*>{ &examples[0], &examples[1] }, torch::kCPU,
        torch::kFloat64);
}

Transformer copy_of(const Transformer& model)
{
    Weights weights = model.weights();
    for (auto* tensor : weights.all())
        *tensor = tensor->detach().clone();
    return { model.config(), std::move(weights) };
}

} // namespace

TEST_CASE("the gradients of A and B are those of an explicit W0 + s A B")
{
    torch::manual_seed(9);
    const ScoredBatch batch = some_batch();
    for (const auto family : { ModelFamily::gpt2, ModelFamily::llama, ModelFamily::gpt_neox })
        for (const char* words : { "q,k,v,o,mlp", "v", "q,o", "mlp,k" }) {
            CAPTURE(static_cast<int>(family));
            CAPTURE(words);
            Transformer model = random_model(family, 5);
            const Transformer original = copy_of(model);
            LoraAdapter adapter(model, 2, 3, lora_targets(words), 7);
            for (auto* tensor : adapter.tensors())
                tensor->copy_(0.2 * torch::randn_like(*tensor));
            adapter.compose();
            ForwardTaps taps;
            ForwardEdits root;
            root.embedding = model.embed(batch.ids).requires_grad_();
            const auto hidden = model.hidden(batch.ids, &taps, root);
            const auto found = adapter.gradients(next_token_loss(model, hidden, batch), taps);

            // The oracle: A and B as leaves of a model whose matrices are written out.
            Transformer written = copy_of(original);
            torch::autograd::variable_list leaves;
            for (const auto& addition : adapter.additions()) {
                auto& tensor = written.weights().at(addition.place.layer, addition.place.part);
                leaves.push_back(addition.a.detach().clone().requires_grad_());
                const auto a = leaves.back();
                leaves.push_back(addition.b.detach().clone().requires_grad_());
                const auto b = leaves.back();
                const auto after = addition.column + addition.columns;
                tensor = torch::cat({ tensor.narrow(1, 0, addition.column),
                                        tensor.narrow(1, addition.column, addition.columns)
                                            + 1.5 * torch::matmul(a, b),
                                        tensor.narrow(1, after, tensor.size(1) - after) },
                    1);
            }
            const auto their_loss = next_token_loss(written, written.hidden(batch.ids), batch);
            const auto expected = torch::autograd::grad({ their_loss }, leaves);
            REQUIRE(found.size() == expected.size());
            for (std::size_t i = 0; i < found.size(); ++i)
                CHECK(torch::allclose(found[i], expected[i], 1e-9, 1e-12));
            // And the composed model is that model.
            for (const auto part : { LayerPart::qkv_weight, LayerPart::mlp_in_weight })
                CHECK(torch::allclose(
                    model.weights().at(1, part), written.weights().at(1, part), 1e-12, 1e-14));
        }
}

TEST_CASE("an adapter starts as the model itself and never touches what it has no addition for")
{
    Transformer model = random_model(ModelFamily::llama, 5);
    const Transformer original = copy_of(model);
    LoraAdapter adapter(model, 3, 6, lora_targets("q,v"), 7);
    adapter.compose();
    const auto same = [&](int layer, LayerPart part) {
        return torch::equal(model.weights().at(layer, part), original.weights().at(layer, part));
    };
    for (int layer = 0; layer < model.config().layers; ++layer)
        CHECK(same(layer, LayerPart::qkv_weight));

    for (auto* tensor : adapter.tensors())
        tensor->fill_(0.5);
    adapter.compose();
    const std::int64_t queries = model.config().heads * model.config().head_dim;
    const std::int64_t keys = model.config().kv_heads * model.config().head_dim;
    const auto change = model.weights().at(0, LayerPart::qkv_weight)
        - original.weights().at(0, LayerPart::qkv_weight);
    CHECK(change.narrow(1, 0, queries).ne(0).all().item<bool>());
    CHECK(change.narrow(1, queries, keys).eq(0).all().item<bool>());
    CHECK(change.narrow(1, queries + keys, keys).ne(0).all().item<bool>());
    CHECK(same(0, LayerPart::output_weight));
    CHECK(same(0, LayerPart::mlp_in_weight));
    // From W0 again each time: nothing adds up.
    for (auto* tensor : adapter.tensors())
        tensor->zero_();
    adapter.compose();
    CHECK(same(0, LayerPart::qkv_weight));
}

TEST_CASE("an adapter's size follows from its rank")
{
    for (const auto family : { ModelFamily::gpt2, ModelFamily::llama }) {
        Transformer model = random_model(family, 5);
        const LoraTargets targets = lora_targets("k,o,mlp");
        const LoraAdapter adapter(model, 3, 6, targets, 7);
        CHECK(adapter.count() == 3 * lora_entries_per_rank(model.config(), targets));
        std::int64_t entries = 0;
        for (const auto* tensor : adapter.tensors())
            entries += tensor->numel();
        CHECK(adapter.count() == entries);
    }
}

TEST_CASE("an estimate of a run counts the entries that its adapter has")
{
    RunConfig config;
    config.method = TuningMethod::lora;
    config.lora_rank = 3;
    for (const auto family : { ModelFamily::gpt2, ModelFamily::llama })
        for (const char* targets : { "q,k,v,o,mlp", "q,v", "mlp" }) {
            CAPTURE(targets);
            config.lora_targets = targets;
            Transformer model = random_model(family, 5);
            const LoraAdapter adapter(model, 3, 6, lora_targets(targets), 7);
            CHECK(changed_entries(config, model.config(), 0) == adapter.count());
        }
}
