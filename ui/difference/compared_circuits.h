#pragma once

#include "core/analysis/circuit_diff.h"
#include "core/store/records.h"
#include "ui/panels/compared_with.h"

#include <cstddef>
#include <filesystem>
#include <memory>
#include <optional>
#include <vector>

namespace circuitloom::ui {

/// What the colours of a circuit beside A compare it with.
enum class OwnReference
{
    none,
    previous,
    first
};

/// Which circuits are compared: A, the iteration that the window shows, and others, B and on, of any
/// runs of the same file.
struct ComparisonWish
{
    std::filesystem::path file;
    RunId shown; ///< A's run
    int iteration = 0; ///< of A
    std::vector<ComparedWith> others; ///< B, C and on
    OwnReference reference = OwnReference::none;
    bool operator==(const ComparisonWish&) const = default;
};

/// One circuit with where it comes from.
struct ComparedCircuit
{
    RunSummary run;
    IterationRecord at;
    Circuit circuit; ///< strongest first
    Circuit reference; ///< but of A: what its own colours compare with; empty for none
    std::shared_ptr<const ComputationalGraph> graph;
};

/// A circuit beside A.
struct OtherCircuit
{
    std::optional<ComparedCircuit> circuit; ///< empty where A has no counterpart, or the run is gone
    int iterations = 0; ///< of its run
    /// From A to it: what left is only in A, what entered only in it. Empty where one is missing or
    /// the graphs have different edges.
    std::optional<CircuitDiff> diff;
    double jaccard_by_chance = 0; ///< of the edges, see core/analysis/circuit_diff.h
};

/// How much two circuits share, by their places: 0 is A, 1 is B.
struct SharedByTwo
{
    std::size_t first = 0;
    std::size_t second = 0; ///< greater than the first
    double jaccard = 0; ///< of the edges
    double by_chance = 0;
};

struct ComparedCircuits
{
    ComparisonWish wish;
    std::vector<RunSummary> runs; ///< of the file
    std::optional<ComparedCircuit> a; ///< empty where the file does not have it
    std::vector<OtherCircuit> others; ///< as many as the wish has, in its order
    std::vector<SharedByTwo> pairs; ///< of all that are there and have the same edges in their graphs
};

/// What the circuit at a place is called: A, B, …
inline char letter_of(std::size_t place)
{
    return static_cast<char>('A' + static_cast<int>(place));
}

/// For any thread but the window's. Throws Error.
ComparedCircuits read_compared(const ComparisonWish& wish);

} // namespace circuitloom::ui
