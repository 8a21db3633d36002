#include "core/base/error.h"
#include "core/base/program_files.h"
#include "tests/support/store_samples.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <string>

namespace fs = std::filesystem;
using namespace circuitloom;
using circuitloom::samples::TemporaryFolder;

namespace {

void put(const fs::path& file)
{
    fs::create_directories(file.parent_path());
    std::ofstream(file) << "x";
}

} // namespace

TEST_CASE("Where all was built into one folder, a part is found there")
{
    const TemporaryFolder folder;
    const fs::path bin = fs::path(folder.path()) / "bin";
    put(bin / "circuitloom-engine.so");
    CHECK(beside_program("circuitloom-engine.so", bin) == bin / "circuitloom-engine.so");
}

TEST_CASE("Where it was installed, programs and parts find one another")
{
    const TemporaryFolder folder;
    const fs::path prefix = folder.path();
    const fs::path parts = prefix / "lib" / "circuitloom";
    put(prefix / "bin" / "circuitloom-cli");
    put(parts / "circuitloom-engine.so");
    put(parts / "circuitloom-cli-engine");
    CHECK(beside_program("circuitloom-engine.so", prefix / "bin")
        == parts / "circuitloom-engine.so");
    CHECK(beside_program("circuitloom-cli", prefix / "bin") == prefix / "bin" / "circuitloom-cli");
    // As circuitloom-cli-engine asks, which lies among the parts.
    CHECK(beside_program("circuitloom-cli", parts) == prefix / "bin" / "circuitloom-cli");
    CHECK(beside_program("circuitloom-cli-engine", parts) == parts / "circuitloom-cli-engine");
}

TEST_CASE("The program's own folder comes before where others were installed")
{
    const TemporaryFolder folder;
    const fs::path prefix = folder.path();
    put(prefix / "bin" / "circuitloom-film.so");
    put(prefix / "lib" / "circuitloom" / "circuitloom-film.so");
    CHECK(beside_program("circuitloom-film.so", prefix / "bin")
        == prefix / "bin" / "circuitloom-film.so");
}

TEST_CASE("A part that is missing is named with the places it was looked for in")
{
    const TemporaryFolder folder;
    const fs::path bin = fs::path(folder.path()) / "bin";
    fs::create_directories(bin / "circuitloom-film.so"); // a folder is none
    CHECK(beside_program("circuitloom-film.so", bin).empty());
    std::string said;
    try {
        required_beside_program("circuitloom-film.so", "The part for films", "install it.", bin);
    } catch (const ResourceError& error) {
        said = error.what();
    }
    CHECK(said.find("The part for films was found neither in " + bin.string()) == 0);
    CHECK(said.find((fs::path(folder.path()) / "lib" / "circuitloom").string())
        != std::string::npos);
    CHECK(said.ends_with("; install it."));
}

TEST_CASE("A program knows its own folder")
{
    CHECK(fs::exists(program_folder() / "core_tests"));
}
