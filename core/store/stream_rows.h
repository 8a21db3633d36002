#pragma once

#include "core/store/stream_batch.h"
#include "core/store/stream_stand.h"
#include "core/store/stream_tables.h"

#include <cstdint>
#include <filesystem>
#include <vector>

namespace circuitloom {

/// Each adds to a batch what the receiver lacks, and brings the position on with it. False where the
/// batch has enough before all of it is in. Internal to core/store.

/// Goes on with the graph or the checkpoint that was begun, if any.
bool add_whole(StreamTables& tables, StreamPosition& position, StreamBatch& batch);
/// The run's graph, its row, its iterations and its figures.
bool add_run(
    StreamTables& tables, StreamPosition& position, StreamBatch& batch, const RunNow& run);
/// What the user wrote beside the runs.
void add_users(StreamTables& tables, StreamPosition& position, StreamBatch& batch);
/// Those that went are taken away, new ones added.
bool add_checkpoints(StreamTables& tables, StreamPosition& position, StreamBatch& batch);

/// Takes away what went from the file, or is another by now. Belongs before everything else: the numbers
/// of rows that went are given again.
void remove_what_went(StreamTables& tables, StreamPosition& position, StreamBatch& batch,
    const std::vector<RunNow>& runs);
/// Throws OtherOrigin where the file is another one than the receiver began with. `last_given`: the
/// greatest number that the file ever gave to a run; `recognised`: it was looked at before.
void require_same_file(const std::filesystem::path& file, const StreamPosition& position,
    const std::vector<RunNow>& runs, std::int64_t last_given, bool recognised);

} // namespace circuitloom
