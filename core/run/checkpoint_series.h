#pragma once

#include "core/graph/computational_graph.h"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace circuitloom {

/// A checkpoint of a series, a model in the Hugging Face layout.
struct SeriesCheckpoint
{
    std::string name; ///< that of its folder, or its revision
    std::filesystem::path directory;
    int step = 0; ///< optimizer steps taken before it
    std::optional<std::int64_t> tokens = {}; ///< seen before it, where the series says so
};

/// Why a checkpoint is not used, as a sentence.
struct UnusedCheckpoint
{
    std::string name;
    std::string why;
    bool operator==(const UnusedCheckpoint&) const = default;
};

struct FoundSeries
{
    std::vector<SeriesCheckpoint> used; ///< by ascending step, each step once
    std::vector<UnusedCheckpoint> unused;
};

/// Why a checkpoint of shape `found` does not belong to a run whose models have the shape `run`;
/// empty where it does.
std::string other_shape(const GraphShape& run, const GraphShape& found);

/// Whether a folder, or a TOML file, is a series of CheckpointSeries by what is in it.
bool is_series(const std::filesystem::path& path);

/// Models that others trained, one after another (algorithm.md, section 12):
/// - a folder with folders `checkpoint-N` of Hugging Face's Trainer;
/// - a TOML file with `[[checkpoint]]`, each with `path` (from the file's folder), `step` and
///   perhaps `tokens`, in the order of their steps;
/// - the id of a model in the hub cache, whose revisions are called `stepN`.
///
/// May be asked again and again while the series grows; what was looked at and has not changed
/// since is not read again.
class CheckpointSeries
{
public:
    /// Throws InputError where `series` is none of these.
    explicit CheckpointSeries(const std::string& series);

    /// The checkpoint that is read, after `done` of `total`; told again before each of its tensors.
    using LookProgress
        = std::function<void(const std::string& checkpoint, int done, int total)>;

    /// What is there now. A checkpoint is not used where it cannot be read, where its graph is not
    /// of `shape`, if that is given, where its tensors have other names or shapes than those of the
    /// first one, where its step does not come after the one before it, or where its tensors equal
    /// another's byte by byte: then the one of the last step counts, but one of `stored`, the steps
    /// that are observed already, before all others. With `stored` steps the first one stays that
    /// of the looks before, even where it is gone. Where `quiet` is not 0, one that changed within
    /// that time is left for later. Every byte of the weights is read once; a file that is
    /// shortened meanwhile cannot be read. Throws InputError where the series itself cannot be
    /// read. `progress` may throw, which ends the look.
    FoundSeries look(const std::set<int>& stored = {}, std::chrono::seconds quiet = {},
        const LookProgress& progress = {}, const std::optional<GraphShape>& shape = {});

private:
    struct Looked
    {
        std::filesystem::file_time_type changed;
        GraphShape shape;
        std::string shapes; ///< of the model and its tensors
        std::string tensors; ///< a hash of their names and bytes
        std::string problem; ///< why it cannot be used; empty where it can
    };

    std::vector<SeriesCheckpoint> listed(FoundSeries& found) const;
    std::vector<SeriesCheckpoint> in_list(FoundSeries& found) const;
    std::vector<SeriesCheckpoint> revisions() const;
    const Looked& looked_at(const SeriesCheckpoint& checkpoint,
        std::filesystem::file_time_type changed, const std::function<void()>& before_reading);
    /// By itself and beside the first one, which it may become; empty where it can be used.
    std::string why_unused(const SeriesCheckpoint& checkpoint, const Looked& looked,
        const std::optional<GraphShape>& shape);

    /// The checkpoint that the others are compared with.
    struct First
    {
        std::string name;
        std::string shapes;
    };

    std::string series_;
    std::optional<First> first_;
    std::map<std::filesystem::path, Looked> looked_;
};

} // namespace circuitloom
