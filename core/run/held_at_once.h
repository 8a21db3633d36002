#pragma once

#include "core/architecture/model_config.h"
#include "core/graph/computational_graph.h"

#include <cstdint>

namespace circuitloom {

/// How much a run holds at a time of what would grow with the batch, the model's vocabulary or its
/// graph. The engine works by these, and the estimate of its memory counts by them.

/// Logits: with their gradient and what becomes of them, a few times 64 MiB in float32.
inline constexpr std::int64_t logits_at_once = std::int64_t{ 1 } << 24;
/// Examples of the held-out task, in a batch.
inline constexpr int evaluated_at_once = 64;
/// Tokens of a suite, in a batch of more than one text.
inline constexpr std::int64_t suite_tokens_at_once = 4096;
/// The bytes that the scoring of edges may hold for all nodes, unless its caller names others.
inline constexpr std::int64_t default_scoring_memory = std::int64_t{ 64 } << 20;
/// Readers whose products with the writers are formed together.
inline constexpr std::int64_t readers_at_once = 128;

/// Rows of logits that are formed together, at least 1.
std::int64_t logit_rows_at_once(const ModelConfig& config, std::int64_t logits = logits_at_once);
/// Numbers that the scoring holds for one row: the output of every writer, the unit of every norm
/// twice, and the gradients of the readers.
std::int64_t scoring_row(const ModelConfig& config, const ComputationalGraph& graph);
/// How many rows are scored together, so that what is held for all nodes stays under
/// `memory_bytes`; at least 1. `element` is the bytes of a number.
std::int64_t rows_at_once(const ModelConfig& config, const ComputationalGraph& graph,
    std::int64_t memory_bytes, std::int64_t element);

} // namespace circuitloom
