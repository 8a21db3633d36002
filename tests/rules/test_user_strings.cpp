#include <doctest/doctest.h>

#include "tests/rules/user_strings.h"

using namespace circuitloom::rules;

namespace {

const std::filesystem::path root = CIRCUITLOOM_SOURCE_DIR;

} // namespace

TEST_CASE("what users read goes through tr()")
{
    for (const std::string& text : untranslated(root))
        FAIL_CHECK(text);
}

TEST_CASE("a text that does not is seen")
{
    const std::vector<std::string> expected{
        "ui/theme/untranslated.cpp:10: addAction: \"Open…\" does not go through tr()",
        "ui/theme/untranslated.cpp:12: InputError: \"There is no \" does not go through tr()",
        "ui/theme/untranslated.cpp:8: setText: \"Hello\" does not go through tr()",
        "ui/theme/untranslated.cpp:9: new QLabel: \"Strongest\" does not go through tr()",
    };
    CHECK(untranslated(root / "tests/rules/bad_tree") == expected);
}
