#pragma once

#include <string>

namespace circuitloom::testing {

/// Says that the test case cannot check anything here, and why. The caller returns at once. If no
/// case fails, the program then ends with skipped_exit_code, which ctest reports as skipped; so a
/// case that may skip stands in the test suite "conditional" (doctest::test_suite("conditional")),
/// which ctest runs apart from the rest of its file.
void skip(const std::string& reason);

inline constexpr int skipped_exit_code = 77;

} // namespace circuitloom::testing
