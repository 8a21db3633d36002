#include "core/discovery/edge_attribution.h"
#include "core/discovery/stream_geometry.h"
#include "core/evaluation/task_metric.h"
#include "tests/support/reference_transformer.h"

#include <doctest/doctest.h>

using namespace circuitloom;
using namespace circuitloom::testing;

TEST_CASE("what the readers see does not depend on what is kept, nor on the other rows")
{
    const std::vector<EncodedExample> task{ { { 1, 5, 9, 3, 7, 2, 11 }, { { 5, 11, 2 } } },
        { { 4, 8, 2, 10 }, { { 2, 10, 12 } } } };
    for (const auto family : { ModelFamily::gpt2, ModelFamily::llama })
        for (const int group : { 0, 4 }) {
            Transformer model = random_model(family, 5);
            const ComputationalGraph graph(
                model.config().graph_shape(), { .mlp_group_size = group });
            const auto batch = make_batch(std::vector<const EncodedExample*>{ &task[0], &task[1] },
                torch::kCPU, torch::kFloat64);
            ForwardTaps taps;
            ForwardEdits root;
            root.embedding = model.embed(batch.ids).requires_grad_();
            const auto hidden = model.hidden(batch.ids, &taps, root);
            const auto gradients
                = tap_gradients(logit_difference(model, hidden, batch), taps, graph);
            const auto rows = scored_rows(batch, ScoredPositions::all);
            const StreamGeometry kept(model, graph);
            const StreamGeometry formed(model, graph, 0);
            const auto seen
                = [&](const StreamGeometry& geometry, int index, const torch::Tensor& at) {
                      const auto scaled = torch::zeros(
                          { geometry.readers(index), at.size(0), model.config().d_model },
                          torch::kFloat64);
                      geometry.block(
                          index, taps, gradients, geometry.read_norms(taps, at), at, scaled);
                      return scaled;
                  };
            // The norms' weights are multiplied elsewhere for many rows than for one.
            const auto one = rows.narrow(0, 4, 1);
            REQUIRE(rows.size(0) > 2 * model.config().head_dim);
            for (int index = 0; index < kept.blocks(); ++index) {
                const auto all = seen(formed, index, rows);
                CHECK(torch::equal(seen(kept, index, rows), all));
                CHECK(torch::allclose(
                    seen(kept, index, one), all.narrow(1, 4, 1), 1e-10, 1e-14));
                CHECK(all.abs().max().item<double>() > 0);
            }
        }
}
