#pragma once

#include "core/remote/program_answer.h"

#include <chrono>
#include <filesystem>
#include <string>

namespace circuitloom {

/// The version of what both sides say to one another.
inline constexpr int stream_protocol = 2;

struct StreamServerOptions
{
    std::filesystem::path file;
    std::string version; ///< of this program
    std::filesystem::path program; ///< circuitloom-cli, which starts runs and is asked for devices
    int in = 0; ///< descriptors; nothing but frames is written
    int out = 1;
    AnswerLimits answers; ///< of what is asked
    std::chrono::milliseconds between_signs{ 5000 }; ///< after so long a silence the other side is told
};

/// The far side of a mirror: sends what is committed to the file, and carries out what comes the other
/// way, until `in` ends. Frames as message_frames.h has them; here what they hold:
///
///     to the mirror    hello (protocol, program, schema, file, exists), begin (number): here the answer
///                      to that request begins, and what was not committed counts no more; the messages
///                      of StreamSource; status (caught_up: all was sent, and every run that was started
///                      is in it) where that changes and as a sign of life; reply (id, ok, text);
///                      ended (id, ok, text): the run of that start; trouble (text): the file cannot be
///                      read, and is tried again; refused (text, other_file): the end
///     from it          request (protocol, number, tables, have, checkpoints), order (id, run, order),
///                      start (id, configuration), sweep (id, configuration, axes, seeds), ask (id, what: devices, models; or what:
///                      check, configuration, as `circuitloom-cli check` says it)
///
/// Returns the exit code of the program: 0 where the other side has ended it. Throws nothing that the
/// other side must know: it is sent.
int serve_stream(const StreamServerOptions& options);

} // namespace circuitloom
