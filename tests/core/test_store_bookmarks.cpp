#include "core/base/error.h"
#include "core/store/bookmarks.h"
#include "core/store/experiment_reader.h"
#include "core/store/run_writer.h"
#include "core/store/stored_supernodes.h"
#include "tests/support/store_samples.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <doctest/doctest.h>

#include <thread>

#include <sys/wait.h>

using namespace circuitloom;
using samples::TemporaryFolder;

namespace {

void write_iterations(RunWriter& writer, int from, int to)
{
    for (int i = from; i < to; ++i)
        writer.add_iteration(samples::iteration(i), samples::circuit(i));
}

// A file with one finished run of ten iterations.
RunId make_run(const std::filesystem::path& file)
{
    RunWriter writer(file, samples::description());
    write_iterations(writer, 0, 10);
    writer.set_state(RunState::finished);
    return writer.id();
}

const std::vector<Supernode> some_supernodes
    = { { "subject heads", { "a1.h3", "a0.h2", "m10.g3" }, true }, { "Zähler", { "m2" }, false },
          { "a", { "a1.kv1", "a1.h3" }, false } };

} // namespace

TEST_CASE("bookmarks are stored, changed, removed and put back")
{
    const TemporaryFolder folder;
    const auto file = folder / "x.loom";
    const RunId run = make_run(file);
    CHECK(ExperimentReader(file).bookmarks(run).empty());

    const Bookmark late = add_bookmark(file, { 0, run, { 7 }, "late", "", 0 });
    const Bookmark early = add_bookmark(file, { 0, run, { 2 }, "früh", "two\nlines 'x'", 1234 });
    CHECK(late.id > 0);
    CHECK(late.created > 0);
    CHECK(early.id != late.id);
    CHECK(early.created == 1234);
    CHECK((ExperimentReader(file).bookmarks(run) == std::vector{ early, late }));

    Bookmark changed = late;
    changed.name = "later";
    changed.note = "why";
    change_bookmark(file, changed);
    CHECK((ExperimentReader(file).bookmarks(run) == std::vector{ early, changed }));

    remove_bookmark(file, early.id);
    CHECK((ExperimentReader(file).bookmarks(run) == std::vector{ changed }));
    CHECK(add_bookmark(file, early) == early);
    CHECK((ExperimentReader(file).bookmarks(run) == std::vector{ early, changed }));

    delete_run(file, run);
    CHECK_THROWS_AS(remove_bookmark(file, late.id), InputError);
}

TEST_CASE("bookmarks that cannot be are refused, and nothing is stored")
{
    const TemporaryFolder folder;
    const auto file = folder / "x.loom";
    const RunId run = make_run(file);
    const auto refused = [&](const Bookmark& bookmark) {
        CHECK_THROWS_AS(add_bookmark(file, bookmark), InputError);
    };
    refused({ 0, run, { 10 }, "beyond the end", "", 0 });
    refused({ 0, run, { -1 }, "before the start", "", 0 });
    refused({ 0, { 99 }, { 0 }, "no such run", "", 0 });
    refused({ 0, run, { 0 }, "", "no name", 0 });
    refused({ 0, run, { 0 }, std::string(longest_bookmark_name + 1, 'x'), "", 0 });
    refused({ 0, run, { 0 }, "long note", std::string(longest_bookmark_note + 1, 'x'), 0 });
    CHECK(ExperimentReader(file).bookmarks(run).empty());
    CHECK_THROWS_AS(change_bookmark(file, { 5, run, { 0 }, "none", "", 0 }), InputError);
    CHECK_THROWS_AS(remove_bookmark(file, 5), InputError);
    CHECK_THROWS_AS(ExperimentReader(file).bookmarks({ 99 }), InputError);

    const Bookmark longest = add_bookmark(file,
        { 0, run, { 9 }, std::string(longest_bookmark_name, 'x'),
            std::string(longest_bookmark_note, 'y'), 0 });
    CHECK((ExperimentReader(file).bookmarks(run) == std::vector{ longest }));
    CHECK_THROWS_AS(add_bookmark(folder / "none.loom", longest), InputError);
    CHECK_THROWS_AS(remove_bookmark(folder / "none.loom", 1), InputError);
    CHECK_FALSE(std::filesystem::exists(folder / "none.loom"));
}

TEST_CASE("a bookmark outlives its iteration: resuming a run makes that again")
{
    const TemporaryFolder folder;
    const auto file = folder / "x.loom";
    const RunId run = make_run(file);
    const Bookmark bookmark = add_bookmark(file, { 0, run, { 7 }, "here", "", 0 });
    RunWriter again(file, run, std::nullopt);
    CHECK(ExperimentReader(file).iterations(run).empty());
    CHECK((ExperimentReader(file).bookmarks(run) == std::vector{ bookmark }));
    write_iterations(again, 0, 10);
    CHECK((ExperimentReader(file).bookmarks(run) == std::vector{ bookmark }));
}

