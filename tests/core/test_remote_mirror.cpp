// Mirrors over a line: a pipe to circuitloom-cli stream in place of ssh, and a real OpenSSH server.
#include "core/base/error.h"
#include "tests/support/program.h"
#include "tests/support/running_mirror.h"
#include "tests/support/skip.h"
#include "tests/support/ssh_server.h"

#include <doctest/doctest.h>

using namespace circuitloom;
using namespace circuitloom::testing;

namespace {

void write_steps(RunWriter& writer, int from, int to)
{
    for (int step = from; step <= to; ++step)
        writer.add_step({ step, 1.0, 0.5, 0.1 });
}

/// A run of the embedded model that goes on until it is stopped.
std::string endless_configuration(const std::filesystem::path& folder)
{
    const std::string preset
        = std::string(CIRCUITLOOM_SOURCE_DIR) + "/resources/presets/sv-disagreement.toml";
    std::string text = bytes_of(preset);
    const std::size_t at = text.find("steps = ");
    REQUIRE(at != std::string::npos);
    text.replace(at, text.find('\n', at) - at, "steps = 100000");
    std::ofstream(folder / "endless.toml") << text;
    return text;
}

/// The process that runs circuitloom-cli stream FILE.
bool kill_stream_of(const std::filesystem::path& file)
{
    const std::string words = std::string("\0stream\0", 8) + file.string();
    for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
        const std::string name = entry.path().filename().string();
        if (name.find_first_not_of("0123456789") == std::string::npos
            && bytes_of(entry.path() / "cmdline").find(words) != std::string::npos)
            return ::kill(std::stoi(name), SIGKILL) == 0;
    }
    return false;
}

bool ends_by_order(const std::filesystem::path& file, RunningMirror& mirror, RunId run)
{
    mirror.mirror().order(run, RunOrder::stop);
    mirror.mirror().order(run, RunOrder::stop); // twice is once
    return wait_state(file, RunState::stopped);
}

} // namespace

TEST_CASE("addresses of files on other machines")
{
    const RemoteAddress plain = parse_remote_address("ssh://me@host.org/runs/a%20b.loom");
    CHECK(plain == RemoteAddress{ "me@host.org", 0, "/runs/a b.loom" });
    CHECK(text_of(plain) == "ssh://me@host.org/runs/a%20b.loom");
    CHECK(file_name_of(plain) == "a b.loom");
    CHECK(parse_remote_address("ssh://gpu:2222/~/x.loom") == RemoteAddress{ "gpu", 2222, "x.loom" });
    CHECK(text_of({ "gpu", 2222, "x.loom" }) == "ssh://gpu:2222/~/x.loom");
    CHECK(parse_remote_address("ssh://me@[::1]:22/x") == RemoteAddress{ "me@::1", 22, "/x" });
    CHECK(text_of({ "me@::1", 22, "/x" }) == "ssh://me@[::1]:22/x");
    for (const char* wrong : { "http://host/x", "ssh://host", "ssh:///x", "ssh://host/", "ssh://-oProxyCommand=x/y",
             "ssh://[-oProxyCommand]/x", "ssh://[]-Fx/y", "ssh://[]/x", "ssh://a@[-b]/x",
             "ssh://a@-b/x", "ssh://host:0/x", "ssh://host:99999/x", "ssh://host:x/y", "ssh://host/%0Ax",
             "ssh://host/%x", "ssh://ho st/x", "ssh://host;ls/x", "ssh://@host/x", "ssh://host/a/" }) {
        CAPTURE(wrong);
        CHECK_THROWS_AS(parse_remote_address(wrong), InputError);
    }
    RemoteMirrorOptions options;
    options.ssh = "ssh";
    options.address = { "me@host", 2222, "/it's; rm -rf /x" };
    CHECK(ssh_words(options)
        == std::vector<std::string>{ "ssh", "-T", "-p", "2222", "me@host",
            "circuitloom-cli stream '/it'\\''s; rm -rf /x'" });
}

