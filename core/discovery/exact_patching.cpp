#include "core/discovery/exact_patching.h"

#include "core/base/error.h"
#include "core/evaluation/written_outputs.h"

#include <algorithm>
#include <map>

namespace circuitloom {

namespace {

/// The clean pass over one batch, from which every patched one branches off.
class UnpatchedPass
{
public:
    UnpatchedPass(
        const Transformer& model, const ComputationalGraph& graph, const AblationBatch& batch)
        : model_(model)
        , graph_(graph)
        , batch_(batch)
        , tables_(model.position_tables(batch.scored.ids.size(1)))
        , where_(batch.where.unsqueeze(-1).to(model.dtype()))
    {
        hidden_ = model.hidden(batch.scored.ids, &taps_);
    }

    const torch::Tensor& hidden() const { return hidden_; }

    /// Bytes that one patched copy takes in the widest layer, roughly.
    std::int64_t copy_bytes() const
    {
        const auto& config = model_.config();
        const auto& ids = batch_.scored.ids;
        const std::int64_t columns = 8L * config.d_model + 3L * config.mlp_width
            + (2L * config.heads + 2L * config.kv_heads) * config.head_dim
            + 2L * config.heads * ids.size(1);
        return ids.numel() * columns * hidden_.element_size();
    }

    /// The final norm's output of one copy of the batch for each source, in each of which the edge
    /// from that source to `reader` is patched: [source · batch, position, d_model].
    torch::Tensor patched(const Node& reader, std::span<const NodeId> sources) const
    {
        std::vector<torch::Tensor> taken;
        for (const NodeId source : sources)
            taken.push_back(difference(graph_.node(source)));
        const auto differences = torch::cat(taken); // [source · batch, position, d_model]
        const auto copies = static_cast<std::int64_t>(sources.size());
        const Weights& weights = model_.weights();
        if (reader.kind == NodeKind::logits)
            return model_.final_norm(copy(taps_.final_input, copies) - differences);

        const auto layer = static_cast<std::size_t>(reader.layer);
        const LayerTaps& taps = taps_.layers[layer];
        const auto part = [&](LayerPart p) { return weights.at(reader.layer, p); };
        ForwardEdits edits;
        edits.first_layer = reader.layer;
        edits.embedding = copy(taps.attention_input, copies);
        edits.heads.resize(layer + 1);
        if (reader.kind == NodeKind::mlp_in || reader.kind == NodeKind::mlp_group_in) {
            const auto normed = model_.read_norm(
                reader.layer, BlockHalf::mlp, copy(taps.mlp_input, copies) - differences);
            const NeuronRange neurons = graph_.group_range(std::max(reader.index, 0));
            auto in = copy(taps.mlp_in, copies);
            const auto read = [&](std::int64_t first) {
                put(in, normed, part(LayerPart::mlp_in_weight), part(LayerPart::mlp_in_bias), first,
                    neurons.count);
            };
            read(neurons.first);
            if (model_.config().gated_mlp)
                read(model_.config().mlp_width + neurons.first);
            edits.heads[layer] = copy(taps.head_sources, copies);
            edits.mlp_output.resize(layer + 1);
            edits.mlp_output[layer]
                = model_.write(reader.layer, BlockHalf::mlp, model_.mlp_hidden(in)).written;
        } else {
            const auto normed = model_.read_norm(reader.layer, BlockHalf::attention,
                copy(taps.attention_input, copies) - differences);
            auto qkv = copy(taps.qkv, copies);
            put(qkv, normed, part(LayerPart::qkv_weight), part(LayerPart::qkv_bias),
                first_column(reader), model_.config().head_dim);
            edits.heads[layer] = model_
                                     .write(reader.layer, BlockHalf::attention,
                                         model_.attention(reader.layer, qkv, tables_))
                                     .sources;
        }
        return model_.hidden(copy(batch_.scored.ids, copies), nullptr, edits);
    }

private:
    static torch::Tensor copy(const torch::Tensor& x, std::int64_t copies)
    {
        return torch::cat(std::vector<torch::Tensor>(static_cast<std::size_t>(copies), x));
    }

