#include "core/store/reader_connection.h"
#include "core/store/stored_checkpoints.h"

#include <limits>

namespace circuitloom {

namespace {

constexpr double largest = std::numeric_limits<double>::max();
constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

/// `version` is the file's.
std::string columns_of_iterations(int version)
{
    if (version >= 8)
        return column_list(table::iteration.columns);
    return column_list(table::iteration.columns.first(table::iteration.columns.size() - 1))
        + ", NULL AS " + std::string(column::tokens);
}

} // namespace

ExperimentReader::ExperimentReader(const std::filesystem::path& file)
    : connection_(std::make_unique<Connection>(file))
{
}

ExperimentReader::~ExperimentReader() = default;
ExperimentReader::ExperimentReader(ExperimentReader&&) noexcept = default;
ExperimentReader& ExperimentReader::operator=(ExperimentReader&&) noexcept = default;

const std::filesystem::path& ExperimentReader::file() const
{
    return connection_->database.file();
}

std::int64_t ExperimentReader::changes() const
{
    return connection_->call("whether it was written to", [&] {
        return connection_->database.sqlite().execAndGet("PRAGMA data_version").getInt64();
    });
}

std::vector<RunSummary> ExperimentReader::runs() const
{
    return connection_->call("the runs", [&] {
        std::vector<RunSummary> found;
        Rows rows = connection_->select_runs();
        while (rows.next())
            found.push_back(connection_->summary(rows));
        return found;
    });
}

RunSummary ExperimentReader::run(RunId id) const
{
    return connection_->call("a run", [&] { return connection_->run(id); });
}

std::vector<IterationRecord> ExperimentReader::iterations(RunId run, IterationIndex from) const
{
    return connection_->call("the iterations", [&] {
        const bool tuned = connection_->has_model(run);
        Rows rows(connection_->database,
            "SELECT " + columns_of_iterations(connection_->version())
                + " FROM iteration WHERE run_id = ? AND iteration >= ? ORDER BY iteration");
        rows.bind(run.value, from.value);
        std::vector<IterationRecord> found;
        while (rows.next())
            found.push_back({ { rows.small(column::iteration) }, rows.small(column::step),
                rows.real(column::loss), rows.real(column::metric),
                tuned ? rows.real(column::tunable_ratio, 0, largest) : unknown, rows.integer(column::tunable_count, 0),
                rows.small(column::edges), rows.small(column::entered),
                tuned ? rows.real(column::seconds, 0, largest) : unknown,
                rows.is_null(column::tokens) ? std::nullopt
                                             : std::optional(rows.integer(column::tokens, 0)) });
        return found;
    });
}

std::vector<StepRecord> ExperimentReader::steps(RunId run, int after_step) const
{
    return connection_->call("the steps", [&] {
        connection_->require_run(run);
        Rows rows(connection_->database,
            select_from(table::step, "WHERE run_id = ? AND step > ? ORDER BY step"));
        rows.bind(run.value, after_step);
        std::vector<StepRecord> found;
        while (rows.next())
            found.push_back({ rows.small(column::step), rows.real(column::loss),
                rows.real(column::metric), rows.real(column::learning_rate, 0, largest) });
        return found;
    });
}

std::vector<EvaluationRecord> ExperimentReader::evaluations(RunId run, int after_step) const
{
    return connection_->call("the evaluations", [&] {
        connection_->require_run(run);
        Rows rows(connection_->database,
            select_from(
                table::evaluation, "WHERE run_id = ? AND step > ? ORDER BY step, suite, measure"));
        rows.bind(run.value, after_step);
        std::vector<EvaluationRecord> found;
        while (rows.next())
            found.push_back({ rows.small(column::step), rows.text(column::suite),
                rows.text(column::measure), rows.real(column::value), rows.small(column::items) });
        return found;
    });
}

std::vector<MarkRecord> ExperimentReader::marks(RunId run) const
{
    return connection_->call("the marks", [&] {
        connection_->require_run(run);
        Rows rows(connection_->database,
            select_from(table::mark, "WHERE run_id = ? ORDER BY step, mark_id"));
        rows.bind(run.value);
        std::vector<MarkRecord> found;
        while (rows.next())
            found.push_back(
                { rows.small(column::step), rows.text(column::kind), rows.text(column::label) });
        return found;
    });
}

std::vector<CheckpointRecord> ExperimentReader::checkpoints(RunId run) const
{
    return connection_->call("the checkpoints", [&] {
        connection_->require_run(run);
        return connection_->version() < 3 ? std::vector<CheckpointRecord>{}
                                          : select_checkpoints(
                                                connection_->database, run.value, connection_->version());
    });
}

StoredCheckpoint ExperimentReader::checkpoint(
    RunId run, std::int64_t id, std::size_t beyond) const
{
    for (const CheckpointRecord& record : checkpoints(run))
        if (record.id == id)
            return connection_->call("a checkpoint", [&] {
                return read_checkpoint(
                    connection_->database, record, connection_->version(), beyond);
            });
    throw InputError("Run " + std::to_string(run.value) + " of " + file().string()
        + " has no checkpoint " + std::to_string(id) + ".");
}

} // namespace circuitloom
