#pragma once

#include "core/base/random.h"
#include "core/store/run_writer.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <string>

#include <unistd.h>

namespace circuitloom::samples {

/// A folder of its own, removed at the end.
class TemporaryFolder
{
public:
    TemporaryFolder()
    {
        std::string name = std::filesystem::temp_directory_path() / "circuitloom-XXXXXX";
        path_ = mkdtemp(name.data());
    }
    ~TemporaryFolder()
    {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;

    std::filesystem::path operator/(const std::string& name) const { return path_ / name; }
    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

inline RunDescription description(const std::string& name = "circuit-tuning")
{
    RunDescription run;
    run.name = name;
    run.method = "circuit";
    run.configuration = R"({"top_n":12,"name":"ünïcode \"quoted\""})";
    run.model = "demo";
    run.model_fingerprint = "0123abcd";
    run.software = R"({"circuitloom":"0.1.0"})";
    run.seed = 0xfedcba9876543210ULL;
    run.steps = 100;
    run.top_n = 12;
    run.parameters = 818'000'000'000;
    run.shape = { 3, 4, 2, 8 };
    run.graph = { GraphKind::full, 4 };
    return run;
}

/// The graph of description().
inline const ComputationalGraph& graph()
{
    static const ComputationalGraph one(description().shape, description().graph);
    return one;
}

/// The circuit and figures of iteration `index` follow from its number alone, so that a reader
/// can tell whether it got exactly what was written.
inline Circuit circuit(int index, std::size_t edges = 12)
{
    const RunDescription run = description();
    const auto count
        = static_cast<std::size_t>(ComputationalGraph::count_edges(run.shape, run.graph));
    Random random(static_cast<std::uint64_t>(index) + 1);
    std::vector<std::int32_t> numbers;
    for (std::size_t e = 0; e < count; ++e)
        numbers.push_back(static_cast<std::int32_t>(e));
    random.shuffle(numbers);
    Circuit chosen;
    for (std::size_t e = 0; e < edges; ++e)
        chosen.push_back({ { numbers[e] }, static_cast<float>(random.unit() - 0.5) });
    chosen.front().score = chosen.back().score; // a tie
    std::sort(chosen.begin(), chosen.end(), [](const ScoredEdge& a, const ScoredEdge& b) {
        const float left = std::abs(a.score);
        const float right = std::abs(b.score);
        return left != right ? left > right : a.edge < b.edge;
    });
    return chosen;
}

inline IterationRecord iteration(int index, int edges = 12)
{
    return { { index }, index, 3.0 + index, -1.5 * index, 0.125, 1000 + index, edges, index % 12,
        0.01 * index };
}

} // namespace circuitloom::samples
