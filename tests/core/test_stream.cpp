// What a StreamSource reads of one file, and a Mirror puts into another.
#include "core/base/error.h"
#include "core/formats/cbor_input.h"
#include "core/formats/message_frames.h"
#include "core/store/bookmarks.h"
#include "core/store/experiment_reader.h"
#include "core/store/mirror_table.h"
#include "core/store/stored_supernodes.h"
#include "core/store/stored_studies.h"
#include "core/store/stored_view.h"
#include "tests/support/stream_samples.h"

#include <SQLiteCpp/Database.h>

#include <doctest/doctest.h>

#include <algorithm>

using namespace circuitloom;
using namespace circuitloom::samples;

namespace {

using Json = nlohmann::json;

} // namespace

TEST_CASE("a mirror has every row of its origin, and follows it row by row")
{
    const samples::TemporaryFolder folder;
    GrowingRun run(folder / "from.loom");
    run.go_on(7);
    Mirror mirror(folder / "to.loom", origin);
    StreamSource source(folder / "from.loom", mirror.request(false));
    for (int i = 0; i < 5; ++i) {
        take_all(mirror, all_messages(source));
        CHECK(content(folder / "to.loom") == content(folder / "from.loom"));
        CHECK_FALSE(source.changed());
        run.go_on(2);
        CHECK(source.changed());
    }
    // Only what is new comes.
    const std::vector<Json> news = all_messages(source);
    take_all(mirror, news);
    std::size_t steps = 0;
    for (const Json& message : news)
        if (message.value("table", "") == "step")
            steps += message["rows"].size();
    CHECK(steps == 2);
    CHECK(ExperimentReader(folder / "to.loom").run(run.id()).state == RunState::running);
    run.writer().set_state(RunState::finished);
    take_all(mirror, all_messages(source));
    CHECK(content(folder / "to.loom") == content(folder / "from.loom"));
    CHECK(ExperimentReader(folder / "to.loom").run(run.id()).state == RunState::finished);
}

TEST_CASE("cut off at any message, a mirror goes on where its last commit left it")
{
    const samples::TemporaryFolder folder;
    {
        GrowingRun run(folder / "from.loom");
        run.go_on(6);
        GrowingRun other(folder / "from.loom", "other");
        other.go_on(2);
    }
    const std::string whole = content(folder / "from.loom");
    std::vector<Json> messages;
    {
        const Mirror mirror(folder / "count.loom", origin);
        StreamSource source(folder / "from.loom", mirror.request(false));
        messages = all_messages(source);
    }
    for (std::size_t cut = 0; cut <= messages.size(); ++cut) {
        CAPTURE(cut);
        const std::filesystem::path to = folder / ("to-" + std::to_string(cut) + ".loom");
        {
            Mirror mirror(to, origin);
            take_all(mirror, { messages.begin(), messages.begin() + static_cast<std::ptrdiff_t>(cut) });
        }
        for (const RunSummary& run : ExperimentReader(to).runs())
            for (const IterationRecord& one : ExperimentReader(to).iterations(run.id))
                REQUIRE(ExperimentReader(to).circuit(run.id, one.index).size() == 12);
        catch_up(folder / "from.loom", to);
        CHECK(content(to) == whole);
    }
}

