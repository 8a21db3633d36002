#pragma once

#include "core/store/migrations.h"
#include "core/store/schema.h"
#include "core/store/writer_identity.h"
#include "tests/support/store_samples.h"

#include <SQLiteCpp/SQLiteCpp.h>

namespace circuitloom::samples {

/// A file as schema version 2 wrote it, with the runs 3 and 8 on one graph; iteration i of run r
/// has circuit(r * i).
inline void make_version_2(const std::filesystem::path& file, int iterations = 6,
    const std::string& state = "finished", const WriterIdentity& writer = { 1, 1, "boot" })
{
    const RunDescription old = samples::description();
    const ComputationalGraph graph(old.shape, old.graph);
    SQLite::Database database(file.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    database.exec("PRAGMA journal_mode = WAL");
    SQLite::Transaction transaction(database);
    database.exec(migrations()[0]);
    database.exec(migrations()[1]);
    database.exec("PRAGMA application_id = " + std::to_string(loom_application_id));
    database.exec("PRAGMA user_version = 2");
    database.exec("INSERT INTO graph VALUES (7, 'full', 3, 4, 2, 8, 4, 0)");
    for (const int run : { 3, 8 }) {
        SQLite::Statement insert(database,
            "INSERT INTO run VALUES (?, 'old', 'circuit', '{}', 'demo', 'f', '{}', '1', 5, 12, 9, "
            "7, 1000, 2000, ?, '', ?, ?, ?)");
        insert.bind(1, run);
        insert.bind(2, state);
        insert.bind(3, writer.process);
        insert.bind(4, writer.started);
        insert.bind(5, writer.boot);
        insert.exec();
        for (int i = 0; i < iterations; ++i) {
            const std::string key = std::to_string(run) + ", " + std::to_string(i);
            database.exec("INSERT INTO iteration VALUES (" + key + ", " + std::to_string(i)
                + ", 1.5, 2.5, 0.5, 3, 12, 0, 0.25)");
            for (const ScoredEdge& scored : samples::circuit(run * i)) {
                SQLite::Statement edge(
                    database, "INSERT INTO circuit_edge VALUES (" + key + ", ?, ?)");
                edge.bind(1, scored.edge.value);
                edge.bind(2, static_cast<double>(scored.score));
                edge.exec();
            }
        }
    }
    transaction.commit();
}

/// The same as schema version 3 wrote it.
inline void make_version_3(const std::filesystem::path& file)
{
    make_version_2(file);
    SQLite::Database database(file.string(), SQLite::OPEN_READWRITE);
    SQLite::Transaction transaction(database);
    database.exec(migrations()[2]);
    database.exec("PRAGMA user_version = 3");
    transaction.commit();
}

} // namespace circuitloom::samples
