#include "core/base/error.h"
#include "core/run/model_reference.h"

#include <doctest/doctest.h>

#include <string>

using namespace circuitloom;

TEST_CASE("a moment of a run is read and written back")
{
    const auto moment = [](const std::string& text) {
        const ModelReference reference = parse_model_reference(text);
        CHECK(to_string(reference) == text);
        return std::get<RunMoment>(reference);
    };
    CHECK(moment("demo.loom:1@46")
        == RunMoment{ "demo.loom", { 1 }, RunMoment::Kind::iteration, 46 });
    CHECK(moment("/a b/x.loom:12@s120")
        == RunMoment{ "/a b/x.loom", { 12 }, RunMoment::Kind::step, 120 });
    CHECK(moment("x.loom:3@start") == RunMoment{ "x.loom", { 3 }, RunMoment::Kind::start, 0 });
    CHECK(moment("x.loom:3@end") == RunMoment{ "x.loom", { 3 }, RunMoment::Kind::end, 0 });
    // A folder may look like an experiment; the last one counts.
    CHECK(moment("a.loom:1@2/b.loom:4@0").file == "a.loom:1@2/b.loom");
}

TEST_CASE("everything else is a model's name")
{
    for (const std::string name : { "demo", "path/to/model", "org/name@main", "a:b", "x.loomer" })
        CHECK(std::get<std::string>(parse_model_reference(name)) == name);
}

TEST_CASE("an experiment without one of its models is refused, and told how to be written")
{
    for (const char* text : { "x.loom", "x.loom:", "x.loom:1", "x.loom:1@", "x.loom:0@1",
             "x.loom:a@1", "x.loom:1@s", "x.loom:1@-3", "x.loom:1@4x", "x.loom:1@99999999999",
             "x.loom:-1@end", "x.loom:1@END" }) {
        INFO(text);
        try {
            parse_model_reference(text);
            FAIL("was accepted");
        } catch (const InputError& error) {
            CHECK(std::string(error.what()).find("FILE.loom:R@I") != std::string::npos);
        }
    }
}