TEST_CASE("the bytes of a stream may be cut anywhere, and changed bytes are noticed")
{
    const samples::TemporaryFolder folder;
    {
        GrowingRun run(folder / "from.loom");
        run.go_on(9);
    }
    const std::string whole = content(folder / "from.loom");
    std::string bytes = "Welcome to server!\n";
    {
        const Mirror mirror(folder / "count.loom", origin);
        StreamSource source(folder / "from.loom", mirror.request(false));
        for (const Json& message : all_messages(source))
            bytes += frame_of(message);
    }
    Random random(7);
    for (int attempt = 0; attempt < 30; ++attempt) {
        CAPTURE(attempt);
        const std::filesystem::path to = folder / ("to-" + std::to_string(attempt) + ".loom");
        std::string part = bytes.substr(0, random.below(bytes.size()));
        const bool damaged = attempt % 2 == 1 && part.size() > 40;
        if (damaged)
            part[30 + random.below(part.size() - 30)] ^= static_cast<char>(1 << random.below(8));
        {
            Mirror mirror(to, origin);
            FrameReader frames;
            try {
                for (std::size_t at = 0; at < part.size();) {
                    const std::size_t piece = 1 + random.below(5000);
                    frames.add(std::string_view(part).substr(at, piece));
                    at += piece;
                    while (auto message = frames.next())
                        mirror.take(std::move(*message), frame_name(frames.number()));
                }
            } catch (const InputError& refused) {
                CHECK(damaged);
                CHECK(std::string(refused.what()).find("of the stream") != std::string::npos);
            }
        }
        catch_up(folder / "from.loom", to);
        CHECK(content(to) == whole);
    }
}

TEST_CASE("messages that somebody changed are refused by frame and field, and leave nothing half")
{
    const samples::TemporaryFolder folder;
    {
        GrowingRun run(folder / "from.loom");
        run.go_on(4);
    }
    std::vector<Json> messages;
    {
        const Mirror mirror(folder / "count.loom", origin);
        StreamSource source(folder / "from.loom", mirror.request(false));
        messages = all_messages(source);
    }
    const auto find = [&](const char* table) {
        return std::ranges::find_if(messages, [&](const Json& message) {
            return message.value("table", "") == table && message["type"] == "rows";
        }) - messages.begin();
    };
    const auto refused = [&](std::size_t which, auto&& change, const std::string& says) {
        CAPTURE(says);
        std::vector<Json> changed = messages;
        change(changed[which]);
        const std::filesystem::path to = folder / "to.loom";
        {
            Mirror mirror(to, origin);
            try {
                take_all(mirror, changed);
                CHECK_MESSAGE(false, "it was taken");
            } catch (const InputError& why) {
                CAPTURE(why.what());
                CHECK(std::string(why.what()).find(says) != std::string::npos);
                CHECK(std::string(why.what()).starts_with("frame "));
            }
        }
        CHECK(ExperimentReader(to).runs().empty());
        std::filesystem::remove(to);
    };
    const auto step = static_cast<std::size_t>(find("step"));
    const auto run = static_cast<std::size_t>(find("run"));
    const std::size_t end = messages.size() - 1;
    REQUIRE(messages[end]["type"] == "commit");
    refused(step, [](Json& m) { m["table"] = "sqlite_schema"; }, "no table sqlite_schema");
    refused(step, [](Json& m) { m["table"] = "mirror"; }, "no table mirror");
    refused(step, [](Json& m) { m["columns"][1] = "step; DROP TABLE run"; }, "column");
    refused(step, [](Json& m) { m["columns"][1] = m["columns"][0]; }, "comes twice");
    refused(step, [](Json& m) { m["rows"][2][1] = "three"; }, "rows[2] of step): step must be");
    refused(step, [](Json& m) { m["rows"][2][1] = nullptr; }, "must not be null");
    refused(step, [](Json& m) { m["rows"][2][2] = "x"; }, "loss must be a number");
    refused(step, [](Json& m) { m["rows"][0][0] = 77; }, "does not fit together");
    refused(step, [](Json& m) { m["rows"][0].erase(0); }, "must be a list of");
    refused(step, [](Json& m) { m["rows"] = 5; }, "rows must be a list");
    refused(step, [](Json& m) { m["type"] = "attach"; }, "no kind of message");
    refused(step, [](Json& m) { m = { { "type", "clear" }, { "table", "node" } }; }, "cleared");
    refused(run, [](Json& m) { m["columns"].push_back("writer_process"); }, "writer_process");
    refused(run, [](Json& m) { m["rows"][0][0] = 1e3; }, "must be a whole number");
    refused(step, [](Json& m) { m["room"] = Json::array(); }, "room is no field of the type rows");
    refused(end, [](Json& m) { m["rows"] = Json::array(); }, "rows is no field of the type commit");
    refused(end, [](Json& m) { m["alive"] = { "1" }; }, "alive must be");
    refused(end, [](Json& m) { m.erase("have"); }, "have is missing");
    refused(end, [](Json& m) { m["have"] = 5; }, "have must be an object");
    refused(end, [](Json& m) { m["have"]["x"] = std::string(5000, 'x'); }, "longer than");
    refused(end, [](Json& m) { m["have"][std::string(101, 'x')] = 1; }, "key of 101 bytes");
}

