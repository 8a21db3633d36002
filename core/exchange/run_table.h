#pragma once

#include "core/exchange/text_sink.h"
#include "core/store/experiment_reader.h"

#include <cstdint>
#include <functional>

namespace circuitloom {

/// So many rows of a table have been handed over; may throw, which ends the writing.
using RowProgress = std::function<void(std::int64_t rows)>;

/// Every edge of every circuit of a run as one table (RFC 4180): a row for each edge of each
/// iteration, the strongest first, under `iteration,step,rank,source,target,score`; ranks count from 1.
/// It is read and handed over some circuits at a time, so a long run takes no more memory than a short
/// one. Throws as ExperimentReader does.
void write_run_table(const ExperimentReader& reader, const RunSummary& run, const TextSink& sink,
    const RowProgress& progress = {});

/// The same table in Apache Parquet's format: iteration, step and rank as int32, source and target as
/// strings, score as float. Throws as ExperimentReader and ParquetFile do.
void write_run_parquet(const ExperimentReader& reader, const RunSummary& run, const TextSink& sink,
    const RowProgress& progress = {});

} // namespace circuitloom