TEST_CASE("a mirror follows a file that grows, loses the line again and again, and catches up")
{
    const samples::TemporaryFolder folder;
    const RemoteMirrorOptions options = options_for(folder.path(), local_line(folder.path()));
    RunWriter writer(options.address.path, samples::description());
    write_steps(writer, 1, 10);
    RunningMirror mirror(options);
    REQUIRE(mirror.wait_caught_up());
    CHECK(steps_in(options.file) == 10);
    CHECK(mirror.notices().find("has Circuitloom") != std::string::npos); // the versions differ
    for (int round = 1; round <= 3; ++round) {
        CHECK(kill_stream_of(options.address.path));
        REQUIRE(mirror.wait_lost(static_cast<std::size_t>(round)));
        write_steps(writer, 10 * round + 1, 10 * round + 10);
        CHECK(wait_steps(options.file, 10 * round + 10));
    }
    CHECK(ExperimentReader(options.file).runs()[0].state == RunState::running);
    writer.set_state(RunState::finished);
    CHECK(wait_state(options.file, RunState::finished));
}

TEST_CASE("what cannot be mirrored is said in a sentence")
{
    const samples::TemporaryFolder folder;
    const std::string line = local_line(folder.path());
    RemoteMirrorOptions options = options_for(folder.path(), line);
    CHECK(RunningMirror(options).failure().find("There is no file") == 0);
    std::ofstream(options.address.path) << "no database at all, but long enough to be looked at";
    CHECK(RunningMirror(options).failure().find("server says:") == 0);
    options.program = "no-such-circuitloom";
    CHECK(RunningMirror(options).failure().find("was not found on server") != std::string::npos);
    options.program = "echo Permission denied >&2; exit 255; true";
    CHECK(RunningMirror(options).failure().find("Permission denied") != std::string::npos);
    options.program = "echo Welcome; true";
    CHECK(RunningMirror(options).failure().find("something else than a stream: Welcome")
        != std::string::npos);
    options.program = "head -c 200000 /dev/zero; true";
    CHECK(RunningMirror(options).failure().find("no stream of circuitloom-cli") != std::string::npos);
    options.ssh = (folder / "no-ssh").string();
    CHECK(RunningMirror(options).failure().find("cannot be started") != std::string::npos);
    CHECK(std::filesystem::exists(options.file));

    // Of what was mistyped nothing came, so the same file may become the mirror of another one.
    options = options_for(folder.path(), line);
    options.address.path = (folder / "right.loom").string();
    RunWriter writer(folder / "right.loom", samples::description());
    write_steps(writer, 1, 5);
    const RunningMirror running(options);
    CHECK(wait_steps(options.file, 5));
}

TEST_CASE("orders, questions and a run that is started there go over the line")
{
    const samples::TemporaryFolder folder;
    RemoteMirrorOptions options = options_for(folder.path(), local_line(folder.path()));
    options.starts_runs = true;
    RunningMirror mirror(options);
    const std::string configuration = endless_configuration(folder.path());
    mirror.mirror().start("[run]\nsteps = -1\n");
    REQUIRE(mirror.wait_answers(1));
    CHECK(mirror.answer(0).starts_with("no: "));
    mirror.mirror().start(configuration);
    REQUIRE(mirror.wait_answers(2));
    CHECK(mirror.answer(1).starts_with("yes: A run was started there"));
    REQUIRE(mirror.wait_caught_up());
    REQUIRE(wait_steps(options.file, 3));
    const RunId run = ExperimentReader(options.file).runs().at(0).id;
    mirror.mirror().order(run, RunOrder::pause);
    CHECK(wait_state(options.file, RunState::paused));
    mirror.mirror().order(run, RunOrder::resume);
    CHECK(wait_state(options.file, RunState::running));
    // Stopped where it had paused, it would have that checkpoint already.
    REQUIRE(wait_steps(options.file, steps_in(options.file) + 2));
    mirror.mirror().order({ 77 }, RunOrder::stop);
    REQUIRE(mirror.wait_answers(5));
    CHECK(mirror.answer(4).find("has no run 77") != std::string::npos);
    CHECK(ends_by_order(options.file, mirror, run));
    CHECK(ExperimentReader(options.address.path).checkpoints(run).back().reason
        == CheckpointReason::stop);
    REQUIRE(mirror.wait_answers(7));
    mirror.mirror().order(run, RunOrder::stop);
    mirror.mirror().ask_models();
    REQUIRE(mirror.wait_answers(9));
    CHECK(mirror.answer(7).find("No process trains run 1") != std::string::npos);
    CHECK(mirror.answer(8).find("\"demo\"") != std::string::npos);
}

