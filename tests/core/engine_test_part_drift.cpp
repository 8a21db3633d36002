// How far parts of a model moved, against exported models that are read and compared here.
#include "core/base/error.h"
#include "core/engine/export_model.h"
#include "core/formats/safetensors.h"
#include "core/model/checkpoint.h"
#include "core/store/experiment_reader.h"
#include "core/tuning/opened_parts.h"
#include "core/tuning/part_drift.h"
#include "tests/support/ask_engine.h"
#include "tests/support/reference_transformer.h"
#include "tests/support/tiny_run.h"

#include <doctest/doctest.h>

#include <cmath>
#include <map>
#include <set>

using namespace circuitloom;
using testing::ask;
using testing::Folder;
using testing::random_model;
using doctest::Approx;

namespace {

constexpr double exactly_nothing = 0;

/// An exported model's tensor of that name.
torch::Tensor tensor(const Transformer& model, int layer, LayerPart part)
{
    return model.weights().at(layer, part);
}

Transformer exported(const RunMoment& moment, const std::filesystem::path& folder)
{
    export_model(to_string(moment), folder, ElementType::f32);
    return load_transformer(open_model_files(folder.string()), torch::kCPU, torch::kFloat32);
}

/// ‖after − before‖ and ‖before‖ over slices that this test cuts for itself.
Moved moved(const std::vector<std::pair<torch::Tensor, torch::Tensor>>& slices)
{
    double distance = 0;
    double before = 0;
    for (const auto& [first, second] : slices) {
        distance += (second - first).to(torch::kFloat64).square().sum().item<double>();
        before += first.to(torch::kFloat64).square().sum().item<double>();
    }
    return { std::sqrt(distance), std::sqrt(before) };
}

/// GPT-2's layout: all q, then all k, then all v, side by side, each head's columns together.
Moved expected(const ParameterPart& part, const Transformer& before, const Transformer& after)
{
    using enum ParameterPart::Kind;
    using enum LayerPart;
    const ModelConfig& config = before.config();
    const int dim = config.head_dim;
    std::vector<std::pair<torch::Tensor, torch::Tensor>> slices;
    const auto add = [&](LayerPart which, int dimension, int start, int length) {
        slices.emplace_back(
            tensor(before, part.layer, which).narrow(dimension, start, length),
            tensor(after, part.layer, which).narrow(dimension, start, length));
    };
    const auto add_whole = [&](LayerPart which) {
        slices.emplace_back(tensor(before, part.layer, which), tensor(after, part.layer, which));
    };
    const auto columns = [&](int third) {
        const int start = (third * config.heads + part.index) * dim;
        add(qkv_weight, 1, start, dim);
        add(qkv_bias, 0, start, dim);
    };
    switch (part.kind) {
    case query:
        columns(0);
        break;
    case key:
        columns(1);
        break;
    case value:
        columns(2);
        break;
    case output:
        add(output_weight, 0, part.index * dim, dim);
        break;
    case mlp:
        for (const LayerPart which : { mlp_in_weight, mlp_in_bias, mlp_out_weight, mlp_out_bias })
            add_whole(which);
        break;
    case shared:
        for (const LayerPart which : { attention_norm_weight, attention_norm_bias, mlp_norm_weight,
                 mlp_norm_bias, output_bias })
            add_whole(which);
        break;
    case embedding:
        slices.emplace_back(before.weights().token_embedding, after.weights().token_embedding);
        slices.emplace_back(
            before.weights().position_embedding, after.weights().position_embedding);
        break;
    case unembedding:
        slices.emplace_back(before.weights().final_norm_weight, after.weights().final_norm_weight);
        slices.emplace_back(before.weights().final_norm_bias, after.weights().final_norm_bias);
        break;
    }
    return moved(slices);
}

/// The parts that the circuits before the step opened, with what opens beside them.
std::set<ParameterPart> opened_before(const ExperimentReader& reader, RunId run, int step)
{
    const RunDescription description = reader.run(run).description;
    const ComputationalGraph graph(description.shape, description.graph);
    std::set<ParameterPart> opened;
    for (const IterationRecord& iteration : reader.iterations(run)) {
        if (iteration.step >= step)
            continue;
        for (const ScoredEdge& scored : reader.circuit(run, iteration.index)) {
            const Edge& edge = graph.edge(scored.edge);
            for (const NodeId node : { edge.source, edge.target }) {
                const ParameterPart part = part_of(graph.node(node));
                opened.insert(part);
                if (part.kind == ParameterPart::Kind::output) // b_O
                    opened.insert({ ParameterPart::Kind::shared, part.layer, -1 });
            }
        }
    }
    return opened;
}

} // namespace

