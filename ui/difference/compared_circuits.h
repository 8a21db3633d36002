#pragma once

#include "core/analysis/circuit_diff.h"
#include "core/analysis/counterpart.h"
#include "core/store/records.h"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace circuitloom::ui {

/// What B's own colours compare it with.
enum class OwnReference
{
    none,
    previous,
    first
};

/// Which two circuits are compared: A, the iteration that the window shows, and B, of any run of the
/// same file.
struct ComparisonWish
{
    std::filesystem::path file;
    RunId shown; ///< A's run
    int iteration = 0; ///< of A
    RunId other; ///< B's run
    std::optional<int> chosen; ///< B's iteration; where empty, A's counterpart
    Alignment by = Alignment::step;
    OwnReference reference = OwnReference::none;
    bool operator==(const ComparisonWish&) const = default;
};

/// One circuit with where it comes from.
struct ComparedCircuit
{
    RunSummary run;
    IterationRecord at;
    Circuit circuit; ///< strongest first
    Circuit reference; ///< of B: what its own colours compare with; empty for none
    std::shared_ptr<const ComputationalGraph> graph;
};

struct ComparedCircuits
{
    ComparisonWish wish;
    std::vector<RunSummary> runs; ///< of the file
    std::optional<ComparedCircuit> a; ///< empty where the file does not have it
    std::optional<ComparedCircuit> b; ///< empty where A has no counterpart there, or B's run is gone
    int iterations = 0; ///< of B's run
    /// From A to B: what left is only in A, what entered only in B. Empty where one is missing or the
    /// graphs have different edges.
    std::optional<CircuitDiff> diff;
    double jaccard_by_chance = 0; ///< of the edges, see core/analysis/circuit_diff.h
};

/// For any thread but the window's. Throws Error.
ComparedCircuits read_compared(const ComparisonWish& wish);

} // namespace circuitloom::ui
