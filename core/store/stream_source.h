#pragma once

#include <nlohmann/json.hpp>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <vector>

namespace circuitloom {

/// What the one who mirrors a file can take, and what it has.
struct StreamRequest
{
    /// Its tables with their columns: {"step": ["run_id", …], …}.
    nlohmann::json tables = nlohmann::json::object();
    /// What was sent to it before, in the source's own words: by keys, as the `have` of its commits
    /// had them.
    nlohmann::json have = nlohmann::json::object();
    bool checkpoints = false; ///< with the weights; they are most of a file
    /// How much is read at once, about: a single iteration may have more.
    std::size_t batch_bytes = 1 << 20;
};

/// Reads what was committed to a .loom file since somebody mirrored it, as messages:
///
///     {"type": "clear", "table": T, "key": K}     rows of a table go, those of a run, say
///     {"type": "rows", "table": T, "columns": […], "rows": [[…], …]}     rows that are new, or other
///     {"type": "commit", "have": {…}, "alive": [R, …]}     the messages before it are one transaction
///
/// Never blocks whoever writes the file: what is large, such as a graph or a checkpoint, is read in
/// pieces, and comes as one transaction of several of them. One instance belongs to one thread. Every call
/// throws ResourceError where the file is damaged, locked, or was deleted or replaced, and OtherOrigin
/// where it is another one than the request's mirror has begun with. After a call that threw, next()
/// gives what it would have given.
class StreamSource
{
public:
    /// Throws InputError too where `file` is missing, is no .loom file or one that is too old to be
    /// sent, or the request is not sound.
    StreamSource(const std::filesystem::path& file, const StreamRequest& request);
    ~StreamSource();
    StreamSource(StreamSource&&) noexcept;
    StreamSource& operator=(StreamSource&&) noexcept;

    /// Whether there may be something new: the file was written to, or a run's writer has come or
    /// gone, since next() last gave nothing.
    bool changed();
    /// The messages that come next, about as many bytes as the request says; none where everything was
    /// sent. They end with a commit, unless the transaction goes on with what next() gives then.
    std::vector<nlohmann::json> next();
    /// All that next() gave last was written to the receiver. Until this is said, next() begins again
    /// where it began.
    void wrote();
    /// What the receiver has by the last commit that was written to it. Another source may go on from
    /// there, once the receiver has forgotten what came after that commit.
    const nlohmann::json& have() const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

} // namespace circuitloom
