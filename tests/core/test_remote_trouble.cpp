// Mirrors where something goes wrong there: the file is locked, the host is down, a run that was
// started fails, a program does not end.
#include "core/formats/message_frames.h"
#include "core/remote/child_process.h"
#include "core/remote/program_answer.h"
#include "core/remote/stream_server.h"
#include "core/run/run_config.h"
#include "core/store/mirror.h"
#include "core/store/run_writer.h"
#include "core/store/schema.h"
#include "core/store/stream_source.h"
#include "tests/support/program.h"
#include "tests/support/running_mirror.h"
#include "tests/support/stream_samples.h"

#include <SQLiteCpp/Column.h>
#include <SQLiteCpp/Database.h>
#include <nlohmann/json.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <thread>
#include <utility>

#include <unistd.h>

using namespace circuitloom;
using namespace circuitloom::testing;

namespace {

using Json = nlohmann::json;

/// A variable of this program and those that it starts, for a while.
class Variable
{
public:
    Variable(const char* name, const std::string& value)
        : name_(name)
    {
        ::setenv(name, value.c_str(), 1);
    }
    ~Variable() { ::unsetenv(name_); }
    Variable(const Variable&) = delete;
    Variable& operator=(const Variable&) = delete;

private:
    const char* name_;
};

/// A run of four steps, finished; as it is in the file there.
void write_run(const std::filesystem::path& file)
{
    RunWriter writer(file, samples::description());
    for (int step = 1; step <= 4; ++step)
        writer.add_step({ step, 1.0, 0.5, 0.1 });
    writer.set_state(RunState::finished);
}

/// circuitloom-cli mirror of far.loom, by `line`; ended where it takes two minutes.
Result mirror_once(
    const std::filesystem::path& folder, const std::string& line, const std::string& more = "")
{
    const Variable ssh("CIRCUITLOOM_SSH", line);
    return run_cli(folder,
        "mirror ssh://server" + (folder / "far.loom").string()
            + " --once --program \"'" CIRCUITLOOM_CLI "'\" -o near.loom " + more,
        "timeout 120");
}

/// A configuration that is sound, of a model that may not be there.
void write_configuration(const std::filesystem::path& folder, const std::string& model)
{
    RunConfig config;
    config.model = model;
    config.task = "demo/disagreement";
    config.steps = 3;
    std::ofstream(folder / "run.toml") << to_toml(config);
}

/// serve_stream() on a thread of its own, at the other ends of two pipes. Its end closes those
/// first, so that the thread comes to its own.
class ServedStream
{
public:
    explicit ServedStream(StreamServerOptions options)
    {
        options.in = to_server_.end[0];
        options.out = from_server_.end[1];
        thread_ = std::jthread([this, options = std::move(options)] {
            serve_stream(options);
            from_server_.close(1);
        });
    }
    ~ServedStream()
    {
        to_server_.close(1);
        from_server_.close(0);
    }
    ServedStream(const ServedStream&) = delete;
    ServedStream& operator=(const ServedStream&) = delete;

    bool send(const Json& message) { return write_all(to_server_.end[1], frame_of(message)); }
    /// Nothing at the end of the stream.
    std::optional<Json> next()
    {
        while (true) {
            if (auto message = frames_.next())
                return message;
            const std::optional<std::string> bytes = read_some(from_server_.end[0]);
            if (!bytes)
                return std::nullopt;
            frames_.add(*bytes);
        }
    }

private:
    struct Pipe
    {
        Pipe() { REQUIRE(::pipe(end) == 0); }
        ~Pipe()
        {
            close(0);
            close(1);
        }
        void close(int which)
        {
            if (end[which] >= 0)
                ::close(std::exchange(end[which], -1));
        }
        int end[2];
    };

    Pipe to_server_;
    Pipe from_server_;
    FrameReader frames_;
    std::jthread thread_; // last: ends first
};

std::string program_that(const std::filesystem::path& folder, const std::string& does)
{
    const std::string name = (folder / "program").string();
    std::ofstream(name) << "#!/bin/sh\n" << does << "\n";
    std::filesystem::permissions(name, std::filesystem::perms::owner_all);
    return name;
}

} // namespace

