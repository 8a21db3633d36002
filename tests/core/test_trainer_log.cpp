#include "core/run/trainer_log.h"
#include "tests/support/store_samples.h"

#include <doctest/doctest.h>

#include <fstream>
#include <string>

using namespace circuitloom;

TEST_CASE("what no measure fits is named once, in a file of nothing else too")
{
    constexpr int many = 500'000; // each held against each would take a quarter of an hour
    const samples::TemporaryFolder folder;
    const auto file = folder / "trainer_state.json";
    {
        std::ofstream out(file);
        out << R"({"log_history": [)";
        for (const int step : { 1, 2 }) {
            out << (step > 1 ? ", " : "") << R"({"step": )" << step;
            for (int i = 0; i < many; ++i)
                out << R"(, "eval_)" << i << R"(": 1)";
            out << "}";
        }
        out << "]}";
    }
    const TrainerLog log = read_trainer_log(file);
    CHECK(log.left_out.size() == many);
    CHECK(log.left_out.front() == "eval_0");
    CHECK(log.evaluations.empty());
}
