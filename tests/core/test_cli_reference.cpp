#include "tests/support/program.h"
#include "tests/support/skip.h"
#include "tests/support/store_samples.h"

#include <doctest/doctest.h>

#include <regex>
#include <set>
#include <string>
#include <vector>

using namespace circuitloom::testing;
using circuitloom::samples::TemporaryFolder;

namespace {

/// A command and its options as --help names them, which CLI11 writes.
struct Helped
{
    std::string command; ///< empty for the program
    std::set<std::string> options;
    std::vector<std::string> below;
};

std::vector<std::string> lines_of(const std::string& text)
{
    std::istringstream stream(text);
    std::vector<std::string> lines;
    for (std::string line; std::getline(stream, line);)
        lines.push_back(line);
    return lines;
}

Helped helped(const TemporaryFolder& folder, const std::string& command)
{
    static const std::regex names("^ {2,6}((-[^ ,]+,?)+).*");
    static const std::regex word("^  ([a-z][a-z-]*) .*");
    const Result help = run_cli(folder.path(), command + " --help");
    REQUIRE(help.code == 0);
    Helped result{ command, {}, {} };
    bool commands = false;
    for (const std::string& line : lines_of(help.output)) {
        std::smatch found;
        commands = commands || line == "Subcommands:";
        if (commands && std::regex_match(line, found, word))
            result.below.push_back(found[1]);
        else if (std::regex_match(line, found, names)) {
            std::istringstream list(found[1]);
            for (std::string name; std::getline(list, name, ',');)
                result.options.insert(name);
        }
    }
    return result;
}

/// The program with all its commands and theirs.
std::vector<Helped> everything(const TemporaryFolder& folder)
{
    std::vector<Helped> all{ helped(folder, "") };
    for (std::size_t next = 0; next < all.size(); ++next) {
        const Helped one = all[next];
        for (const std::string& below : one.below)
            all.push_back(helped(folder, (one.command.empty() ? "" : one.command + " ") + below));
    }
    return all;
}

/// The part of a manual page that a heading `.SS command` begins; of the program, what is before.
std::string section_of(const std::string& page, const std::string& command)
{
    std::string heading = "\n.SS " + command + "\n";
    for (std::size_t at = 0; (at = heading.find('-', at)) != std::string::npos; at += 2)
        heading.insert(at, "\\");
    const std::size_t first = command.empty() ? 0 : page.find(heading);
    REQUIRE_MESSAGE(first != std::string::npos, command);
    return page.substr(first, page.find("\n.SS ", first + 1) - first);
}

std::string for_groff(std::string name)
{
    for (std::size_t at = 0; (at = name.find('-', at)) != std::string::npos; at += 2)
        name.insert(at, "\\");
    return "\\fB" + name + "\\fR";
}

/// What bash offers for the last of the words, by the script's own function.
std::string offered(const TemporaryFolder& folder, const std::string& words)
{
    const std::string command = "cd '" + folder.path().string()
        + "' && bash -c 'source completion; COMP_WORDS=(" + words
        + "); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _circuitloom_cli; echo \"${COMPREPLY[*]}\"' "
          ">offered 2>&1";
    REQUIRE(std::system(command.c_str()) == 0);
    return bytes_of(folder / "offered");
}

void write_completion(const TemporaryFolder& folder, const std::string& shell)
{
    const Result result = run_cli(folder.path(), "completion " + shell);
    REQUIRE(result.code == 0);
    std::ofstream(folder / "completion") << result.output;
}

bool there_is(const std::string& program)
{
    return std::system(("command -v " + program + " >/dev/null").c_str()) == 0;
}

} // namespace

TEST_CASE("Manual page and completions have every command and option that --help has")
{
    const TemporaryFolder folder;
    const std::string page = run_cli(folder.path(), "man").output;
    write_completion(folder, "bash");
    const std::string zsh = run_cli(folder.path(), "completion zsh").output;
    const std::string fish = run_cli(folder.path(), "completion fish").output;
    const std::vector<Helped> all = everything(folder);
    CHECK(all.size() > 30);
    for (const Helped& one : all) {
        CAPTURE(one.command);
        CHECK(one.options.contains("--help"));
        const std::string section = section_of(page, one.command);
        const std::string in_bash
            = " " + offered(folder, "circuitloom-cli " + one.command + " -") + " ";
        const std::string commands
            = " " + offered(folder, "circuitloom-cli " + one.command + " \"\"") + " ";
        const std::size_t zsh_at = zsh.find("\n    ('" + one.command + "')\n");
        REQUIRE(zsh_at != std::string::npos);
        const std::string zsh_case = zsh.substr(zsh_at, zsh.find("\n        ;;", zsh_at) - zsh_at);
        const std::string fish_at
            = "_at \\'" + (one.command.empty() ? "" : " " + one.command) + "\\''";
        for (const std::string& option : one.options) {
            CAPTURE(option);
            CHECK(section.find(for_groff(option)) != std::string::npos);
            CHECK((in_bash.find(" " + option + " ") != std::string::npos
                || in_bash.find(" " + option + "\n") != std::string::npos));
            CHECK(std::regex_search(zsh_case, std::regex("'\\*?" + option + "[=+]?\\[")));
            const std::string word = option.starts_with("--") ? " -l " + option.substr(2)
                                                              : " -s " + option.substr(1);
            bool in_fish = false;
            for (const std::string& line : lines_of(fish))
                in_fish = in_fish
                    || (line.find(fish_at) != std::string::npos
                        && (line + " ").find(word + " ") != std::string::npos);
            CHECK(in_fish);
        }
        for (const std::string& below : one.below)
            CHECK(commands.find(" " + below) != std::string::npos);
    }
}

