#include "core/store/stored_studies.h"

#include "core/store/mirror_table.h"
#include "core/store/reader_connection.h"
#include "core/store/run_rows.h"

#include <cmath>

namespace circuitloom {

namespace {

// Runs `write` as one transaction.
template <class Write>
auto commit(const std::filesystem::path& file, const char* doing, Write&& write)
{
    const ExperimentReader exists(file); // a file that is missing is not made
    LoomDatabase database = LoomDatabase::open_for_writing(file);
    return translating(file, doing, [&] {
        SQLite::Transaction transaction(database.sqlite(), SQLite::TransactionBehavior::IMMEDIATE);
        auto result = write(database.sqlite());
        transaction.commit();
        return result;
    });
}

void require_short(const std::string& text, const char* what, std::size_t most)
{
    if (text.size() > most)
        throw InputError(std::string("The ") + what + " of a study may have up to "
            + std::to_string(most) + " bytes; this one has " + std::to_string(text.size()) + ".");
}

} // namespace

std::int64_t begin_study(const std::filesystem::path& file, const StoredStudy& study)
{
    require_short(study.question, "question", longest_study_question);
    ExperimentReader(file).run(study.run);
    return commit(file, "beginning a study", [&](SQLite::Database& sqlite) {
        require_no_mirror(sqlite, file, "Figures cannot be added to it");
        SQLite::Statement insert(sqlite,
            "INSERT OR IGNORE INTO study (run_id, other_run, kind, question, created) "
            "VALUES (?, ?, ?, ?, ?)");
        execute(
            insert, study.run.value, study.other.value, study.kind, study.question, seconds_now());
        SQLite::Statement query(sqlite,
            "SELECT study_id FROM study WHERE run_id = ? AND other_run = ? AND kind = ? "
            "AND question = ?");
        query.bind(1, study.run.value);
        query.bind(2, study.other.value);
        query.bind(3, study.kind);
        query.bind(4, study.question);
        query.executeStep();
        return query.getColumn(0).getInt64();
    });
}

void store_figures(
    const std::filesystem::path& file, std::int64_t study, std::span<const StudyFigure> figures)
{
    for (const StudyFigure& figure : figures) {
        require_short(figure.series, "series", longest_study_name);
        require_short(figure.suite, "suite", longest_study_name);
        require_short(figure.measure, "measure", longest_study_name);
    }
    commit(file, "storing figures", [&](SQLite::Database& sqlite) {
        SQLite::Statement known(sqlite, "SELECT 1 FROM study WHERE study_id = ?");
        known.bind(1, study);
        if (!known.executeStep())
            throw InputError("Figures cannot be added to " + file.string()
                + ": the run that they are about has been deleted.");
        std::string sql = insert_into(table::study_figure);
        sql.insert(sql.find(' '), " OR REPLACE");
        SQLite::Statement insert(sqlite, sql);
        for (const StudyFigure& figure : figures)
            execute(insert, study, figure.source, figure.target, figure.series, figure.draw,
                figure.suite, figure.measure,
                std::isfinite(figure.value) ? std::optional(figure.value) : std::nullopt,
                figure.items);
        return 0;
    });
}

std::vector<StoredStudy> ExperimentReader::studies(RunId run) const
{
    return connection_->call("the studies", [&] {
        connection_->require_run(run);
        std::vector<StoredStudy> found;
        if (connection_->version() < 9)
            return found;
        Rows rows(
            connection_->database, select_from(table::study, "WHERE run_id = ? ORDER BY study_id"));
        rows.bind(run.value);
        while (rows.next())
            found.push_back({ rows.integer(column::study_id, 1), run,
                { rows.integer(column::other_run, any_integer) },
                connection_->short_text(rows, column::kind, longest_study_name),
                connection_->short_text(rows, column::question, longest_study_question),
                rows.integer(column::created, 0) });
        return found;
    });
}

std::vector<StudyFigure> ExperimentReader::study_figures(std::int64_t study) const
{
    return connection_->call("the figures of a study", [&] {
        std::vector<StudyFigure> found;
        if (connection_->version() < 9)
            return found;
        Rows rows(connection_->database,
            select_from(
                table::study_figure, "WHERE study_id = ? ORDER BY source, target, series, draw"));
        rows.bind(study);
        while (rows.next())
            found.push_back({ rows.small(column::source, -1), rows.small(column::target, -1),
                connection_->short_text(rows, column::series, longest_study_name),
                rows.small(column::draw),
                connection_->short_text(rows, column::suite, longest_study_name),
                connection_->short_text(rows, column::measure, longest_study_name),
                rows.real(column::value), rows.small(column::items) });
        return found;
    });
}

} // namespace circuitloom
