#include "core/evaluation/ablated_forward.h"

#include "core/evaluation/written_outputs.h"

#include <algorithm>
#include <utility>

namespace circuitloom {

namespace {

torch::Tensor affine(const torch::Tensor& x, const torch::Tensor& weight, const torch::Tensor& bias)
{
    return bias.defined() ? torch::addmm(bias, x, weight) : torch::mm(x, weight);
}

/// The way in of the readers of one stage: the norm, then for each reader its columns of a matrix.
struct Projection
{
    int layer;
    BlockHalf half;
    torch::Tensor weight;
    torch::Tensor bias;
    std::vector<std::vector<NeuronRange>> columns; ///< of each reader
};

/// One forward pass over a batch small enough to be taken at once. Streams are kept flat,
/// [batch · position, d_model].
class Pass
{
public:
    Pass(const Transformer& model, const ComputationalGraph& graph, const AblationPlan& plan,
        const BaselineActivations& baseline, const torch::Tensor& where, std::int64_t memory_bytes)
        : model_(model)
        , graph_(graph)
        , plan_(plan)
        , baseline_(baseline)
        , rows_(where.flatten().nonzero().squeeze(1))
        , outside_(where.flatten().logical_not().nonzero().squeeze(1))
        , options_(torch::TensorOptions().device(model.device()).dtype(model.dtype()))
        , differences_(torch::empty({ static_cast<std::int64_t>(plan.stored().size()),
                                        rows_.size(0), model.config().d_model },
              options_))
        , streams_at_once_(std::max<std::int64_t>(1,
              memory_bytes
                  / std::max<std::int64_t>(
                      1, rows_.size(0) * model.config().d_model * differences_.element_size())))
    {
    }

    torch::Tensor run(const torch::Tensor& ids)
    {
        const std::int64_t width = model_.config().d_model;
        auto stream = model_.embed(ids).reshape({ -1, width });
        begin(stream);
        const auto tables = model_.position_tables(ids.size(1));
        for (int layer = 0; layer < model_.config().layers; ++layer) {
            const auto at = static_cast<std::size_t>(layer);
            const auto qkv = read(
                plan_.attention(layer), attention_projection(layer), stream, baseline_stream_);
            const auto heads
                = model_.attention(layer, qkv.view({ ids.size(0), ids.size(1), -1 }), tables)
                      .reshape({ ids.numel(), -1 });
            const HalfOutput attention = model_.write(layer, BlockHalf::attention, heads);
            store(NodeKind::head, layer, attention.sources, baseline_.heads[at]);
            const auto before = stream;
            const auto baseline_before = baseline_stream_;
            stream = stream + attention.written;
            if (plan_.needs_baseline_stream())
                baseline_stream_ = baseline_stream_
                    + baseline_attention(model_, layer, baseline_rows(baseline_.heads[at], rows_));

            const bool follows = plan_.mlp_follows_attention();
            const auto mlp_in = read(plan_.mlp(layer), mlp_projection(layer),
                follows ? stream : before, follows ? baseline_stream_ : baseline_before);
            const HalfOutput mlp = model_.write(layer, BlockHalf::mlp, model_.mlp_hidden(mlp_in));
            store(graph_.options().mlp_group_size == 0 ? NodeKind::mlp : NodeKind::mlp_group, layer,
                mlp.sources, baseline_.mlps[at]);
            stream = stream + mlp.written;
            if (plan_.needs_baseline_stream())
                baseline_stream_ = baseline_stream_
                    + baseline_mlp(model_, graph_, layer, baseline_rows(baseline_.mlps[at], rows_),
                        baseline_.kind);
        }
        if (!plan_.logits().untouched())
            stream = stream.index_copy(
                0, rows_, streams(plan_.logits(), stream, baseline_stream_, 0, 1)[0]);
        return model_.final_norm(stream).view({ ids.size(0), ids.size(1), width });
    }

private:
    // The embedding is a node of the full graph alone; elsewhere it always stays.
    void begin(const torch::Tensor& embedding)
    {
        const bool is_node = graph_.options().kind == GraphKind::full;
        const auto baseline = baseline_rows(baseline_.embedding, rows_);
        if (is_node)
            store(NodeKind::input, -1, embedding, baseline_.embedding);
        if (plan_.needs_baseline_stream())
            baseline_stream_ = is_node ? baseline.expand({ rows_.size(0), embedding.size(1) })
                                       : embedding.index_select(0, rows_);
    }

