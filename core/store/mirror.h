#pragma once

#include "core/store/stream_source.h"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

namespace circuitloom {

/// What became of a message.
enum class Taken
{
    waits, ///< for the commit of its transaction
    stored, ///< it was that commit
    /// Rows that it builds on were deleted from the mirror here. What was not committed is forgotten; the
    /// source must be asked anew.
    in_vain
};

/// A .loom file that takes what a StreamSource reads from another one, on another machine perhaps.
/// Anyone may read it meanwhile, as any file that a process trains into. What is stored comes in
/// whole transactions; where it ends in between, the file is as the last one left it, and what comes
/// next goes on from there.
///
/// The messages are untrusted: tables and columns are those of .loom files, every value is checked
/// for its type, and SQLite checks that rows fit together. What the user writes into the mirror
/// (bookmarks, notes, supernodes, how it was looked at) stays until the origin's own changes;
/// bookmarks stay in any case. Who writes a run is not mirrored: while the origin says that a run
/// goes on, this process stands in for its writer.
///
/// One instance belongs to one thread. Every call throws ResourceError where the disk refuses.
class Mirror
{
public:
    /// Opens or makes `file`, the mirror of `origin`, as in ssh://host/path/run.loom. Throws
    /// InputError where it is something else, mirrors another origin, or another process is at it.
    Mirror(const std::filesystem::path& file, const std::string& origin);
    ~Mirror();
    Mirror(const Mirror&) = delete;
    Mirror& operator=(const Mirror&) = delete;

    /// What the source must be asked for, to go on from where this file stands.
    StreamRequest request(bool checkpoints) const;
    /// Whether anything was ever mirrored into it.
    bool filled() const;

    /// Takes one message, `name` in sentences. Of a commit it returns once that is stored. Throws
    /// InputError, which names the message and the field, where it is none of a StreamSource or does
    /// not fit what came before: what was not committed is forgotten then.
    Taken take(nlohmann::json message, const std::string& name);
    /// Whether the source must be asked anew, as after Taken::in_vain, though nothing came.
    bool lost_rows();
    /// Forgets what was not committed: the stream begins anew.
    void forget();
    /// Nobody knows any more whether its runs go on: they are shown as interrupted.
    void leave_runs();

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

} // namespace circuitloom
