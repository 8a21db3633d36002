#include <doctest/doctest.h>

#include "tests/rules/locale_functions.h"

using namespace circuitloom::rules;

namespace {

const std::filesystem::path root = CIRCUITLOOM_SOURCE_DIR;

} // namespace

TEST_CASE("numbers are read and written the same in every locale")
{
    for (const std::string& call : by_the_locale(root))
        FAIL_CHECK(call);
}

TEST_CASE("a call that goes by the locale is seen")
{
    const std::vector<std::string> expected{
        "core/base/by_locale.cpp:6: snprintf() writes numbers by the user's locale",
        "core/base/by_locale.cpp:7: stod() reads numbers by the user's locale",
    };
    CHECK(by_the_locale(root / "tests/rules/bad_tree") == expected);
}
