#include "core/base/counted.h"
#include "core/base/nearest.h"

#include <doctest/doctest.h>

using namespace circuitloom;

TEST_CASE("the nearest names come first, and the last part of a name counts as the whole")
{
    const std::vector<std::string> settings{ "optimizer.kind", "run.steps", "circuit.threshold",
        "circuit.top_n", "circuit.top_n_start" };
    CHECK(nearest("top_n", settings).front() == "circuit.top_n");
    CHECK(nearest("circuit.topn", settings).front() == "circuit.top_n");
    CHECK(nearest("run.step", settings).front() == "run.steps");
    CHECK(nearest("x", settings).size() == 3);
    CHECK(nearest("x", {}).empty());
}

TEST_CASE("only what is nearly a name is likely meant by it")
{
    const std::vector<std::string> fields{ "text", "spans", "corrupted" };
    CHECK(likely_meant("corrupt", fields) == "corrupted");
    CHECK(likely_meant("span", fields) == "spans");
    CHECK(likely_meant("txt", fields) == "text");
    CHECK(likely_meant("shwo", { "merge", "show" }) == "show");
    CHECK(likely_meant("id", fields).empty());
    CHECK(likely_meant("metadata", fields).empty());
    CHECK(likely_meant(std::string(200, 't'), fields).empty());
    CHECK(likely_meant("text", {}).empty());
}

TEST_CASE("one is told in the singular")
{
    CHECK(counted(0, "example") == "0 examples");
    CHECK(counted(1, "example") == "1 example");
    CHECK(counted(24, "example") == "24 examples");
}