TEST_CASE("bash completes commands, options and what they may be")
{
    const TemporaryFolder folder;
    write_completion(folder, "bash");
    std::ofstream(folder / "mine.toml") << "x";
    CHECK(offered(folder, "circuitloom-cli tu") == "tune\n");
    CHECK(offered(folder, "circuitloom-cli runs mer") == "merge\n");
    CHECK(offered(folder, "circuitloom-cli runs x.loom sh") == "show\n");
    CHECK(offered(folder, "circuitloom-cli tune --pres") == "--preset\n");
    CHECK(offered(folder, "circuitloom-cli tune --preset gpt2-sv") == "gpt2-sv-disagreement\n");
    CHECK(offered(folder, "circuitloom-cli tune --preset = gpt2-sv") == "gpt2-sv-disagreement\n");
    CHECK(offered(folder, "circuitloom-cli tune --set optimizer.learning")
        == "optimizer.learning_rate=\n");
    CHECK(offered(folder, "circuitloom-cli discover --method eap-") == "eap-ig\n");
    CHECK(offered(folder, "circuitloom-cli tune mine") == "mine.toml\n");
    CHECK(offered(folder, "circuitloom-cli logits dem") == "demo\n");
    // The value of an option is no command, whatever it is called.
    CHECK(offered(folder, "circuitloom-cli logits --text tune --all") == "--all-positions\n");
    // A number has nothing to complete, the names of files least of all.
    CHECK(offered(folder, "circuitloom-cli tune --seeds m") == "\n");
}

TEST_CASE("A shell that no completion is made for is refused with those there are")
{
    const TemporaryFolder folder;
    const Result result = run_cli(folder.path(), "completion tcsh");
    CHECK(result.code == 2);
    CHECK(result.output.empty());
    CHECK(result.errors.find("fish") != std::string::npos);
}

TEST_CASE("groff has no objection to the manual page" * doctest::test_suite("conditional"))
{
    if (!there_is("man"))
        return skip("there is no man on this machine (Debian's man-db)");
    const TemporaryFolder folder;
    REQUIRE(run_cli(folder.path(), "man").code == 0);
    const std::string command = "cd '" + folder.path().string()
        + "' && LC_ALL=C.UTF-8 MANWIDTH=80 man -l --warnings -E UTF-8 out >shown 2>warned";
    CHECK(std::system(command.c_str()) == 0);
    CHECK(bytes_of(folder / "warned") == "");
    const std::string shown = bytes_of(folder / "shown");
    CHECK(shown.find("EXIT STATUS") != std::string::npos);
    CHECK(shown.find("circuitloom-cli runs merge [options]") != std::string::npos);
}

TEST_CASE("zsh completes what bash does" * doctest::test_suite("conditional"))
{
    if (!there_is("zsh"))
        return skip("there is no zsh on this machine");
    const TemporaryFolder folder;
    const std::string name = folder / "_circuitloom-cli";
    std::ofstream(name) << run_cli(folder.path(), "completion zsh").output;
    REQUIRE(std::system(("zsh -n '" + name + "'").c_str()) == 0);
    // A zsh in a terminal of its own is typed at. ^X prints the line as it is after the completion,
    // and zpty -m waits until that is what should be there.
    std::ofstream(folder / "typing.zsh") << R"(
        zmodload zsh/zpty
        zpty shell 'TERM=dumb zsh -f -i'
        zpty -w shell 'fpath=($PWD $fpath); autoload -Uz compinit; compinit -u -D'
        zpty -w shell 'line() { print -r -- "<$BUFFER>" }; zle -N line'
        zpty -w shell 'bindkey "^I" complete-word "^X" line "^U" kill-whole-line; echo rea""dy'
        zpty -r -m shell written '*ready*'
        completes() { # the words before the cursor, the line with the last one completed
            zpty -w -n shell "$1"$'\t\x18'
            zpty -r -m shell written "*<$2>*"
            zpty -w -n shell $'\x15'
        }
        completes 'circuitloom-cli tu' 'circuitloom-cli tune '
        completes 'circuitloom-cli runs mer' 'circuitloom-cli runs merge '
        completes 'circuitloom-cli tune --preset gpt2-s' '*gpt2-sv-disagreement '
        completes 'circuitloom-cli tune --set optimizer.learning' '*optimizer.learning_rate='
        completes 'circuitloom-cli logits --text tune --all' '*--all-positions '
        zpty -d shell
    )";
    const std::string command = "cd '" + folder.path().string()
        + "' && timeout 60 zsh -f typing.zsh >typed 2>&1 </dev/null";
    CHECK(std::system(command.c_str()) == 0);
}

TEST_CASE("fish completes what bash does" * doctest::test_suite("conditional"))
{
    if (!there_is("fish"))
        return skip("there is no fish on this machine");
    const TemporaryFolder folder;
    write_completion(folder, "fish");
    const auto completed = [&](const std::string& line) {
        const std::string command = "cd '" + folder.path().string()
            + "' && fish -c \"source completion; complete -C 'circuitloom-cli " + line
            + "'\" >offered 2>&1";
        REQUIRE(std::system(command.c_str()) == 0);
        return bytes_of(folder / "offered");
    };
    CHECK(completed("tu").starts_with("tune\t"));
    CHECK(completed("tune --preset gpt2-sv").starts_with("gpt2-sv-disagreement\t"));
    CHECK(completed("runs merge --out").starts_with("--output\t"));
    CHECK(completed("logits --text tune --all").starts_with("--all-positions\t"));
}
