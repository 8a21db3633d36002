#include "core/evaluation/task_metric.h"
#include "core/tuning/slice_gradients.h"
#include "tests/support/random_edges.h"
#include "tests/support/reference_transformer.h"

#include <doctest/doctest.h>
#include <torch/autograd.h>

using namespace circuitloom;
using namespace circuitloom::testing;

TEST_CASE("a slice's gradient is that part of the parameter's whole gradient")
{
    const std::vector<EncodedExample> examples{ { { 1, 5, 9, 3, 7, 2, 11 }, { { 2, 3, 4 } } },
        { { 4, 8, 2, 10 }, { { 2, 10, 12 } } } };
    const std::vector<const EncodedExample*> pointers{ &examples[0], &examples[1] };
    for (const auto family : { ModelFamily::gpt2, ModelFamily::llama, ModelFamily::gpt_neox })
        for (const int group : { 0, 12 }) {
            CAPTURE(static_cast<int>(family));
            CAPTURE(group);
            Transformer model = random_model(family, 31);
            const ComputationalGraph graph(
                model.config().graph_shape(), { GraphKind::full, group });
            const auto batch = make_batch(pointers, torch::kCPU, torch::kFloat64);
            const auto all = model.weights().all();

            model.set_requires_grad(true);
            const auto loss = next_token_loss(model, model.hidden(batch.ids), batch);
            torch::autograd::variable_list parameters;
            for (auto* tensor : all)
                parameters.push_back(*tensor);
            const auto whole = torch::autograd::grad({ loss }, parameters);
            model.set_requires_grad(false);

            Random random(3);
            for (int draw = 0; draw < 5; ++draw) {
                const Circuit circuit
                    = random_edges(std::vector<float>(graph.edges().size(), 1.0F), 5, random);
                const auto mask = ParameterMask::of(
                    opened_parts(graph, circuit, false), graph, model.config(), model.weights());
                ForwardTaps taps;
                ForwardEdits root;
                root.embedding = model.embed(batch.ids).requires_grad_();
                const auto hidden = model.hidden(batch.ids, &taps, root);
                const auto found = slice_gradients(
                    next_token_loss(model, hidden, batch), taps, mask, model.weights());
                REQUIRE(found.size() == mask.slices().size());
                REQUIRE(!found.empty());
                for (std::size_t i = 0; i < found.size(); ++i) {
                    const ParameterSlice& slice = mask.slices()[i];
                    const auto expected
                        = whole[slice.parameter].narrow(slice.dimension, slice.start, slice.length);
                    CHECK(torch::allclose(found[i], expected, 1e-10, 1e-13));
                }
            }
        }
}
