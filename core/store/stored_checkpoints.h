#pragma once

#include "core/store/database.h"
#include "core/store/experiment_reader.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace circuitloom {

/// Checkpoints in the database; see RunWriter and ExperimentReader. Internal to core/store.

/// Deletes what `policy` does not keep beside it, too. Belongs into a transaction.
void insert_checkpoint(SQLite::Database& database, std::int64_t run, const CheckpointRecord& what,
    const std::string& values, std::span<const TensorView> tensors, const CheckpointPolicy& policy);
/// Deletes what `policy` does not keep (checkpoint_thinning.h). Belongs into a transaction.
void drop_checkpoints(SQLite::Database& database, std::int64_t run, const CheckpointPolicy& policy);
/// Deletes what the optimizer remembers from every checkpoint of the run. Belongs into a
/// transaction.
void drop_optimizers(SQLite::Database& database, std::int64_t run);

/// `version` is the file's.
std::vector<CheckpointRecord> select_checkpoints(
    LoomDatabase& database, std::int64_t run, int version);
/// `record` as select_checkpoints() gave it; `beyond` as in ExperimentReader::checkpoint().
StoredCheckpoint read_checkpoint(
    LoomDatabase& database, const CheckpointRecord& record, int version, std::size_t beyond);

} // namespace circuitloom
