#pragma once

#include "core/graph/computational_graph.h"

#include <cstdint>
#include <vector>

namespace circuitloom {

/// Some of a graph's edges: one entry per edge.
using EdgeSet = std::vector<bool>;

/// Readers of one stage that keep the same in-edges, and so see one and the same stream.
struct SharedStream
{
    enum class Kind
    {
        whole, ///< every in-edge is kept (or there is none): the residual stream as it is
        baseline, ///< none is kept: the stream if every writer wrote its baseline
        mixed ///< some are
    };
    Kind kind = Kind::whole;
    std::vector<int> readers; ///< numbers within the stage: queries, keys, values; or MLP groups
};

/// The readers of the residual stream at one point of the pass.
struct ReaderStage
{
    /// Streams of Kind::mixed come last, in the order of the mask's rows.
    std::vector<SharedStream> streams;
    int readers = 0;
    /// A mixed stream is the baseline stream plus the differences (output − baseline) of the
    /// writers it keeps, or the residual stream minus those of the writers it does not keep:
    /// whichever needs fewer writers.
    bool from_baseline = false;
    std::vector<std::int64_t> writers; ///< slots of the stored writers that the columns stand for
    std::vector<float> mask; ///< 0 or 1, [mixed stream, writer]: the differences to take

    std::int64_t mixed() const;
    bool untouched() const;
};

/// The work of a forward pass with some edges ablated, known from the graph alone: which readers
/// share a stream, and whose differences must be at hand. Who reads whom is decided by the graph's
/// edges. Used for any number of batches.
class AblationPlan
{
public:
    /// `kept` has one entry per edge of `graph`; the edges that are not kept are ablated.
    AblationPlan(const ComputationalGraph& graph, const EdgeSet& kept);

    const ReaderStage& attention(int layer) const { return attention_[at(layer)]; }
    const ReaderStage& mlp(int layer) const { return mlp_[at(layer)]; }
    const ReaderStage& logits() const { return logits_; }
    /// The MLP of a layer comes after its attention (not so where both run side by side).
    bool mlp_follows_attention() const { return mlp_follows_attention_; }

    /// Writers whose difference some stream needs, by number; their index is their slot.
    const std::vector<NodeId>& stored() const { return stored_; }
    /// Whether some stream starts from the baselines.
    bool needs_baseline_stream() const { return needs_baseline_stream_; }

private:
    static std::size_t at(int layer) { return static_cast<std::size_t>(layer); }

    std::vector<ReaderStage> attention_; ///< per layer
    std::vector<ReaderStage> mlp_; ///< per layer
    ReaderStage logits_;
    bool mlp_follows_attention_ = true;
    std::vector<NodeId> stored_;
    bool needs_baseline_stream_ = false;
};

} // namespace circuitloom