    // Fills in the differences of those nodes of a kind and layer that some stream needs.
    void store(NodeKind kind, int layer, const torch::Tensor& active, const torch::Tensor& baseline)
    {
        torch::Tensor change;
        for (; slot_ < plan_.stored().size(); ++slot_) {
            const Node& node = graph_.node(plan_.stored()[slot_]);
            if (node.kind != kind || node.layer != layer)
                break; // Slots are in the order in which the pass comes to the nodes.
            if (!change.defined())
                change = active.index_select(0, rows_) - baseline_rows(baseline, rows_);
            differences_[static_cast<std::int64_t>(slot_)].copy_(
                written_difference(model_, graph_, node, change, baseline_.kind));
        }
    }

    Projection attention_projection(int layer) const
    {
        const auto part = [this, layer](LayerPart p) { return model_.weights().at(layer, p); };
        Projection projection{ layer, BlockHalf::attention, part(LayerPart::qkv_weight),
            part(LayerPart::qkv_bias), {} };
        const int dim = model_.config().head_dim;
        for (int reader = 0; reader < plan_.attention(layer).readers; ++reader)
            projection.columns.push_back({ { reader * dim, dim } });
        return projection;
    }

    Projection mlp_projection(int layer) const
    {
        const auto part = [this, layer](LayerPart p) { return model_.weights().at(layer, p); };
        Projection projection{ layer, BlockHalf::mlp, part(LayerPart::mlp_in_weight),
            part(LayerPart::mlp_in_bias), {} };
        for (int reader = 0; reader < plan_.mlp(layer).readers; ++reader) {
            const NeuronRange neurons = graph_.group_range(reader);
            projection.columns.push_back({ neurons });
            if (model_.config().gated_mlp)
                projection.columns.back().push_back(
                    { model_.config().mlp_width + neurons.first, neurons.count });
        }
        return projection;
    }

    // What every reader of a stage projects its own stream to, [batch · position, column].
    torch::Tensor read(const ReaderStage& stage, const Projection& projection,
        const torch::Tensor& stream, const torch::Tensor& baseline_stream) const
    {
        const auto project = [&](const torch::Tensor& x) {
            return affine(model_.read_norm(projection.layer, projection.half, x), projection.weight,
                projection.bias);
        };
        if (stage.untouched() || rows_.size(0) == 0)
            return project(stream);
        const auto inside = project_streams(stage, projection, stream, baseline_stream);
        if (outside_.size(0) == 0)
            return inside;
        auto all = torch::empty({ stream.size(0), projection.weight.size(1) }, options_);
        all.index_copy_(0, rows_, inside);
        all.index_copy_(0, outside_, project(stream.index_select(0, outside_)));
        return all;
    }

    // The projections at the rows where edges are ablated, [row, column].
    torch::Tensor project_streams(const ReaderStage& stage, const Projection& projection,
        const torch::Tensor& stream, const torch::Tensor& baseline_stream) const
    {
        auto out = torch::empty({ rows_.size(0), projection.weight.size(1) }, options_);
        const auto count = static_cast<std::int64_t>(stage.streams.size());
        for (std::int64_t first = 0; first < count; first += streams_at_once_) {
            const auto end = std::min(count, first + streams_at_once_);
            const auto part = streams(stage, stream, baseline_stream, first, end);
            for (auto i = first; i < end; ++i) {
                const auto normed
                    = model_.read_norm(projection.layer, projection.half, part[i - first]);
                const auto columns
                    = columns_of(stage.streams[static_cast<std::size_t>(i)], projection);
                out.index_copy_(1, columns,
                    affine(normed, projection.weight.index_select(1, columns),
                        projection.bias.defined() ? projection.bias.index_select(0, columns)
                                                  : projection.bias));
            }
        }
        return out;
    }

    torch::Tensor columns_of(const SharedStream& stream, const Projection& projection) const
    {
        std::vector<std::int64_t> columns;
        for (const int reader : stream.readers)
            for (const NeuronRange& range : projection.columns[static_cast<std::size_t>(reader)])
                for (std::int64_t i = 0; i < range.count; ++i)
                    columns.push_back(range.first + i);
        return torch::tensor(columns).to(model_.device());
    }

