#include "core/evaluation/ablation_plan.h"

#include "core/base/error.h"

#include <algorithm>
#include <functional>
#include <map>

namespace circuitloom {

namespace {

/// The in-edges of one reader: who writes to it, and whether that edge is kept. By source.
struct InEdges
{
    std::vector<std::int32_t> sources;
    std::vector<bool> kept;
};

bool contains(const std::vector<bool>& flags, bool value)
{
    return std::ranges::find(flags, value) != flags.end();
}

SharedStream::Kind kind_of(const InEdges& edges)
{
    if (!contains(edges.kept, false))
        return SharedStream::Kind::whole;
    return contains(edges.kept, true) ? SharedStream::Kind::mixed : SharedStream::Kind::baseline;
}

// The writers that the mixed streams of a stage take, and which stream takes which, while slots
// are not yet known: `writers` holds node numbers.
void fill_mask(ReaderStage& stage, const std::vector<const InEdges*>& mixed)
{
    const auto used = [&mixed](bool kept) {
        std::vector<std::int64_t> writers;
        for (const InEdges* edges : mixed)
            for (std::size_t i = 0; i < edges->sources.size(); ++i)
                if (edges->kept[i] == kept)
                    writers.push_back(edges->sources[i]);
        std::ranges::sort(writers);
        writers.erase(std::ranges::unique(writers).begin(), writers.end());
        return writers;
    };
    auto kept = used(true);
    auto ablated = used(false);
    stage.from_baseline = kept.size() < ablated.size();
    stage.writers = stage.from_baseline ? std::move(kept) : std::move(ablated);
    stage.mask.assign(mixed.size() * stage.writers.size(), 0.0F);
    for (std::size_t row = 0; row < mixed.size(); ++row)
        for (std::size_t i = 0; i < mixed[row]->sources.size(); ++i)
            if (mixed[row]->kept[i] == stage.from_baseline) {
                const auto column = std::ranges::lower_bound(stage.writers, mixed[row]->sources[i])
                    - stage.writers.begin();
                stage.mask[row * stage.writers.size() + static_cast<std::size_t>(column)] = 1.0F;
            }
}

ReaderStage make_stage(const std::vector<const InEdges*>& readers)
{
    ReaderStage stage;
    stage.readers = static_cast<int>(readers.size());
    SharedStream whole{ SharedStream::Kind::whole, {} };
    SharedStream baseline{ SharedStream::Kind::baseline, {} };
    std::map<std::vector<bool>, SharedStream> mixed;
    std::map<std::vector<bool>, const InEdges*> edges_of;
    for (int reader = 0; reader < stage.readers; ++reader) {
        const InEdges* edges = readers[static_cast<std::size_t>(reader)];
        switch (kind_of(*edges)) {
        case SharedStream::Kind::whole:
            whole.readers.push_back(reader);
            break;
        case SharedStream::Kind::baseline:
            baseline.readers.push_back(reader);
            break;
        case SharedStream::Kind::mixed:
            // The readers of one stage have the same sources, so the flags alone say who is alike.
            mixed[edges->kept].readers.push_back(reader);
            edges_of[edges->kept] = edges;
            break;
        }
    }
    for (SharedStream& stream : { std::ref(whole), std::ref(baseline) })
        if (!stream.readers.empty())
            stage.streams.push_back(std::move(stream));
    std::vector<const InEdges*> rows;
    for (auto& [flags, stream] : mixed) {
        stream.kind = SharedStream::Kind::mixed;
        stage.streams.push_back(std::move(stream));
        rows.push_back(edges_of[flags]);
    }
    fill_mask(stage, rows);
    return stage;
}

} // namespace

std::int64_t ReaderStage::mixed() const
{
    return std::ranges::count(streams, SharedStream::Kind::mixed, &SharedStream::kind);
}

bool ReaderStage::untouched() const
{
    return std::ranges::all_of(streams,
        [](const SharedStream& stream) { return stream.kind == SharedStream::Kind::whole; });
}

AblationPlan::AblationPlan(const ComputationalGraph& graph, const EdgeSet& kept)
{
    if (kept.size() != graph.edges().size())
        throw Error("A set of " + std::to_string(kept.size())
            + " edges cannot belong to a graph of " + std::to_string(graph.edges().size()) + ".");
    std::vector<InEdges> in_edges(static_cast<std::size_t>(graph.downstream_count()));
    for (std::size_t e = 0; e < kept.size(); ++e) {
        const Edge& edge = graph.edges()[e];
        InEdges& reader
            = in_edges[static_cast<std::size_t>(edge.target.value - graph.upstream_count())];
        reader.sources.push_back(edge.source.value);
        reader.kept.push_back(kept[e]);
    }

    const auto layers = static_cast<std::size_t>(graph.shape().layers);
    std::vector<std::vector<const InEdges*>> attention(layers), mlp(layers);
    std::vector<const InEdges*> logits;
    for (std::size_t r = 0; r < in_edges.size(); ++r) {
        const Node& node = graph.nodes()[static_cast<std::size_t>(graph.upstream_count()) + r];
        if (node.kind == NodeKind::logits)
            logits.push_back(&in_edges[r]);
        else if (node.kind == NodeKind::mlp_in || node.kind == NodeKind::mlp_group_in)
            mlp[at(node.layer)].push_back(&in_edges[r]);
        else
            attention[at(node.layer)].push_back(&in_edges[r]);
    }
    const auto first_mlp
        = graph.find_node(graph.options().mlp_group_size > 0 ? Node{ NodeKind::mlp_group_in, 0, 0 }
                                                             : Node{ NodeKind::mlp_in, 0, -1 });
    const auto first_head = graph.find_node({ NodeKind::head, 0, 0 });
    mlp_follows_attention_ = graph.find_edge(*first_head, *first_mlp).has_value();

    for (std::size_t layer = 0; layer < layers; ++layer) {
        attention_.push_back(make_stage(attention[layer]));
        mlp_.push_back(make_stage(mlp[layer]));
    }
    logits_ = make_stage(logits);

    std::vector<ReaderStage*> stages{ &logits_ };
    for (std::size_t layer = 0; layer < layers; ++layer)
        stages.insert(stages.end(), { &attention_[layer], &mlp_[layer] });
    std::vector<std::int64_t> slots(static_cast<std::size_t>(graph.upstream_count()), -1);
    for (const ReaderStage* stage : stages) {
        for (const auto writer : stage->writers)
            slots[static_cast<std::size_t>(writer)] = 0;
        needs_baseline_stream_ = needs_baseline_stream_
            || (stage->from_baseline && stage->mixed() > 0)
            || std::ranges::count(stage->streams, SharedStream::Kind::baseline, &SharedStream::kind)
                > 0;
    }
    for (std::size_t node = 0; node < slots.size(); ++node)
        if (slots[node] == 0) {
            slots[node] = static_cast<std::int64_t>(stored_.size());
            stored_.push_back({ static_cast<std::int32_t>(node) });
        }
    for (ReaderStage* stage : stages)
        for (auto& writer : stage->writers)
            writer = slots[static_cast<std::size_t>(writer)];
}

} // namespace circuitloom
