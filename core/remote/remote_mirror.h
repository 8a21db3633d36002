#pragma once

#include "core/remote/run_orders.h"
#include "core/remote/run_start.h"
#include "core/remote/ssh_words.h"
#include "core/store/other_origin.h"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <stop_token>
#include <string>

namespace circuitloom {

enum class MirrorPhase
{
    connecting,
    catching_up, ///< connected; rows come
    /// All is here, with the runs that were started on this line; what is new comes as it is committed.
    caught_up,
    lost, ///< tried again after `retry`
};

struct MirrorState
{
    MirrorPhase phase = MirrorPhase::connecting;
    std::string why; ///< of lost: a sentence
    std::chrono::milliseconds retry{ 0 }; ///< of lost
};

/// Told of what happens, on the thread of RemoteMirror::run().
class MirrorObserver
{
public:
    virtual ~MirrorObserver() = default;
    virtual void changed(const MirrorState& state) = 0;
    /// A sentence for the user.
    virtual void noticed(const std::string& sentence) = 0;
    /// The program there is of another version. A sentence.
    virtual void differs(const std::string& sentence) { noticed(sentence); }
    /// The file is not there yet, and the mirror holds nothing: the first run that is started makes it.
    virtual void absent() { }
    /// The file there cannot be read at the moment, as where it is locked; it is tried again. A sentence.
    virtual void troubled(const std::string& sentence) = 0;
    /// To an order, a start or a question: a sentence, or the JSON that was asked for.
    virtual void answered(std::int64_t id, bool ok, const std::string& text) = 0;
    /// The run that start() began has ended; `ok` where it did so well, or by the user's order. A sentence.
    virtual void ended(std::int64_t id, bool ok, const std::string& text) = 0;
};

struct RemoteMirrorOptions : ConnectionOptions
{
    std::filesystem::path file; ///< the mirror
    std::string version; ///< of this program
    bool checkpoints = false; ///< with the weights
    bool starts_runs = false; ///< the file there need not exist yet
    std::chrono::milliseconds first_pause{ 1000 }; ///< before a new try; each next one is twice that
    std::chrono::milliseconds longest_pause{ 60000 };
    std::chrono::milliseconds longest_silence{ 30000 }; ///< after which a line is taken for lost
};

/// The mirror of a file on another machine: runs ssh, by the user's own configuration, and there
/// `circuitloom-cli stream`; takes what that sends into a local file, and connects anew, with growing
/// pauses, when the line is lost.
class RemoteMirror
{
public:
    /// `observer` must outlive it.
    RemoteMirror(RemoteMirrorOptions options, MirrorObserver& observer);
    ~RemoteMirror();
    RemoteMirror(const RemoteMirror&) = delete;
    RemoteMirror& operator=(const RemoteMirror&) = delete;

    /// Blocks until `stop`. Call once, from any one thread. Throws InputError where the mirror, the
    /// file there or what is sent cannot be used, so that a new try would be in vain (OtherOrigin among
    /// them); ResourceError where the disk refuses, or nothing was ever received and the first try fails.
    void run(std::stop_token stop);

    /// From any thread, at once; answered() comes in any case while run() goes on. They wait for the
    /// first connection; while the line is lost they are answered with that.
    std::int64_t order(RunId run, RunOrder order);
    /// `configuration` is TOML; its models and tasks are named by paths there. A host of an earlier
    /// version refuses what makes several runs.
    std::int64_t start(const std::string& configuration, const SweepToStart& sweep = {});
    std::int64_t ask_devices();
    std::int64_t ask_models();
    /// Whether a run of this TOML can begin there; the answer is for parse_run_check().
    std::int64_t ask_check(const std::string& configuration);

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

} // namespace circuitloom