TEST_CASE("the drift of each part is what two exported models differ by, and 0 where none trained")
{
    const Folder folder;
    RunConfig config = testing::tiny_run(folder);
    config.selection.n = 3;
    const auto file = folder / "run.loom";
    testing::Watcher watcher;
    REQUIRE(testing::tune(config, file, watcher) == RunState::finished);
    const ExperimentReader reader(file);
    const RunMoment start{ file, watcher.run, RunMoment::Kind::start, 0 };
    const Transformer before = exported(start, folder / "start");
    int moved_parts = 0;
    int still_parts = 0;
    for (const int iteration : { 0, 1, 3 }) {
        CAPTURE(iteration);
        DriftQuestion question;
        question.model = RunMoment{ file, watcher.run, RunMoment::Kind::iteration, iteration };
        const DriftAnswer answer = ask(question);
        const int step = reader.iterations(watcher.run).at(static_cast<std::size_t>(iteration)).step;
        CHECK(answer.model.step == step);
        const Transformer after = exported(std::get<RunMoment>(question.model),
            folder / std::to_string(iteration).c_str());
        const auto opened = opened_before(reader, watcher.run, step);
        for (const auto& [part, found] : answer.parts) {
            CAPTURE(parameter_part_name(part));
            const Moved should = expected(part, before, after);
            CHECK(found.distance == Approx(should.distance).epsilon(1e-5));
            CHECK(found.before == Approx(should.before).epsilon(1e-5));
            if (!opened.contains(part)) {
                CHECK(found.distance == exactly_nothing);
                CHECK(*found.relative() == exactly_nothing);
                ++still_parts;
            } else if (found.distance > 0)
                ++moved_parts;
        }
        double squares = 0;
        const auto from = before.weights().all();
        const auto to = after.weights().all();
        for (std::size_t i = 0; i < from.size(); ++i)
            squares += (*to[i] - *from[i]).to(torch::kFloat64).square().sum().item<double>();
        CHECK(answer.whole.distance == Approx(std::sqrt(squares)).epsilon(1e-5));
        CHECK((iteration == 0) == (answer.whole.distance == exactly_nothing));
    }
    CHECK(moved_parts > 0);
    CHECK(still_parts > 0);
}

TEST_CASE("every parameter belongs to exactly one part, in every family and with groups")
{
    for (const ModelFamily family : { ModelFamily::gpt2, ModelFamily::llama, ModelFamily::qwen2 })
        for (const int group : { 0, 4 }) {
            const Transformer before = random_model(family, 3);
            const ModelConfig& config = before.config();
            const ComputationalGraph graph(config.graph_shape(), { GraphKind::full, group });
            // One entry after the other is moved: one part moves, by as much.
            const auto count = before.weights().all().size();
            for (std::size_t i = 0; i < count; ++i) {
                Weights weights = before.weights();
                for (auto* one : weights.all())
                    *one = one->detach().clone();
                torch::Tensor& changed = *weights.all()[i];
                auto flat = changed.view({ -1 });
                for (const std::int64_t entry : { std::int64_t{ 0 }, flat.numel() / 2 }) {
                    const double was = flat[entry].item<double>();
                    flat[entry] = was + 0.5;
                    const Transformer after(config, weights);
                    int moved = 0;
                    for (const PartDrift& part : part_drift(graph, before, after))
                        if (part.drift.absolute() > 0) {
                            ++moved;
                            CHECK(part.drift.absolute() == Approx(0.5).epsilon(1e-5));
                        }
                    CHECK(moved == 1);
                    flat[entry] = was;
                }
            }
        }
}

TEST_CASE("the drift of what is no run's model is refused in words")
{
    DriftQuestion question;
    question.model = testing::test_model("tiny_gpt2");
    CHECK_THROWS_AS(ask(question), InputError);
}
