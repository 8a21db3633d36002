// A mirror whose origin became another file, and one whose own rows were deleted.
#include "core/base/error.h"
#include "core/store/mirror_message.h"
#include "core/store/other_origin.h"
#include "tests/support/stream_samples.h"

#include <doctest/doctest.h>

using namespace circuitloom;
using namespace circuitloom::samples;

namespace {

using Json = nlohmann::json;

RunId add_run(const std::filesystem::path& file, int steps, const std::string& name = "growing")
{
    GrowingRun run(file, name);
    run.go_on(steps);
    return run.id();
}

} // namespace

TEST_CASE("a file that took the place of the origin is not mixed into its mirror")
{
    const samples::TemporaryFolder folder;
    {
        GrowingRun run(folder / "from.loom");
        run.go_on(3);
    }
    catch_up(folder / "from.loom", folder / "to.loom");
    const std::string before = content(folder / "to.loom");
    SQLite::Database((folder / "from.loom").string(), SQLite::OPEN_READWRITE)
        .exec("UPDATE run SET created = created - 5");
    CHECK_THROWS_WITH_AS(catch_up(folder / "from.loom", folder / "to.loom"),
        doctest::Contains("is another file than the mirror has"), InputError);
    CHECK(content(folder / "to.loom") == before);
}

TEST_CASE("a run that was deleted in the mirror comes again")
{
    const samples::TemporaryFolder folder;
    RunId id;
    {
        GrowingRun run(folder / "from.loom");
        run.go_on(3);
        id = run.id();
    }
    catch_up(folder / "from.loom", folder / "to.loom");
    delete_run(folder / "to.loom", id);
    catch_up(folder / "from.loom", folder / "to.loom");
    CHECK(content(folder / "to.loom") == content(folder / "from.loom"));
}

TEST_CASE("a file without runs in the origin's place empties no mirror")
{
    const TemporaryFolder folder;
    add_run(folder / "from.loom", 3);
    catch_up(folder / "from.loom", folder / "to.loom");
    const std::string before = content(folder / "to.loom");
    std::filesystem::remove(folder / "from.loom");
    create_experiment(folder / "from.loom");
    CHECK_THROWS_WITH_AS(catch_up(folder / "from.loom", folder / "to.loom"),
        doctest::Contains("it never had a run 1. Mirror it into another file."), OtherOrigin);
    CHECK(content(folder / "to.loom") == before);
}

TEST_CASE("a file that has only other runs than the mirror is another one")
{
    const TemporaryFolder folder;
    add_run(folder / "from.loom", 3);
    catch_up(folder / "from.loom", folder / "to.loom");
    const std::string before = content(folder / "to.loom");
    std::filesystem::remove(folder / "from.loom");
    const RunId first = add_run(folder / "from.loom", 1);
    add_run(folder / "from.loom", 2, "another");
    delete_run(folder / "from.loom", first);
    CHECK_THROWS_WITH_AS(catch_up(folder / "from.loom", folder / "to.loom"),
        doctest::Contains("it has other runs"), OtherOrigin);
    CHECK(content(folder / "to.loom") == before);
}

TEST_CASE("the last run that was deleted at the origin is deleted in the mirror")
{
    const TemporaryFolder folder;
    const RunId first = add_run(folder / "from.loom", 3);
    Mirror mirror(folder / "to.loom", origin);
    StreamSource source(folder / "from.loom", mirror.request(false));
    take_all(mirror, all_messages(source));
    delete_run(folder / "from.loom", first);
    SUBCASE("and nothing came in its place") { }
    SUBCASE("and another one was begun before anybody looked") { add_run(folder / "from.loom", 2); }
    take_all(mirror, all_messages(source));
    CHECK(content(folder / "to.loom") == content(folder / "from.loom"));
}

TEST_CASE("a mirror that is begun anew takes over that its last run was deleted at the origin")
{
    const TemporaryFolder folder;
    const RunId first = add_run(folder / "from.loom", 3);
    catch_up(folder / "from.loom", folder / "to.loom");
    delete_run(folder / "from.loom", first);
    catch_up(folder / "from.loom", folder / "to.loom");
    CHECK(ExperimentReader(folder / "to.loom").runs().empty());
}

TEST_CASE("a run that is deleted in a mirror while it is fed has the source asked anew")
{
    const TemporaryFolder folder;
    GrowingRun run(folder / "from.loom");
    run.go_on(3);
    add_checkpoint(run.writer(), 3);
    run.writer().set_state(RunState::finished);
    Mirror mirror(folder / "to.loom", origin);
    {
        StreamSource source(folder / "from.loom", mirror.request(true));
        take_all(mirror, all_messages(source));
        CHECK_FALSE(mirror.lost_rows());
        delete_run(folder / "to.loom", run.id());
        CHECK(mirror.lost_rows());
        run.go_on(2); // would not fit, without its run
        std::vector<Taken> taken;
        for (const Json& message : source.next())
            taken.push_back(mirror.take(message, "a message"));
        REQUIRE_FALSE(taken.empty());
        CHECK(taken.back() == Taken::in_vain);
        CHECK(ExperimentReader(folder / "to.loom").runs().empty());
    }
    StreamSource source(folder / "from.loom", mirror.request(true));
    CHECK_FALSE(mirror.lost_rows());
    take_all(mirror, all_messages(source));
    CHECK(content(folder / "to.loom", true) == content(folder / "from.loom", true));
}

TEST_CASE("a mirror holds a bounded amount of what was not committed, be it rows of nothing")
{
    const TemporaryFolder folder;
    Mirror mirror(folder / "to.loom", origin);
    const Json columns = { "run_id", "step", "loss", "metric", "learning_rate" };
    const Json message{ { "type", "rows" }, { "table", "step" }, { "columns", columns },
        { "rows", std::vector<Json>(300'000, Json::array()) } };
    CHECK(memory_of(message) > 300'000 * sizeof(Json));
    const auto flood = [&] {
        for (int i = 0; i < 20; ++i)
            mirror.take(message, "frame " + std::to_string(i));
    };
    // What is too much to be held is looked at, and an empty row is none of a step.
    CHECK_THROWS_WITH_AS(flood(), doctest::Contains("must be a list of 5 values"), InputError);
}
