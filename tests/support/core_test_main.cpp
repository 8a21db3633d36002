// The main() of core_tests and engine_tests.
#define DOCTEST_CONFIG_IMPLEMENT
#include <doctest/doctest.h>

#include "tests/support/skip.h"

#include <cstdio>

namespace {

int skipped_cases = 0;
unsigned chosen_cases = 0;

struct CaseCounter : doctest::IReporter
{
    explicit CaseCounter(const doctest::ContextOptions&) { }
    void test_run_end(const doctest::TestRunStats& run) override
    {
        chosen_cases = run.numTestCasesPassingFilters;
    }
    void report_query(const doctest::QueryData&) override { }
    void test_run_start() override { }
    void test_case_start(const doctest::TestCaseData&) override { }
    void test_case_reenter(const doctest::TestCaseData&) override { }
    void test_case_end(const doctest::CurrentTestCaseStats&) override { }
    void test_case_exception(const doctest::TestCaseException&) override { }
    void subcase_start(const doctest::SubcaseSignature&) override { }
    void subcase_end() override { }
    void log_assert(const doctest::AssertData&) override { }
    void log_message(const doctest::MessageData&) override { }
    void test_case_skipped(const doctest::TestCaseData&) override { }
};

REGISTER_LISTENER("case counter", 1, CaseCounter);

} // namespace

void circuitloom::testing::skip(const std::string& reason)
{
    ++skipped_cases;
    std::printf("skipped: %s\n", reason.c_str());
}

int main(int argc, char** argv)
{
    doctest::Context context(argc, argv);
    const int result = context.run();
    if (context.shouldExit() || result != 0)
        return result;
    if (chosen_cases == 0) {
        std::fprintf(stderr, "No test case has this name or stands in this file.\n");
        return 2;
    }
    return skipped_cases > 0 ? circuitloom::testing::skipped_exit_code : 0;
}