TEST_CASE("supernodes are replaced as a whole and come back in their order")
{
    const TemporaryFolder folder;
    const auto file = folder / "x.loom";
    make_run(file);
    CHECK(ExperimentReader(file).supernodes().empty());
    save_supernodes(file, some_supernodes);
    CHECK(ExperimentReader(file).supernodes() == some_supernodes);
    const std::vector<Supernode> fewer(some_supernodes.rbegin(), some_supernodes.rend() - 1);
    save_supernodes(file, fewer);
    CHECK(ExperimentReader(file).supernodes() == fewer);
    save_supernodes(file, {});
    CHECK(ExperimentReader(file).supernodes().empty());
}

TEST_CASE("supernodes that cannot be are refused, and those stored stay")
{
    const TemporaryFolder folder;
    const auto file = folder / "x.loom";
    make_run(file);
    save_supernodes(file, some_supernodes);
    const std::vector<Supernode> bad = { { "", { "m0" }, false }, { "no members", {}, false },
        { "twice", { "m0", "m0" }, false }, { "nameless member", { "" }, false },
        { std::string(longest_supernode_name + 1, 'x'), { "m0" }, false },
        { "long member", { std::string(longest_member_name + 1, 'm') }, false },
        { "a", { "m0" }, false } };
    for (const Supernode& one : bad) {
        CAPTURE(one.name);
        std::vector<Supernode> all = some_supernodes;
        all.push_back(one);
        CHECK_THROWS_AS(save_supernodes(file, all), InputError);
    }
    CHECK(ExperimentReader(file).supernodes() == some_supernodes);
    CHECK_THROWS_AS(save_supernodes(folder / "none.loom", {}), InputError);
    CHECK_FALSE(std::filesystem::exists(folder / "none.loom"));
}

TEST_CASE("bookmarks and supernodes are written while a run goes on in the same file")
{
    const TemporaryFolder folder;
    const auto file = folder / "busy.loom";
    RunWriter writer(file, samples::description());
    write_iterations(writer, 0, 1);
    constexpr int count = 120;
    std::thread training([&] { write_iterations(writer, 1, count); });
    std::vector<Bookmark> stored;
    for (int i = 0; i < 15; ++i) {
        stored.push_back(add_bookmark(file, { 0, writer.id(), { 0 }, std::to_string(i), "", 0 }));
        save_supernodes(file, { some_supernodes[static_cast<std::size_t>(i % 3)] });
    }
    training.join();
    const ExperimentReader reader(file);
    CHECK(reader.bookmarks(writer.id()) == stored);
    CHECK((reader.supernodes() == std::vector{ some_supernodes[14 % 3] }));
    CHECK(reader.iterations(writer.id()).size() == count);
    CHECK(reader.circuit(writer.id(), { count - 1 }) == samples::circuit(count - 1));
}

TEST_CASE("a read-only file says so in words")
{
    const TemporaryFolder folder;
    const auto file = folder / "x.loom";
    const RunId run = make_run(file);
    add_bookmark(file, { 0, run, { 1 }, "before", "", 0 });
    // Root may write whatever the permissions say, so another user tries.
    std::filesystem::permissions(folder.path(), std::filesystem::perms(0755));
    std::filesystem::permissions(file, std::filesystem::perms(0444));
    const pid_t child = fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        if (geteuid() == 0 && setuid(65534) != 0)
            _exit(0);
        const auto says_so = [](auto&& write) {
            try {
                write();
            } catch (const ResourceError& error) {
                return std::string(error.what()).find("cannot be written") != std::string::npos;
            }
            return false;
        };
        const bool refused = says_so([&] {
            add_bookmark(file, { 0, run, { 1 }, "x", "", 0 });
        }) && says_so([&] { save_supernodes(file, some_supernodes); });
        _exit(refused && ExperimentReader(file).bookmarks(run).size() == 1 ? 0 : 1);
    }
    int status = 0;
    waitpid(child, &status, 0);
    CHECK(WIFEXITED(status));
    CHECK(WEXITSTATUS(status) == 0);
}

TEST_CASE("a bookmark of a run that is gone is not put back, and the file is not to blame")
{
    const TemporaryFolder folder;
    const auto file = folder / "x.loom";
    const RunId run = make_run(file);
    const Bookmark bookmark = add_bookmark(file, { 0, run, { 3 }, "mine", "", 0 });
    remove_bookmark(file, bookmark.id);
    delete_run(file, run);
    CHECK_THROWS_WITH_AS(add_bookmark(file, bookmark),
        doctest::Contains(("no run " + std::to_string(run.value)).c_str()), InputError);
}
