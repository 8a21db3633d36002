// What circuitloom-cli says of a command line that it cannot read.
#include "tests/support/program.h"
#include "tests/support/store_samples.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <initializer_list>
#include <utility>

using namespace circuitloom;
using namespace circuitloom::testing;

namespace {

/// The first line of what is said of a wrong command line.
std::string said_of(const std::string& arguments)
{
    const samples::TemporaryFolder folder;
    const Result result = run_cli(folder.path(), arguments);
    CHECK(result.code == 2);
    return result.errors.substr(0, result.errors.find('\n'));
}

} // namespace

TEST_CASE("a newcomer is given commands to begin with, each in a line of its own")
{
    const samples::TemporaryFolder folder;
    for (const char* typed : { "", "demo" }) {
        const std::string said = run_cli(folder.path(), typed).errors;
        CAPTURE(said);
        CHECK(said.find("\n  circuitloom-cli tune --preset sv-disagreement -o demo.loom\n")
            != std::string::npos);
        CHECK(said.find("\n  circuitloom demo.loom\n") != std::string::npos);
        CHECK(said.ends_with("\nRun with --help for more information.\n"));
    }
}

TEST_CASE("control characters of a word stay out of what is said of it")
{
    const samples::TemporaryFolder folder;
    const std::string said = run_cli(folder.path(), "\"$(printf 'x\\033[31m\\ny')\"").errors;
    CHECK(said.find('\033') == std::string::npos);
    CHECK(said.find("\ny") == std::string::npos);
}

TEST_CASE("a command that is misspelt is told with the nearest one")
{
    CHECK(said_of("evalute demo --task x")
        == "There is no command evalute; the nearest is evaluate.");
    CHECK(said_of("tasks chek x.jsonl")
        == "There is no command tasks chek; the nearest is tasks check.");
    CHECK(
        said_of("runs x.loom shwo") == "There is no command runs shwo; the nearest is runs show.");
    CHECK(said_of("tasks") == "Give a command of tasks: list, make and check.");
    CHECK(said_of("tasks 12345")
        == "tasks has no use for the word 12345; its commands are list, make and check.");
}

TEST_CASE("an option that is misspelt is told with the nearest one, whatever follows from it")
{
    CHECK(
        said_of("evaluate demo --tsk x") == "evaluate has no option --tsk; the nearest is --task.");
    CHECK(
        said_of("evaluate demo --tsk=x") == "evaluate has no option --tsk; the nearest is --task.");
    CHECK(said_of("tune --prest sv-disagreement -o x.loom")
        == "tune has no option --prest; the nearest is --preset.");
    CHECK(said_of("tune --preset sv-disagreement --seds 3 -o x.loom")
        == "tune has no option --seds; the nearest is --seeds.");
    CHECK(said_of("tasks check x --modle demo")
        == "tasks check has no option --modle; the nearest is --model.");
    CHECK(said_of("logits demo --text x --no-such-option")
        == "logits has no option --no-such-option.");
    CHECK(said_of("--verison")
        == "circuitloom-cli itself has no option --verison; the nearest is --version.");
    CHECK(said_of("--json runs x.loom") == "circuitloom-cli itself has no option --json.");
}

TEST_CASE("a word too many is named with the command that it was given to")
{
    CHECK(said_of("export x.loom more --run 1") == "export has no use for the word more.");
}

TEST_CASE("a setting is found by the last part of its name")
{
    const samples::TemporaryFolder folder;
    const Result result
        = run_cli(folder.path(), "tune --preset sv-disagreement --set top_n=10 -o x.loom");
    CHECK(result.code == 1);
    CAPTURE(result.errors);
    CHECK(result.errors.find("the nearest are circuit.top_n, ") != std::string::npos);
}

TEST_CASE("an option that would do nothing without another is refused")
{
    for (const auto& [arguments, option] :
        std::initializer_list<std::pair<const char*, const char*>>{
            { "runs x.loom --iterations 1", "--iterations" }, { "runs x.loom --from 1", "--from" },
            { "runs x.loom --random 3", "--random" }, { "runs x.loom --cells 3", "--cells" },
            { "runs x.loom --device cpu", "--device" },
            { "runs x.loom --transfer 1 --from 1", "--from" },
            { "runs x.loom --graft 1 --iterations 1", "--iterations" },
            { "discover demo --task demo/debias --top-n 5", "--top-n" },
            { "discover demo --task demo/debias --core .9", "--core" },
            { "evaluate demo --task demo/debias --top-n 5", "--top-n" },
            { "evaluate demo --task demo/debias --baseline mean", "--baseline" },
            { "evaluate demo --task demo/debias --signed", "--signed" },
            { "evaluate demo --task demo/debias --mib", "--mib" } }) {
        CAPTURE(arguments);
        const std::string said = said_of(arguments);
        CAPTURE(said);
        CHECK(said.starts_with(std::string(option) + " requires --"));
    }
}

TEST_CASE("an option that a method of scoring has no use for is refused")
{
    const samples::TemporaryFolder folder;
    const auto refused = [&](const std::string& method, const std::string& option) {
        const Result result = run_cli(
            folder.path(), "discover demo --task demo/debias --method " + method + " " + option);
        return result.code == 1
            && result.errors.find("The method " + method + " has no use for --")
            != std::string::npos;
    };
    CHECK(refused("eap", "--steps 4"));
    CHECK(refused("eap", "--path inputs"));
    CHECK(refused("eap", "--points left"));
}