TEST_CASE("the command mirrors once, and says what it has")
{
    const samples::TemporaryFolder folder;
    const RemoteMirrorOptions options = options_for(folder.path(), local_line(folder.path()));
    {
        RunWriter writer(folder / "far.loom", samples::description());
        write_steps(writer, 1, 5);
        writer.set_state(RunState::finished);
    }
    ::setenv("CIRCUITLOOM_SSH", options.ssh.c_str(), 1);
    const std::string words = "mirror ssh://server" + (folder / "far.loom").string()
        + " --once --program \"'" CIRCUITLOOM_CLI "'\" -o near.loom";
    const Result done = run_cli(folder.path(), words);
    CHECK(done.code == 0);
    CHECK(done.errors.find("caught up with server: 1 run, 5 steps") != std::string::npos);
    CHECK(steps_in(folder / "near.loom") == 5);
    const Result refused = run_cli(folder.path(), words + " --stop 1");
    CHECK(refused.code == 1);
    CHECK(refused.errors.find("No process trains run 1") != std::string::npos);
    CHECK(run_cli(folder.path(), "mirror http://server/x --once").code == 1);

    const auto mirrored = [&](const char* far, const char* near) {
        return run_cli(folder.path(), "mirror ssh://server" + (folder / far).string()
                + " --once --program \"'" CIRCUITLOOM_CLI "'\" -o " + near);
    };
    CHECK(mirrored("mistyped.loom", "other.loom").code == 1);
    CHECK_FALSE(std::filesystem::exists(folder / "other.loom"));
    CHECK(mirrored("far.loom", "other.loom").code == 0);
    CHECK(mirrored("mistyped.loom", "other.loom").errors.find("is the mirror of") != std::string::npos);
    CHECK(steps_in(folder / "other.loom") == 5);
    ::unsetenv("CIRCUITLOOM_SSH");
}

TEST_CASE("over an OpenSSH server: a run is started, followed, cut off, and outlives line and server"
    * doctest::test_suite("conditional"))
{
    if (SshServer::program().empty())
        return skip("there is no sshd on this machine (Debian's openssh-server)");
    const samples::TemporaryFolder folder;
    SshServer server(folder.path());
    if (!server.listens())
        return skip("sshd does not start here: " + bytes_of(folder / "ssh" / "log"));
    RemoteMirrorOptions options = options_for(folder.path(), server.client());
    options.address = parse_remote_address(server.address(folder / "far.loom"));
    options.starts_runs = true;
    RunId run;
    {
        RunningMirror mirror(options);
        const std::string configuration = endless_configuration(folder.path());
        mirror.mirror().ask_check(configuration);
        mirror.mirror().start(configuration);
        REQUIRE_MESSAGE(mirror.wait_answers(2), mirror.failure());
        CHECK(mirror.answer(0).find("\"problems\": []") != std::string::npos);
        REQUIRE(mirror.wait_caught_up());
        REQUIRE(wait_steps(options.file, 3));
        run = ExperimentReader(options.file).runs().at(0).id;
        CHECK(ExperimentReader(options.file).run(run).state == RunState::running);
        // The line is cut: the run goes on, and so does the mirror.
        server.cut_lines();
        REQUIRE(mirror.wait_lost(1));
        int before = steps_in(options.file);
        CHECK(wait_steps(options.file, before + 3));
        // The server is killed, and comes back.
        server.stop();
        REQUIRE(mirror.wait_lost(2));
        before = steps_in(options.file);
        CHECK(wait_steps(folder / "far.loom", before + 3));
        server.start();
        CHECK(wait_steps(options.file, before + 3));
    }
    // Nobody looks: the run goes on all the same.
    const int left = steps_in(folder / "far.loom");
    CHECK(wait_steps(folder / "far.loom", left + 3));
    CHECK(ExperimentReader(options.file).run(run).state == RunState::interrupted);
    RunningMirror mirror(options);
    REQUIRE(mirror.wait_caught_up());
    CHECK(ends_by_order(options.file, mirror, run));
    CHECK(steps_in(options.file) == steps_in(folder / "far.loom"));
}