TEST_CASE("a file that is locked for a while is told of, and followed once it is free")
{
    const samples::TemporaryFolder folder;
    const Variable journal("CIRCUITLOOM_JOURNAL", "rollback"); // whose writers keep readers out
    const RemoteMirrorOptions options = options_for(folder.path(), local_line(folder.path()));
    write_run(options.address.path);
    RunningMirror mirror(options);
    REQUIRE(mirror.wait_caught_up());
    {
        // The mirror may be reading it.
        SQLite::Database other(options.address.path, SQLite::OPEN_READWRITE, 60'000);
        other.exec("BEGIN EXCLUSIVE");
        REQUIRE(mirror.wait_trouble());
        CHECK(mirror.troubles().find("locked") != std::string::npos);
        other.exec("ROLLBACK");
    }
    write_run(options.address.path);
    CHECK(wait_steps(options.file, 8));
    CHECK(mirror.count(MirrorPhase::lost) == 0);
}

TEST_CASE("a file that is just being made is waited for, one that stays another thing is refused")
{
    const samples::TemporaryFolder folder;
    RemoteMirrorOptions options = options_for(folder.path(), local_line(folder.path()));
    options.starts_runs = true; // the file there need not exist yet
    RunningMirror mirror(options);
    REQUIRE(mirror.wait_caught_up());
    const std::filesystem::path file = options.address.path;
    SUBCASE("made")
    {
        std::ofstream(file).flush(); // as SQLite makes it
        REQUIRE(mirror.wait_catching_up(2)); // the first time was before it had caught up
        std::filesystem::remove(file);
        write_run(file);
        CHECK(wait_steps(options.file, 4));
    }
    SUBCASE("refused")
    {
        std::ofstream(file) << "a text, and no database of any kind";
        CHECK(mirror.failure().starts_with("server says: "));
    }
}

TEST_CASE("a run that is deleted in a mirror comes again while the line is up")
{
    const samples::TemporaryFolder folder;
    const RemoteMirrorOptions options = options_for(folder.path(), local_line(folder.path()));
    write_run(options.address.path);
    RunningMirror mirror(options);
    REQUIRE(mirror.wait_caught_up());
    delete_run(options.file, { 1 });
    write_run(options.address.path);
    CHECK(wait_steps(options.file, 8));
    CHECK(ExperimentReader(options.file).runs().size() == 2);
}

TEST_CASE("what was begun and not committed is forgotten where the answer begins anew")
{
    const samples::TemporaryFolder folder;
    RemoteMirrorOptions options = options_for(folder.path(), "");
    write_run(folder / "from.loom");
    StreamRequest request;
    {
        const Mirror other(folder / "other.loom", "ssh://other/run.loom");
        request = other.request(false);
    }
    const Json commit{ { "type", "commit" }, { "have", Json::object() },
        { "alive", Json::array() } };
    const auto begin = [](int number) { return Json{ { "type", "begin" }, { "number", number } }; };
    std::vector<Json> messages{ { { "type", "hello" }, { "protocol", stream_protocol },
        { "program", "test" }, { "schema", schema_version() } } };
    const std::vector<Json> rows = StreamSource(folder / "from.loom", request).next();
    const auto add = [&](const Json& first) {
        messages.push_back(first);
        messages.insert(messages.end(), rows.begin(), rows.end() - 1); // but for the commit
    };
    add(begin(1));
    messages.push_back(begin(1));
    messages.push_back(commit);
    add(begin(2)); // which answers no request of this line
    messages.push_back(commit);
    messages.push_back(begin(1));
    messages.push_back({ { "type", "status" }, { "caught_up", true } });
    std::ofstream frames(folder / "frames", std::ios::binary);
    for (const Json& message : messages)
        frames << frame_of(message);
    frames.close();
    options.ssh = program_that(folder.path(), "cat " + (folder / "frames").string() + "; sleep 20");
    RunningMirror mirror(options);
    REQUIRE(mirror.wait_caught_up());
    CHECK(ExperimentReader(options.file).runs().empty());
    CHECK(SQLite::Database(options.file.string()).execAndGet("SELECT count(*) FROM graph").getInt()
        == 0);
}

TEST_CASE("what is to be mirrored once fails where the line is lost, whatever was mirrored before")
{
    const samples::TemporaryFolder folder;
    write_run(folder / "far.loom");
    REQUIRE(mirror_once(folder.path(), local_line(folder.path())).code == 0);
    const Result down = mirror_once(folder.path(), "false");
    CHECK(down.code == 1);
    CHECK(down.errors.find("The line to server ended") != std::string::npos);
    CHECK(steps_in(folder / "near.loom") == 4);
}

TEST_CASE("a file that is deleted there before all of it was sent is no whole mirror")
{
    const samples::TemporaryFolder folder;
    {
        RunWriter writer(folder / "far.loom", samples::description());
        samples::add_large_checkpoint(writer); // more than the pipes of the line hold
        writer.set_state(RunState::finished);
    }
    // It goes when the line has said hello, or in the middle of the checkpoint's first part.
    std::string reads;
    SUBCASE("nothing was sent")
    {
        reads = "1";
    }
    SUBCASE("some was sent")
    {
        reads = "20";
    }
    const std::string line = program_that(folder.path(),
        "for last; do :; done\neval \"$last\" | (dd bs=65536 count=" + reads
            + " 2>/dev/null; rm far.loom; exec cat)");
    const Result cut = mirror_once(folder.path(), line, "--checkpoints");
    CHECK(cut.code == 1);
    CHECK(cut.errors.find("is not there any more") != std::string::npos);
    CHECK_FALSE(std::filesystem::exists(folder / "far.loom"));
    if (!std::filesystem::exists(folder / "near.loom"))
        return; // nothing of it came
    for (const RunSummary& run : ExperimentReader(folder / "near.loom").runs())
        CHECK(ExperimentReader(folder / "near.loom").checkpoints(run.id).empty());
}

TEST_CASE("a run that is started and fails is a failure, whether its file exists or not")
{
    const samples::TemporaryFolder folder;
    write_configuration(folder.path(), (folder / "no-such-model").string());
    SUBCASE("no file") { }
    SUBCASE("a file with another run")
    {
        write_run(folder / "far.loom");
    }
    const Result failed = mirror_once(folder.path(), local_line(folder.path()), "--start run.toml");
    CHECK(failed.code == 1);
    CHECK(failed.errors.find("The run that was started ended: ") != std::string::npos);
    CHECK(failed.errors.find("no-such-model") != std::string::npos);
}

TEST_CASE("a run that is started has begun once its mirror has caught up")
{
    const samples::TemporaryFolder folder;
    const std::string preset
        = bytes_of(std::string(CIRCUITLOOM_SOURCE_DIR) + "/resources/presets/sv-disagreement.toml");
    std::string text = preset;
    const std::size_t at = text.find("steps = ");
    text.replace(at, text.find('\n', at) - at, "steps = 2");
    std::ofstream(folder / "run.toml") << text;
    const Result done = mirror_once(folder.path(), local_line(folder.path()), "--start run.toml");
    CHECK(done.code == 0);
    CHECK(ExperimentReader(folder / "near.loom").runs().size() == 1);
    CHECK(wait_state(folder / "far.loom", RunState::finished));
}

TEST_CASE("how a run that was started ended comes over the line with its number")
{
    const samples::TemporaryFolder folder;
    RemoteMirrorOptions options = options_for(folder.path(), local_line(folder.path()));
    options.starts_runs = true;
    write_configuration(folder.path(), "no-such-model");
    RunningMirror mirror(options);
    const std::int64_t id = mirror.mirror().start(bytes_of(folder / "run.toml"));
    REQUIRE(mirror.wait_end_of_run());
    CHECK(mirror.ends().starts_with(std::to_string(id) + " badly: The run that was started"));
}

TEST_CASE("a program that is asked has so much time and may say so much")
{
    const samples::TemporaryFolder folder;
    const auto look = [] {};
    const AnswerLimits limits{ 1 << 20, 120s };
    const std::string large = program_that(folder.path(), "head -c 1048576 /dev/zero; echo >&2");
    CHECK(answer_of({ large }, limits, look).size() == 1 << 20);
    const std::string endless = program_that(folder.path(), "exec cat /dev/zero");
    CHECK_THROWS_WITH_AS(answer_of({ endless }, limits, look),
        doctest::Contains("more to say than the 1 MB"), ResourceError);
    const std::string silent = program_that(folder.path(), "trap '' TERM; exec sleep 600");
    CHECK_THROWS_WITH_AS(answer_of({ silent }, { limits.bytes, 1500ms }, look),
        doctest::Contains("did not end within 1.5 s"), ResourceError);
    // One that ends because of what is done meanwhile, again and again.
    const std::string waiting = program_that(
        folder.path(), "while [ ! -e " + (folder / "go").string() + " ]; do sleep 0.1; done");
    int looks = 0;
    answer_of({ waiting }, limits, [&] {
        if (++looks == 6)
            std::ofstream(folder / "go").flush();
    });
    CHECK(looks >= 6);
    const std::string failing = program_that(folder.path(), "echo why >&2; exit 3");
    CHECK_THROWS_WITH_AS(
        answer_of({ failing }, limits, look), doctest::Contains("failed: why"), ResourceError);
}

TEST_CASE("signs of life go over the line while a program is asked that does not answer")
{
    const samples::TemporaryFolder folder;
    StreamServerOptions options;
    options.file = folder / "far.loom";
    options.version = "test";
    options.program = program_that(folder.path(), "exec sleep 600");
    options.answers.time = 2s;
    options.between_signs = 50ms;
    ServedStream served(options);
    REQUIRE(served.send({ { "type", "ask" }, { "id", 1 }, { "what", "devices" } }));
    std::vector<std::string> types;
    while (types.empty() || types.back() != "reply") {
        const std::optional<Json> message = served.next();
        REQUIRE(message);
        types.push_back((*message)["type"].get<std::string>());
    }
    REQUIRE(types.size() > 2);
    CHECK(types.front() == "hello");
    CHECK(std::ranges::count(types, "status") == static_cast<std::ptrdiff_t>(types.size()) - 2);
}
