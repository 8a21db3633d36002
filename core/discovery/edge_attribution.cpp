#include "core/discovery/edge_attribution.h"

#include <torch/autograd.h>

#include <algorithm>

namespace circuitloom {

namespace {

// Gradients of `metric` at the readers of every layer, where `last` and `final_input` stand for
// the last layer's MLP and the stream after it.
TapGradients gradients_at(const torch::Tensor& metric, const ForwardTaps& taps,
    const LayerTaps& last, const torch::Tensor& final_input, const ComputationalGraph& graph)
{
    const bool whole = graph.options().mlp_group_size == 0;
    torch::autograd::variable_list inputs;
    for (const auto& layer : taps.layers) {
        const auto& mlp = &layer == &taps.layers.back() ? last : layer;
        inputs.push_back(layer.qkv);
        inputs.push_back(whole ? mlp.mlp_normed : mlp.mlp_in);
    }
    inputs.push_back(final_input);
    const auto found = torch::autograd::grad({ metric }, inputs, {}, /*retain_graph=*/true,
        /*create_graph=*/false, /*allow_unused=*/true);
    TapGradients gradients;
    for (std::size_t layer = 0; layer < taps.layers.size(); ++layer) {
        gradients.qkv.push_back(found[2 * layer]);
        (whole ? gradients.mlp_normed : gradients.mlp_in).push_back(found[2 * layer + 1]);
    }
    gradients.final_input = found.back();
    return gradients;
}

// Writes into `out` the gradient of each of the block's readers on the residual stream (see
// ReaderBlock). `unit` is that of the norm, [row, d_model]; undefined where there is none.
void see_through_norm(
    const torch::Tensor& out, const ReaderBlock& block, const torch::Tensor& unit, bool centring)
{
    out.copy_(block.scaled);
    if (!unit.defined())
        return;
    const double share = 1 / static_cast<double>(out.size(2));
    const auto along_unit = torch::bmm(block.scaled.transpose(0, 1), unit.unsqueeze(2)); // [row, reader, 1]
    out.transpose(0, 1).sub_(along_unit * unit.unsqueeze(1), share);
    if (centring)
        out.sub_(block.width_sum.unsqueeze(2), share);
}

torch::Tensor picked(const torch::Tensor& x, const torch::Tensor& rows)
{
    return x.reshape({ -1, x.size(-1) }).index_select(0, rows);
}

} // namespace

TapGradients tap_gradients(
    const torch::Tensor& metric, const ForwardTaps& taps, const ComputationalGraph& graph)
{
    return gradients_at(metric, taps, taps.layers.back(), taps.final_input, graph);
}

MetricTail metric_tail(const Transformer& model, const ForwardTaps& taps, const torch::Tensor& rows)
{
    MetricTail tail;
    tail.rows = rows;
    tail.last.attention_input = picked(taps.layers.back().attention_input, rows);
    const LayerTaps& last = taps.layers.back();
    BlockEdits edits;
    if (last.heads.defined())
        tail.last.heads = picked(last.heads, rows);
    else
        edits.heads = picked(last.head_sources, rows);
    tail.final_input = model.after_attention(model.config().layers - 1, tail.last, edits);
    tail.hidden = model.final_norm(tail.final_input);
    return tail;
}

TapGradients tap_gradients(const torch::Tensor& metric, const MetricTail& tail,
    const ForwardTaps& taps, const ComputationalGraph& graph)
{
    auto gradients = gradients_at(metric, taps, tail.last, tail.final_input, graph);
    put_back(gradients, tail.rows, taps.layers.back(), taps.final_input);
    return gradients;
}

void put_back(TapGradients& gradients, const torch::Tensor& rows, const LayerTaps& last,
    const torch::Tensor& final_input)
{
    const auto spread = [&rows](torch::Tensor& gradient, const torch::Tensor& tap) {
        if (gradient.defined())
            gradient = torch::zeros_like(tap)
                           .view({ -1, tap.size(-1) })
                           .index_add_(0, rows, gradient)
                           .view(tap.sizes());
    };
    if (!gradients.mlp_normed.empty())
        spread(gradients.mlp_normed.back(), last.mlp_normed);
    if (!gradients.mlp_in.empty())
        spread(gradients.mlp_in.back(), last.mlp_in);
    spread(gradients.final_input, final_input);
}

torch::Tensor scored_rows(const ScoredBatch& batch, ScoredPositions positions)
{
    if (positions == ScoredPositions::target)
        return batch.scored_row;
    std::vector<std::int64_t> rows;
    for (std::int64_t b = 0; b < batch.examples; ++b)
        for (std::int64_t p = 0; p < batch.lengths[static_cast<std::size_t>(b)]; ++p)
            rows.push_back(b * batch.ids.size(1) + p);
    return torch::tensor(rows, torch::kInt64).to(batch.ids.device());
}

EdgeScores::EdgeScores(
    const Transformer& model, const ComputationalGraph& graph, std::int64_t memory_bytes)
    : geometry_(model, graph)
    , graph_(graph)
    , centring_(model.config().norm == NormKind::layer_norm)
{
    const auto dtype = model.dtype() == torch::kFloat64 ? torch::kFloat64 : torch::kFloat32;
    const auto options = torch::TensorOptions().device(model.device()).dtype(dtype);
    rows_ = rows_at_once(model.config(), graph, memory_bytes, dtype == torch::kFloat64 ? 8 : 4);
    table_ = torch::zeros({ graph.upstream_count(), graph.downstream_count() }, options);
    read_ = torch::zeros({ graph.downstream_count(), model.config().d_model }, options);
}

void EdgeScores::add(const ForwardTaps& written, const BaselineActivations& baseline,
    const ForwardTaps& read, const TapGradients& gradients, const torch::Tensor& rows,
    double weight, WriterRange writers)
{
    const torch::NoGradGuard no_grad;
    if (writers.count == 0)
        writers = { 0, graph_.upstream_count() };
    const double share = weight / static_cast<double>(read_.size(1)); // of the part along B
    torch::Tensor room; // for the gradients of some blocks, used again by the next ones
    for (std::int64_t start = 0; start < rows.size(0); start += rows_) {
        const auto part = rows.narrow(0, start, std::min(rows_, rows.size(0) - start));
        const auto all = geometry_.written(written, baseline, part)
                             .narrow(0, writers.first, writers.count); // [writer, row, d_model]
        const auto norms = geometry_.read_norms(read, part);
        const auto along_units = torch::bmm(all.transpose(0, 1), norms.units.permute({ 1, 2, 0 }))
                                     .permute({ 2, 1, 0 }); // [norm, writer, row]
        const auto along_ones = centring_ ? all.sum(-1) : torch::Tensor();
        HeldBlock held;
        const auto segments = blocks_ ? blocks_->segments(part) : std::vector<BlockSums::Segment>{};
        for (int index = 0; index < geometry_.blocks();) {
            // Joins blocks until the product is large enough to be fast. Cells of the table that
            // are no edge are computed along and never read.
            int end = index;
            std::int64_t readers = 0;
            do
                readers += geometry_.readers(end++);
            while (end < geometry_.blocks() && readers + geometry_.readers(end) <= readers_at_once);
            const std::int64_t entries = readers * part.size(0) * all.size(2);
            if (!room.defined() || room.numel() < entries)
                room = all.new_empty({ entries });
            const auto scaled
                = room.narrow(0, 0, entries).view({ readers, part.size(0), all.size(2) });
            // The gradients as the readers see them, which only the blocks need as such.
            const auto seen = blocks_ ? torch::empty_like(scaled) : torch::Tensor();
            const auto before = index;
            std::int64_t offset = 0;
            std::int64_t count = 0;
            std::int64_t first_reader = 0;
            for (; index < end; ++index) {
                if (index % 2 == 0) {
                    held = HeldBlock(); // before the next one comes
                    held = geometry_.hold(index);
                }
                const auto block = geometry_.block(index, read, gradients, norms, part,
                    scaled.narrow(0, offset, geometry_.readers(index)));
                const auto first = block.first - graph_.upstream_count();
                if (index == before)
                    first_reader = first;
                count = std::clamp<std::int64_t>(block.writers - writers.first, 0, writers.count);
                if (blocks_)
                    see_through_norm(seen.narrow(0, offset, geometry_.readers(index)), block,
                        index < geometry_.norms() ? norms.units.select(0, index) : torch::Tensor(),
                        centring_);
                offset += geometry_.readers(index);
                // Both are views into the sums.
                auto cells = table_.narrow(0, writers.first, count)
                                 .narrow(1, first, geometry_.readers(index));
                auto gradient_sums = read_.narrow(0, first, geometry_.readers(index));
                gradient_sums.add_(block.row_sum, weight);
                if (index >= geometry_.norms())
                    continue;
                const auto unit = norms.units.select(0, index);
                const auto read_unit = torch::bmm(block.scaled.transpose(0, 1), unit.unsqueeze(2))
                                           .squeeze(2); // [row, reader]
                cells.addmm_(along_units[index].narrow(0, 0, count), read_unit, 1, -share);
                gradient_sums.addmm_(read_unit.t(), unit, 1, -share);
                if (!centring_)
                    continue;
                cells.addmm_(along_ones.narrow(0, 0, count), block.width_sum.t(), 1, -share);
                gradient_sums.sub_(block.width_sum.sum(1, true), share);
            }
            table_.narrow(0, writers.first, count)
                .narrow(1, first_reader, readers)
                .addmm_(all.narrow(0, 0, count).flatten(1), scaled.flatten(1).t(), 1, weight);
            if (blocks_)
                blocks_->add(all.narrow(0, 0, count), writers.first, seen, first_reader, segments, weight);
        }
    }
}

void EdgeScores::rebase(const BaselineActivations& from, const BaselineActivations& to)
{
    const torch::NoGradGuard no_grad;
    const auto difference = geometry_.written_difference(from, to);
    table_.add_(torch::mm(difference, read_.t()));
    if (blocks_)
        blocks_->rebase(difference);
}

torch::Tensor EdgeScores::scores() const
{
    return table_.flatten().index_select(0, geometry_.edge_cells());
}

void EdgeScores::keep_blocks(std::int64_t examples, bool rebased, std::int64_t memory_bytes)
{
    blocks_.emplace(graph_, read_.size(1), examples, rebased, table_.options(), memory_bytes);
}

void EdgeScores::next_batch(const ScoredBatch& batch, std::int64_t first)
{
    if (blocks_)
        blocks_->next_batch(first, batch.ids.size(1));
}

BlockScores EdgeScores::block_scores() const
{
    return blocks_->scores(geometry_.edge_cells());
}

torch::Tensor edge_scores(const Transformer& model, const ComputationalGraph& graph,
    const ForwardTaps& taps, const TapGradients& gradients, const BaselineActivations& baseline,
    const ScoredBatch& batch, ScoredPositions positions, std::int64_t memory_bytes)
{
    EdgeScores scores(model, graph, memory_bytes);
    scores.add(taps, baseline, taps, gradients, scored_rows(batch, positions));
    return scores.scores();
}

} // namespace circuitloom
