#pragma once

#include "core/store/database.h"
#include "core/store/experiment_reader.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace circuitloom {

/// Checkpoints in the database; see RunWriter and ExperimentReader. Internal to core/store.

/// Belongs into a transaction.
void insert_checkpoint(SQLite::Database& database, std::int64_t run, const CheckpointRecord& what,
    const std::string& values, std::span<const TensorView> tensors);
/// Deletes what `policy` does not keep. Belongs into a transaction.
void drop_checkpoints(SQLite::Database& database, std::int64_t run, const CheckpointPolicy& policy);

std::vector<CheckpointRecord> select_checkpoints(LoomDatabase& database, std::int64_t run);
/// `record` as select_checkpoints() gave it.
StoredCheckpoint read_checkpoint(LoomDatabase& database, const CheckpointRecord& record);

} // namespace circuitloom