TEST_CASE("random changes of a stream never crash a mirror and never leave half an iteration")
{
    const samples::TemporaryFolder folder;
    {
        GrowingRun run(folder / "from.loom");
        run.go_on(5);
    }
    std::vector<std::string> payloads;
    {
        const Mirror mirror(folder / "count.loom", origin);
        StreamSource source(folder / "from.loom", mirror.request(false));
        for (const Json& message : all_messages(source)) {
            std::string payload;
            Json::to_cbor(message, payload);
            payloads.push_back(payload);
        }
    }
    Random random(11);
    int taken = 0;
    for (int attempt = 0; attempt < 100; ++attempt) {
        CAPTURE(attempt);
        std::vector<std::string> changed = payloads;
        // With right checksums: what is read is what somebody wrote on purpose.
        for (std::uint64_t n = 1 + random.below(3); n > 0; --n) {
            std::string& one = changed[random.below(changed.size())];
            one[random.below(one.size())] = static_cast<char>(random.below(256));
        }
        const std::filesystem::path to = folder / "to.loom";
        {
            Mirror mirror(to, origin);
            std::int64_t number = 0;
            try {
                for (const std::string& payload : changed) {
                    const Json message = parse_cbor(payload, frame_name(++number));
                    taken += mirror.take(message, frame_name(number)) == Taken::stored ? 1 : 0;
                }
            } catch (const Error&) {
            }
        }
        const ExperimentReader reader(to);
        try {
            for (const RunSummary& run : reader.runs())
                for (const IterationRecord& one : reader.iterations(run.id))
                    CHECK(reader.circuit(run.id, one.index).size() <= 12);
        } catch (const Error&) { // a value that no program writes is noticed where it is read
        }
        for (const char* suffix : { "", "-wal", "-shm" })
            std::filesystem::remove(to.string() + suffix);
    }
    CHECK(taken > 0);
}

TEST_CASE("what is deleted, resumed or changed at the origin is so in the mirror")
{
    const samples::TemporaryFolder folder;
    const std::filesystem::path from = folder / "from.loom";
    const std::filesystem::path to = folder / "to.loom";
    RunId resumed;
    RunId deleted;
    {
        GrowingRun run(from);
        run.go_on(10);
        resumed = run.id();
        GrowingRun other(from, "other");
        other.go_on(5);
        deleted = other.id();
    }
    set_run_notes(from, resumed, "first notes");
    add_bookmark(from, { 0, resumed, { 3 }, "here", "", 0 });
    save_supernodes(from, { { "group", { "a0.h0", "a0.h1" }, true } });
    save_view(from, { resumed, "{}" });
    const std::int64_t study = begin_study(from, { 0, resumed, resumed, "graft", "{}", 0 });
    store_figures(from, study, std::vector<StudyFigure>{ { 0, 0, "drift", 0, "task", "accuracy", 1, 2 } });
    catch_up(from, to);
    CHECK(content(to) == content(from));
    CHECK(ExperimentReader(to).study_figures(study).size() == 1);
    CHECK_THROWS_WITH_AS(begin_study(to, { 0, resumed, resumed, "swap", "{}", 0 }),
        doctest::Contains("mirror"), InputError);
    store_figures(from, study, std::vector<StudyFigure>{ { 1, 0, "drift", 0, "task", "accuracy", 0, 2 } });
    // Bookmarks made in the mirror stay, whatever the origin's become.
    const Bookmark own = add_bookmark(to, { 0, resumed, { 4 }, "mine", "", 0 });
    CHECK(own.id > (std::int64_t{ 1 } << 39));
    const Bookmark theirs = add_bookmark(from, { 0, resumed, { 5 }, "there", "", 0 });
    remove_bookmark(from, 1);
    set_run_notes(from, resumed, "other notes");
    rename_run(from, resumed, "renamed");
    delete_run(from, deleted);
    {
        GrowingRun run(from, resumed, 6);
        run.go_on(2);
    }
    catch_up(from, to);
    const ExperimentReader reader(to);
    REQUIRE(reader.runs().size() == 1);
    CHECK(reader.runs()[0].notes == "other notes");
    CHECK(reader.runs()[0].description.name == "renamed");
    CHECK(reader.iterations(resumed).size() == 8);
    const std::vector<Bookmark> bookmarks = reader.bookmarks(resumed);
    REQUIRE(bookmarks.size() == 2);
    CHECK(bookmarks[0] == own);
    CHECK(bookmarks[1] == theirs);
    remove_bookmark(to, own.id);
    CHECK(content(to) == content(from));
}

