#pragma once

#include "core/formats/message_frames.h"
#include "core/remote/bell.h"
#include "core/remote/child_process.h"
#include "core/remote/ssh_words.h"

#include <nlohmann/json.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace circuitloom {

/// The line has ended or is silent: a sentence, for the user.
struct LineLost
{
    std::string why;
};

/// ssh, with `circuitloom-cli stream` at its other end, until one of them ends. For a thread with
/// QuietPipes. Every call throws LineLost where the line has ended, InputError where a new one would
/// not help: there is no such program, or what came is no stream.
class RemoteLine
{
public:
    /// Both must outlive it. Throws ResourceError where ssh cannot be started.
    RemoteLine(const ConnectionOptions& options, const Bell& bell);

    void send(const nlohmann::json& message);
    /// Until something comes, the bell is rung, or half a second has gone by. Whether it was rung.
    bool wait();
    /// What has come, one by one.
    std::optional<nlohmann::json> next() { return frames_.next(); }
    /// Of the message that next() gave last, from 1.
    std::int64_t number() const { return frames_.number(); }
    /// How long nothing has come.
    std::chrono::steady_clock::duration silence() const
    {
        return std::chrono::steady_clock::now() - last_sign_;
    }

private:
    [[noreturn]] void ended();
    void take_complaint();

    const ConnectionOptions& options_;
    const Bell& bell_;
    ChildProcess ssh_;
    FrameReader frames_;
    std::string complaint_; ///< the end of what ssh and the program there wrote for people
    bool complains_ = true; ///< more may come of it
    std::chrono::steady_clock::time_point last_sign_ = std::chrono::steady_clock::now();
};

} // namespace circuitloom
