#include "core/store/experiment_reader.h"
#include "tests/support/program.h"
#include "tests/support/store_samples.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <thread>

// How circuitloom-cli divides its work: what computes nothing loads no LibTorch.

using namespace circuitloom;
using namespace circuitloom::testing;

namespace {

void make_experiment(const std::filesystem::path& file)
{
    RunWriter writer(file, samples::description());
    for (int i = 0; i < 3; ++i)
        writer.add_iteration(samples::iteration(i), samples::circuit(i));
    writer.set_state(RunState::finished);
}

} // namespace

TEST_CASE("the program itself links no LibTorch")
{
    const samples::TemporaryFolder folder;
    const std::string command
        = "ldd '" CIRCUITLOOM_CLI "' >'" + (folder / "libraries").string() + "'";
    REQUIRE(std::system(command.c_str()) == 0);
    const std::string libraries = bytes_of(folder / "libraries");
    CHECK(libraries.find("libsqlite3") != std::string::npos);
    CHECK(libraries.find("torch") == std::string::npos);
    CHECK(libraries.find("blas") == std::string::npos);
}

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__) // they take all addresses
namespace {

/// With so many kilobytes of address space.
Result run_limited(const std::filesystem::path& folder, int kilobytes, const std::string& arguments)
{
    const std::string command = "cd '" + folder.string() + "' && ulimit -v "
        + std::to_string(kilobytes) + " && timeout -s KILL 120 '" CIRCUITLOOM_CLI "' " + arguments
        + " >out 2>err";
    const int status = std::system(command.c_str());
    return { WIFEXITED(status) ? WEXITSTATUS(status) : -1, bytes_of(folder / "out"),
        bytes_of(folder / "err") };
}

} // namespace

TEST_CASE("with little address space, files are read, and what computes says what it needs")
{
    const samples::TemporaryFolder folder;
    make_experiment(folder / "x.loom");
    const Result listed = run_limited(folder.path(), 850'000, "runs x.loom");
    CHECK(listed.code == 0);
    CHECK(listed.output.find("finished") != std::string::npos);
    CHECK(run_limited(folder.path(), 850'000, "runs x.loom --dynamics 1").code == 0);
    CHECK(run_limited(folder.path(), 850'000, "tasks list").code == 0);
    CHECK(run_limited(folder.path(), 850'000, "--help").code == 0);
    for (const int kilobytes : { 400'000, 600'000, 850'000, 950'000, 1'050'000 })
        for (const char* command : { "logits demo --text the", "runs x.loom --dynamics 1 --drift",
                 "tune --list-presets" }) {
            CAPTURE(kilobytes);
            CAPTURE(command);
            const Result refused = run_limited(folder.path(), kilobytes, command);
            CHECK(refused.code == 1);
            CHECK(refused.errors.starts_with("circuitloom-cli: "));
            CHECK(refused.errors.find("ulimit -v") != std::string::npos);
        }
}

TEST_CASE("where memory runs out at work, one line says what needs less of it")
{
    const samples::TemporaryFolder folder;
    const unsigned threads = std::max(2U, std::thread::hardware_concurrency());
    int kilobytes = 1'250'000 + static_cast<int>(threads - 2) * 110'000;
    // A LibTorch with CUDA takes more addresses for its libraries alone.
    while (run_limited(folder.path(), kilobytes, "logits demo --text the").code != 0) {
        kilobytes += kilobytes / 4;
        REQUIRE(kilobytes < 64'000'000);
    }
    const Result ended = run_limited(folder.path(), kilobytes,
        "discover demo --task demo/disagreement --batch 100000 --memory 1000000");
    CAPTURE(ended.errors);
    CHECK(ended.code == 1);
    const std::size_t at = ended.errors.find("circuitloom-cli: ");
    REQUIRE(at != std::string::npos);
    const std::string line = ended.errors.substr(at);
    CHECK(line.find('\n') == line.size() - 1);
    CHECK(line.find("Lower --batch or --max-tokens or --memory") != std::string::npos);
    CHECK(line.find("enforce fail") == std::string::npos);
    CHECK(line.find("run.batch") == std::string::npos);
}
#endif

TEST_CASE("a second signal ends a command at once")
{
    const samples::TemporaryFolder folder;
    // Both come while it stands still, so that it cannot have acted on the first.
    const std::string command = "cd '" + folder.path().string() + "' && { '" CIRCUITLOOM_CLI
        "' tune --preset sv-disagreement --no-capabilities --set run.steps=100000 -o a.loom "
        ">out 2>err & }; id=$!; for i in $(seq 600); do grep -q step err && break; sleep 0.1; done; "
        "kill -STOP $id; kill -TERM $id; kill -HUP $id; kill -CONT $id; wait $id; echo $? >code";
    REQUIRE(std::system(command.c_str()) == 0);
    const std::string code = bytes_of(folder / "code");
    CAPTURE(bytes_of(folder / "err"));
    CHECK((code == "129\n" || code == "143\n")); // a signal's default, and no 130 of an orderly end
}

TEST_CASE("every command is listed, whichever program runs it, and has its own help")
{
    const samples::TemporaryFolder folder;
    const Result help = run_cli(folder.path(), "--help");
    CHECK(help.code == 0);
    for (const char* command : { "models", "tokenize", "tasks", "logits", "generate", "attention",
             "lens", "ablate", "drift", "faithfulness", "discover", "evaluate", "circuits", "tune", "resume", "checkpoints",
             "runs", "mirror", "stream", "export", "observe", "bench", "train-demo-model" }) {
        CAPTURE(command);
        CHECK(help.output.find("\n  " + std::string(command) + " ") != std::string::npos);
    }
    CHECK(run_cli(folder.path(), "tune --help").output.find("--match-budget") != std::string::npos);
    CHECK(run_cli(folder.path(), "models --help").output.find("export") != std::string::npos);
    CHECK(run_cli(folder.path(), "models export --help").output.find("--adapter")
        != std::string::npos);
    CHECK(run_cli(folder.path(), "logits demo --no-such-option").code == 2);
    CHECK(run_cli(folder.path(), "no-such-command").code == 2);
    CHECK(run_cli(folder.path(), "logits demo --text tune --json").code == 0);
}

TEST_CASE("names of files that are not UTF-8 are taken as they are")
{
    const samples::TemporaryFolder folder;
    make_experiment(folder / "caf\xE9.loom");
    CHECK(run_cli(folder.path(), "runs 'caf\xE9.loom'").code == 0);
    CHECK(run_cli(folder.path(), "runs 'caf\xE9.loom' --json").code == 0);
    CHECK(run_cli(folder.path(), "runs 'caf\xE9.loom' --dynamics 1 --json").code == 0);
    CHECK(run_cli(folder.path(), "export 'caf\xE9.loom' -o '\xE9.dot'").code == 0);
    CHECK(std::filesystem::exists(folder / "\xE9.dot"));
    CHECK(run_cli(folder.path(), "runs 'none\xE9.loom'").code == 1);
}

TEST_CASE("runs --compact says what a file had and has")
{
    const samples::TemporaryFolder folder;
    make_experiment(folder / "x.loom");
    const Result said = run_cli(folder.path(), "runs x.loom --compact");
    CHECK(said.code == 0);
    CHECK(said.output.find("0 checkpoints went") != std::string::npos);
    CHECK(run_cli(folder.path(), "runs x.loom --compact --json").output.find("bytes_after")
        != std::string::npos);
    CHECK(run_cli(folder.path(), "runs none.loom --compact").code == 1);
}