TEST_CASE("checkpoints come where they are asked for, and go as at the origin")
{
    const samples::TemporaryFolder folder;
    GrowingRun run(folder / "from.loom");
    for (int i = 1; i <= 4; ++i) {
        run.go_on(1);
        add_checkpoint(run.writer(), i);
        catch_up(folder / "from.loom", folder / "with.loom", true);
        CHECK(content(folder / "with.loom", true) == content(folder / "from.loom", true));
    }
    catch_up(folder / "from.loom", folder / "without.loom");
    CHECK(ExperimentReader(folder / "without.loom").checkpoints(run.id()).empty());
    CHECK(content(folder / "without.loom") == content(folder / "from.loom"));
    const ExperimentReader reader(folder / "with.loom");
    REQUIRE(reader.checkpoints(run.id()).size() == 2);
    CHECK(reader.checkpoint(run.id(), reader.checkpoints(run.id())[1].id).tensors.size() == 1);
}

TEST_CASE("a mirror remembers where it comes from, and no run begins or goes on in it")
{
    const samples::TemporaryFolder folder;
    const std::filesystem::path to = folder / "to.loom";
    RunId id;
    {
        GrowingRun run(folder / "from.loom");
        run.go_on(2);
        id = run.id();
    }
    catch_up(folder / "from.loom", to);
    CHECK(mirror_origin(to) == origin);
    CHECK_FALSE(mirror_origin(folder / "from.loom"));
    CHECK_THROWS_WITH_AS(RunWriter(to, samples::description()),
        doctest::Contains("mirror of ssh://server/run.loom. No run can begin in it"), InputError);
    CHECK_THROWS_AS(RunWriter(to, id, std::nullopt), InputError);
    CHECK_THROWS_WITH_AS(Mirror(to, "ssh://other/run.loom"),
        doctest::Contains("mirror of ssh://server/run.loom, not of"), InputError);
    CHECK_THROWS_WITH_AS(
        Mirror(folder / "from.loom", origin), doctest::Contains("of its own"), InputError);
}

TEST_CASE("while nobody tells of it any more, a run of a mirror is an interrupted one")
{
    const samples::TemporaryFolder folder;
    GrowingRun run(folder / "from.loom");
    run.go_on(2);
    {
        Mirror mirror(folder / "to.loom", origin);
        StreamSource source(folder / "from.loom", mirror.request(false));
        take_all(mirror, all_messages(source));
        CHECK(ExperimentReader(folder / "to.loom").run(run.id()).state == RunState::running);
    }
    CHECK(ExperimentReader(folder / "to.loom").run(run.id()).state == RunState::interrupted);
}