    // Streams [first, end) of a stage at the rows where edges are ablated, each [row, d_model].
    std::vector<torch::Tensor> streams(const ReaderStage& stage, const torch::Tensor& stream,
        const torch::Tensor& baseline_stream, std::int64_t first, std::int64_t end) const
    {
        std::vector<torch::Tensor> result;
        for (; first < end; ++first) {
            const auto kind = stage.streams[static_cast<std::size_t>(first)].kind;
            if (kind == SharedStream::Kind::mixed)
                break;
            result.push_back(kind == SharedStream::Kind::whole ? stream.index_select(0, rows_)
                                                               : baseline_stream);
        }
        if (first == end)
            return result;
        const auto plain = static_cast<std::int64_t>(stage.streams.size()) - stage.mixed();
        auto taken = torch::mm(
            mask(stage).narrow(0, first - plain, end - first), stored_differences(stage).flatten(1))
                         .view({ end - first, rows_.size(0), stream.size(1) });
        const auto mixed = stage.from_baseline ? taken.add_(baseline_stream)
                                               : torch::sub(stream.index_select(0, rows_), taken);
        for (auto& one : mixed.unbind(0))
            result.push_back(std::move(one));
        return result;
    }

    torch::Tensor mask(const ReaderStage& stage) const
    {
        return torch::tensor(stage.mask)
            .view({ stage.mixed(), static_cast<std::int64_t>(stage.writers.size()) })
            .to(model_.device(), model_.dtype());
    }

    torch::Tensor stored_differences(const ReaderStage& stage) const
    {
        // Sorted and distinct: these are the first slots if the last is in its place.
        const auto count = static_cast<std::int64_t>(stage.writers.size());
        if (stage.writers.back() == count - 1)
            return differences_.narrow(0, 0, count);
        return differences_.index_select(0, torch::tensor(stage.writers).to(model_.device()));
    }

    const Transformer& model_;
    const ComputationalGraph& graph_;
    const AblationPlan& plan_;
    const BaselineActivations& baseline_;
    torch::Tensor rows_; ///< where edges are ablated
    torch::Tensor outside_; ///< the other rows
    torch::TensorOptions options_;
    torch::Tensor differences_; ///< a_u − ã_u of the stored writers, [slot, row, d_model]
    std::size_t slot_ = 0; ///< the next to be filled in
    std::int64_t streams_at_once_;
    torch::Tensor baseline_stream_; ///< the sum of what was written so far, were it the baselines
};

torch::Tensor of_examples(const torch::Tensor& baseline, std::int64_t first, std::int64_t count)
{
    return baseline.dim() == 1 ? baseline : baseline.narrow(0, first, count);
}

BaselineActivations of_examples(
    const BaselineActivations& baseline, std::int64_t first, std::int64_t count)
{
    BaselineActivations part;
    part.kind = baseline.kind;
    part.embedding = of_examples(baseline.embedding, first, count);
    for (const auto& heads : baseline.heads)
        part.heads.push_back(of_examples(heads, first, count));
    for (const auto& mlp : baseline.mlps)
        part.mlps.push_back(of_examples(mlp, first, count));
    return part;
}

} // namespace

torch::Tensor ablated_hidden(const Transformer& model, const ComputationalGraph& graph,
    const AblationPlan& plan, const torch::Tensor& ids, const torch::Tensor& where,
    const BaselineActivations& baseline, std::int64_t memory_bytes)
{
    const torch::NoGradGuard no_grad;
    // A third each for the differences, for those that one stage picks out, and for its streams.
    const std::int64_t share = memory_bytes / 3;
    const auto entry = static_cast<std::int64_t>(torch::elementSize(model.dtype()));
    const auto most_rows = where.sum(1).max().item<std::int64_t>();
    const auto example = static_cast<std::int64_t>(plan.stored().size()) * most_rows
        * model.config().d_model * entry;
    const std::int64_t at_once
        = std::clamp<std::int64_t>(share / std::max<std::int64_t>(1, example), 1, ids.size(0));
    std::vector<torch::Tensor> parts;
    for (std::int64_t first = 0; first < ids.size(0); first += at_once) {
        const auto count = std::min(at_once, ids.size(0) - first);
        const BaselineActivations part = of_examples(baseline, first, count);
        Pass pass(model, graph, plan, part, where.narrow(0, first, count), share);
        parts.push_back(pass.run(ids.narrow(0, first, count)));
    }
    return parts.size() == 1 ? parts.front() : torch::cat(parts);
}

} // namespace circuitloom
