#pragma once

#include "core/base/error.h"
#include "core/remote/remote_mirror.h"
#include "core/store/experiment_reader.h"
#include "tests/support/store_samples.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

/// Mirrors over a line that is a pipe to circuitloom-cli stream, or whatever takes the place of ssh.
namespace circuitloom::testing {

using namespace std::chrono_literals;

/// In place of ssh: the words of the remote command go to a shell here.
inline std::string local_line(const std::filesystem::path& folder)
{
    const std::string name = (folder / "line").string();
    std::ofstream(name) << "#!/bin/sh\nfor last; do :; done\nexec /bin/sh -c \"$last\"\n";
    std::filesystem::permissions(name, std::filesystem::perms::owner_all);
    return name;
}

/// A mirror on a thread of its own, and what it told.
class RunningMirror : public MirrorObserver
{
public:
    explicit RunningMirror(RemoteMirrorOptions options)
        : mirror_(std::move(options), *this)
        , thread_([this](std::stop_token stop) {
            try {
                mirror_.run(std::move(stop));
            } catch (const Error& why) {
                tell([&] { failure_ = why.what(); });
            }
            tell([&] { ended_ = true; });
        })
    {
    }

    void changed(const MirrorState& state) override
    {
        tell([&] {
            phases_.push_back(state.phase);
            if (state.phase == MirrorPhase::lost)
                why_ = state.why;
        });
    }
    void noticed(const std::string& sentence) override
    {
        tell([&] { notices_ += sentence + "\n"; });
    }
    void troubled(const std::string& sentence) override
    {
        tell([&] { troubles_ += sentence + "\n"; });
    }
    void answered(std::int64_t, bool ok, const std::string& text) override
    {
        tell([&] { answers_.push_back((ok ? "yes: " : "no: ") + text); });
    }
    void ended(std::int64_t id, bool ok, const std::string& text) override
    {
        tell([&] { ends_ += std::to_string(id) + (ok ? " well: " : " badly: ") + text + "\n"; });
    }

    /// Waits until `done`; false where that does not come in two minutes, or the mirror has ended.
    template <class Done>
    bool wait(Done&& done)
    {
        std::unique_lock lock(mutex_);
        return changed_.wait_for(lock, 120s, [&] { return done(*this) || ended_; }) && done(*this);
    }
    bool wait_caught_up(std::size_t times = 1)
    {
        return wait([times](const RunningMirror& now) { return now.count(MirrorPhase::caught_up) >= times; });
    }
    bool wait_catching_up(std::size_t times)
    {
        return wait([times](const RunningMirror& now) {
            return now.count(MirrorPhase::catching_up) >= times;
        });
    }
    bool wait_lost(std::size_t times = 1)
    {
        return wait([times](const RunningMirror& now) { return now.count(MirrorPhase::lost) >= times; });
    }
    bool wait_trouble()
    {
        return wait([](const RunningMirror& now) { return !now.troubles_.empty(); });
    }
    bool wait_end_of_run()
    {
        return wait([](const RunningMirror& now) { return !now.ends_.empty(); });
    }
    bool wait_answers(std::size_t count)
    {
        return wait([count](const RunningMirror& now) { return now.answers_.size() >= count; });
    }
    std::size_t count(MirrorPhase phase) const
    {
        return static_cast<std::size_t>(std::ranges::count(phases_, phase));
    }
    std::string failure()
    {
        wait([](const RunningMirror& now) { return now.ended_; });
        const std::lock_guard lock(mutex_);
        return failure_;
    }
    std::string answer(std::size_t index)
    {
        const std::lock_guard lock(mutex_);
        return index < answers_.size() ? answers_[index] : "";
    }
    std::string ends()
    {
        const std::lock_guard lock(mutex_);
        return ends_;
    }
    std::string troubles()
    {
        const std::lock_guard lock(mutex_);
        return troubles_;
    }
    std::string notices()
    {
        const std::lock_guard lock(mutex_);
        return notices_;
    }
    RemoteMirror& mirror() { return mirror_; }

private:
    template <class Change>
    void tell(Change&& change)
    {
        {
            const std::lock_guard lock(mutex_);
            change();
        }
        changed_.notify_all();
    }

    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<MirrorPhase> phases_;
    std::string why_;
    std::string notices_;
    std::string troubles_;
    std::string ends_;
    std::string failure_;
    std::vector<std::string> answers_;
    bool ended_ = false;
    RemoteMirror mirror_;
    std::jthread thread_; // last: stops first
};

inline RemoteMirrorOptions options_for(const std::filesystem::path& folder, const std::string& ssh)
{
    RemoteMirrorOptions options;
    options.address = { "server", 0, (folder / "it's far.loom").string() };
    options.file = folder / "mirror.loom";
    options.version = "test";
    options.ssh = ssh;
    options.program = "'" CIRCUITLOOM_CLI "'";
    options.first_pause = 20ms;
    options.longest_pause = 200ms;
    return options;
}

inline int steps_in(const std::filesystem::path& file)
{
    int steps = 0;
    for (const RunSummary& run : ExperimentReader(file).runs())
        steps += run.steps_done;
    return steps;
}

/// Looks at the mirror until it has so many steps; false where they do not come.
inline bool wait_steps(const std::filesystem::path& file, int steps)
{
    for (int i = 0; i < 6000; ++i) {
        if (steps_in(file) >= steps)
            return true;
        std::this_thread::sleep_for(20ms);
    }
    return false;
}

inline bool wait_state(const std::filesystem::path& file, RunState state)
{
    for (int i = 0; i < 6000; ++i) {
        const auto runs = ExperimentReader(file).runs();
        if (!runs.empty() && runs.back().state == state)
            return true;
        std::this_thread::sleep_for(20ms);
    }
    return false;
}

} // namespace circuitloom::testing