    // Columns [first, first + count) of `projected` become those of what `normed` projects to.
    static void put(torch::Tensor& projected, const torch::Tensor& normed,
        const torch::Tensor& weight, const torch::Tensor& bias, std::int64_t first,
        std::int64_t count)
    {
        auto columns = torch::matmul(normed, weight.narrow(1, first, count));
        if (bias.defined())
            columns = columns + bias.narrow(0, first, count);
        projected.narrow(-1, first, count).copy_(columns);
    }

    std::int64_t first_column(const Node& reader) const
    {
        const auto& config = model_.config();
        std::int64_t head = reader.index;
        if (reader.kind != NodeKind::query)
            head += config.heads + (reader.kind == NodeKind::value ? config.kv_heads : 0);
        return head * config.head_dim;
    }

    // a_u − ã_u where edges are patched, zero elsewhere, [batch, position, d_model].
    torch::Tensor difference(const Node& source) const
    {
        const auto& baseline = batch_.baseline;
        const auto written = [&](const torch::Tensor& active, const torch::Tensor& instead) {
            const auto change = (active - instead).flatten(0, 1);
            return written_difference(model_, graph_, source, change, baseline.kind)
                       .view({ active.size(0), active.size(1), -1 })
                * where_;
        };
        if (source.kind == NodeKind::input)
            return written(taps_.embedding, baseline.embedding);
        const auto layer = static_cast<std::size_t>(source.layer);
        if (source.kind == NodeKind::head)
            return written(taps_.layers[layer].head_sources, baseline.heads[layer]);
        return written(taps_.layers[layer].mlp_sources, baseline.mlps[layer]);
    }

    const Transformer& model_;
    const ComputationalGraph& graph_;
    const AblationBatch& batch_;
    PositionTables tables_;
    torch::Tensor where_; ///< 0 or 1, [batch, position, 1]
    ForwardTaps taps_;
    torch::Tensor hidden_;
};

/// The entries of `edges` that one reader is the target of.
using ByReader = std::map<NodeId, std::vector<std::size_t>>;

ByReader by_reader(const ComputationalGraph& graph, std::span<const EdgeId> edges)
{
    ByReader groups;
    for (std::size_t i = 0; i < edges.size(); ++i)
        groups[graph.edge(edges[i]).target].push_back(i);
    return groups;
}

} // namespace

std::vector<double> exact_scores(const Transformer& model, const ComputationalGraph& graph,
    std::span<const EdgeId> edges, const AblationBatches& batches, const HiddenMetric& metric,
    const ExactPatchingOptions& options)
{
    const torch::NoGradGuard no_grad;
    const ByReader readers = by_reader(graph, edges);
    const auto total = static_cast<std::int64_t>(edges.size() * batches.size());
    std::int64_t done = 0;
    std::vector<double> scores(edges.size());
    for (std::size_t b = 0; b < batches.size(); ++b) {
        const AblationBatch batch = batches.at(b);
        const double share
            = static_cast<double>(batch.scored.examples) / static_cast<double>(batches.examples());
        const UnpatchedPass clean(model, graph, batch);
        const double unpatched = metric(clean.hidden(), batch.scored);
        const auto at_once = static_cast<std::size_t>(
            std::max<std::int64_t>(1, options.memory_bytes / clean.copy_bytes()));
        for (const auto& [reader, entries] : readers)
            for (std::size_t first = 0; first < entries.size(); first += at_once) {
                if (options.stop.stop_requested())
                    throw Cancelled("The discovery was stopped.");
                const auto count = std::min(at_once, entries.size() - first);
                std::vector<NodeId> sources;
                for (std::size_t i = 0; i < count; ++i)
                    sources.push_back(graph.edge(edges[entries[first + i]]).source);
                const auto hidden
                    = clean.patched(graph.node(reader), sources).split(batch.scored.examples);
                for (std::size_t i = 0; i < count; ++i)
                    scores[entries[first + i]]
                        += share * (unpatched - metric(hidden[i], batch.scored));
                done += static_cast<std::int64_t>(count);
                if (options.progress)
                    options.progress(done, total);
            }
    }
    return scores;
}

} // namespace circuitloom
