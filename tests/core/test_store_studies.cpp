#include "core/base/error.h"
#include "core/run/studies.h"
#include "core/store/experiment_reader.h"
#include "core/store/merge.h"
#include "core/store/run_writer.h"
#include "core/store/stored_studies.h"
#include "tests/support/store_samples.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <doctest/doctest.h>

#include <cmath>

using namespace circuitloom;
using samples::TemporaryFolder;

namespace {

void alter(const std::filesystem::path& file, const std::string& statement)
{
    SQLite::Database(file.string(), SQLite::OPEN_READWRITE).exec(statement);
}

RunId written_run(const std::filesystem::path& file, const std::string& name = "run")
{
    RunWriter writer(file, samples::description(name));
    writer.add_iteration(samples::iteration(0), samples::circuit(0));
    writer.set_state(RunState::finished);
    return writer.id();
}

StoredStudy transfer(RunId run, RunId other)
{
    return { 0, run, other, "transfer",
        study_json(TransferStudy{ { 0 }, { 0, 5 }, 2, 7 }, std::nullopt), 0 };
}

StudyFigure figure(int target, double value)
{
    return { -1, target, "random", 3, "task", "faithfulness", value, 9 };
}

} // namespace

TEST_CASE("a study and its figures are kept, and asked again it is the same one")
{
    const TemporaryFolder folder;
    const auto file = folder / "x.loom";
    const RunId run = written_run(file);
    const std::int64_t id = begin_study(file, transfer(run, run));
    CHECK(begin_study(file, transfer(run, run)) == id);
    CHECK(begin_study(file, transfer(run, { 77 })) != id);
    store_figures(file, id, std::vector{ figure(0, 0.5), figure(5, std::nan("")) });
    store_figures(file, id, std::vector{ figure(0, 0.75) });
    const ExperimentReader reader(file);
    const auto studies = reader.studies(run);
    REQUIRE(studies.size() == 2);
    CHECK(studies[0].id == id);
    CHECK(studies[1].other == RunId{ 77 });
    CHECK(std::get<TransferStudy>(read_study(studies[0], file))
        == TransferStudy{ { 0 }, { 0, 5 }, 2, 7 });
    const auto figures = reader.study_figures(id);
    REQUIRE(figures.size() == 2);
    CHECK(figures[0].value == 0.75);
    CHECK(figures[0].source == -1);
    CHECK(figures[0].draw == 3);
    CHECK(figures[0].items == 9);
    CHECK(std::isnan(figures[1].value));
    CHECK_THROWS_AS(begin_study(file, transfer({ 9 }, run)), InputError);
    CHECK_THROWS_AS(begin_study(folder / "none.loom", transfer(run, run)), InputError);
}

TEST_CASE("a study whose run is deleted goes with it, and takes no further figures")
{
    const TemporaryFolder folder;
    const auto file = folder / "x.loom";
    const RunId run = written_run(file);
    const RunId other = written_run(file, "other");
    const std::int64_t id = begin_study(file, transfer(run, other));
    store_figures(file, id, std::vector{ figure(0, 0.5) });
    delete_run(file, run);
    CHECK(ExperimentReader(file).study_figures(id).empty());
    CHECK_THROWS_WITH_AS(store_figures(file, id, std::vector{ figure(5, 0.5) }),
        doctest::Contains("deleted"), InputError);
}

TEST_CASE("a file of version 8 has no studies until one is begun")
{
    const TemporaryFolder folder;
    const auto file = folder / "x.loom";
    const RunId run = written_run(file);
    alter(file, "DROP TABLE study_figure");
    alter(file, "DROP TABLE study");
    alter(file, "PRAGMA user_version = 8");
    const ExperimentReader reader(file);
    CHECK(reader.studies(run).empty());
    CHECK(reader.study_figures(1).empty());
    const std::int64_t id = begin_study(file, transfer(run, run));
    store_figures(file, id, std::vector{ figure(0, 1) });
    CHECK(reader.studies(run).size() == 1);
    CHECK(reader.study_figures(id).size() == 1);
}

TEST_CASE("studies go with their runs into a merged file, both runs by their new numbers")
{
    const TemporaryFolder folder;
    written_run(folder / "a.loom");
    written_run(folder / "b.loom");
    const RunId second = written_run(folder / "b.loom", "second");
    const std::int64_t id = begin_study(folder / "b.loom", transfer({ 1 }, second));
    store_figures(folder / "b.loom", id, std::vector{ figure(0, 0.25) });
    const std::filesystem::path files[] = { folder / "a.loom", folder / "b.loom" };
    const auto merged = merge_experiments(files, folder / "all.loom");
    const ExperimentReader reader(folder / "all.loom");
    const auto studies = reader.studies(merged.at(1).here);
    REQUIRE(studies.size() == 1);
    CHECK(studies[0].other == merged.at(2).here);
    CHECK(reader.study_figures(studies[0].id).at(0).value == 0.25);
    delete_run(folder / "all.loom", merged.at(1).here);
    CHECK(reader.study_figures(studies[0].id).empty());
}

TEST_CASE("every kind of study is read as it was written, and what cannot be is refused by name")
{
    CrossAblationStudy crossed;
    crossed.tasks = { "demo/disagreement", "b.jsonl" };
    crossed.step = 12;
    crossed.discovery.method = AttributionMethod::eap_ig;
    crossed.discovery.baseline = Baseline::zero;
    crossed.discovery.positions = ScoredPositions::all;
    crossed.discovery.metric = MetricKind::log_prob;
    for (const Study& study : { Study(TransferStudy{ { 1, 2 }, { 3 }, 4, 5 }),
             Study(GraftStudy{ 3, 12, true, { 0, 0.1, 1 }, 2 }),
             Study(SwapStudy{ 3, { 0, 1 }, { "a0.h1<q>", "m0" }, 2 }), Study(crossed) }) {
        StoredStudy stored;
        stored.kind = std::string(study_name(study));
        stored.question = study_json(study, std::nullopt);
        CHECK(read_study(stored, "x.loom") == study);
        CHECK(study_json(study, Precision::float64) != stored.question);
    }
    const auto refused = [](const char* kind, const char* question, const char* by) {
        StoredStudy stored;
        stored.kind = kind;
        stored.question = question;
        CHECK_THROWS_WITH_AS(read_study(stored, "x.loom"), doctest::Contains(by), InputError);
    };
    refused("transfer", "{\"circuits\": [-1], \"models\": []}", "circuits");
    refused("transfer", "{\"circuits\": 3}", "circuits");
    refused(
        "graft", "{\"iteration\": 0, \"shares\": [2], \"random_draws\": 1, \"step\": 3}", "shares");
    refused("swap", "[", "x.loom");
    refused("a kind of tomorrow", "{}", "kind");
}

TEST_CASE("iterations are chosen evenly, with both ends")
{
    CHECK(evenly_chosen(0, 3).empty());
    CHECK(evenly_chosen(5, 8) == std::vector<int>{ 0, 1, 2, 3, 4 });
    CHECK(evenly_chosen(101, 3) == std::vector<int>{ 0, 50, 100 });
    CHECK(evenly_chosen(7, 1) == std::vector<int>{ 6 });
}
