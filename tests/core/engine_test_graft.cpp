#include "core/tuning/graft.h"
#include "tests/support/two_pass_patch.h"

#include <doctest/doctest.h>

#include <set>

using namespace circuitloom;

namespace {

bool same(const Transformer& a, const Transformer& b)
{
    const auto left = a.weights().all();
    const auto right = b.weights().all();
    for (std::size_t i = 0; i < left.size(); ++i)
        if (!torch::equal(*left[i], *right[i]))
            return false;
    return true;
}

/// Entries in which the models differ.
std::int64_t differing(const Transformer& a, const Transformer& b)
{
    const auto left = a.weights().all();
    const auto right = b.weights().all();
    std::int64_t count = 0;
    for (std::size_t i = 0; i < left.size(); ++i)
        count += (*left[i] != *right[i]).sum().item<std::int64_t>();
    return count;
}

/// Every entry is that of one of the two.
bool is_between(const Transformer& model, const Transformer& a, const Transformer& b)
{
    const auto here = model.weights().all();
    const auto left = a.weights().all();
    const auto right = b.weights().all();
    for (std::size_t i = 0; i < here.size(); ++i)
        if (!((*here[i] == *left[i]) | (*here[i] == *right[i])).all().item<bool>())
            return false;
    return true;
}

/// `model` with every entry of the parameters moved in which `moves` says so.
Transformer moved_in(const Transformer& model, const std::vector<std::string>& names,
    const ComputationalGraph& graph, const Transformer& to)
{
    return Graft(graph, model, to).with_parts(named_parts(graph, names));
}

Circuit circuit_of(
    const ComputationalGraph& graph, const std::vector<std::pair<std::string, float>>& edges)
{
    Circuit circuit;
    for (const auto& [name, score] : edges)
        circuit.push_back({ *graph.find_edge(name), score });
    return circuit;
}

std::vector<std::string> names_of(const std::vector<ParameterPart>& parts)
{
    std::vector<std::string> names;
    for (const ParameterPart& part : parts)
        names.push_back(parameter_part_name(part));
    return names;
}

} // namespace

TEST_CASE("a graft of nothing is the start and of everything the end, bit for bit")
{
    for (const auto family : { ModelFamily::gpt2, ModelFamily::llama }) {
        const Transformer start = testing::random_model(family, 1);
        const Transformer end = testing::random_model(family, 2);
        const ComputationalGraph graph(start.config().graph_shape(), { GraphKind::full, 16 });
        const Graft graft(graph, start, end);
        CHECK(graft.moved_entries() == differing(start, end));
        for (const auto by : { GraftRanking::circuit, GraftRanking::drift, GraftRanking::random }) {
            const auto parts = graft.ranked(by, {}, 3);
            CHECK(std::set(parts.begin(), parts.end()).size() == graft.moved().size());
            CHECK(same(graft.with_parts({}), start));
            CHECK(same(graft.with_parts(parts), end));
            double before = 0;
            for (std::size_t count = 1; count <= parts.size(); count += 5) {
                const Transformer some = graft.with_parts(std::span(parts).first(count));
                CHECK(is_between(some, start, end));
                CHECK(graft.kept(some) > before);
                before = graft.kept(some);
            }
            CHECK(same(graft.with_entries(0, by, {}, 3), start));
            CHECK(same(graft.with_entries(graft.moved_entries(), by, {}, 3), end));
            const Transformer some = graft.with_entries(100, by, {}, 3);
            CHECK(is_between(some, start, end));
            CHECK(differing(some, start) == 100);
        }
        CHECK(graft.kept(end) == doctest::Approx(1));
    }
}

TEST_CASE("what moved is ranked by the circuit's scores, or by how far it moved")
{
    const Transformer start = testing::random_model(ModelFamily::gpt2, 1);
    const ComputationalGraph graph(start.config().graph_shape(), {});
    Transformer far = testing::random_model(ModelFamily::gpt2, 1);
    for (torch::Tensor* tensor : far.weights().all())
        *tensor = *tensor + 0.5;
    const Transformer end = moved_in(start, { "m0", "a0.h1<o>", "a1.h0<q>" }, graph, far);
    const Graft graft(graph, start, end);
    CHECK(names_of(graft.moved()) == std::vector<std::string>{ "a0.h1<o>", "m0", "a1.h0<q>" });
    // The greatest change is that of the part of most entries, as each moved alike.
    CHECK(names_of(graft.ranked(GraftRanking::drift, {}, 1)).front() == "m0");
    const Circuit circuit = circuit_of(graph,
        { { "a0.h1->a1.h0<q>", -3.0F }, { "input->a1.h0<q>", 1.0F }, { "m0->logits", 2.0F } });
    CHECK(names_of(graft.ranked(GraftRanking::circuit, circuit, 1))
        == std::vector<std::string>{ "a1.h0<q>", "a0.h1<o>", "m0" });
    // By entries: the first ones are those of the part that comes first.
    const auto first = graft.ranked(GraftRanking::circuit, circuit, 1);
    const Transformer whole_part = graft.with_parts(std::span(first).first(1));
    CHECK(same(graft.with_entries(differing(whole_part, start), GraftRanking::circuit, circuit, 1),
        whole_part));
}

TEST_CASE("by drift the entries that moved farthest come first")
{
    const Transformer start = testing::random_model(ModelFamily::llama, 1);
    const Transformer end = testing::random_model(ModelFamily::llama, 2);
    const ComputationalGraph graph(start.config().graph_shape(), {});
    const Graft graft(graph, start, end);
    const Transformer some = graft.with_entries(50, GraftRanking::drift, {}, 1);
    double least_taken = 1e9;
    double most_left = 0;
    const auto from = start.weights().all();
    const auto to = end.weights().all();
    const auto here = some.weights().all();
    for (std::size_t i = 0; i < from.size(); ++i) {
        const auto distance = (*to[i] - *from[i]).abs();
        const auto taken = *here[i] != *from[i];
        if (taken.any().item<bool>())
            least_taken = std::min(least_taken, distance.masked_select(taken).min().item<double>());
        if (!taken.all().item<bool>())
            most_left = std::max(
                most_left, distance.masked_select(taken.logical_not()).max().item<double>());
    }
    CHECK(least_taken >= most_left);
    CHECK(graft.kept(some) > graft.kept(graft.with_entries(50, GraftRanking::random, {}, 1)));
}
