#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <sys/types.h>

namespace circuitloom {

/// Another program whose standard input, output and errors are ours. One instance belongs to one
/// thread.
class ChildProcess
{
public:
    /// The first word is the program, found on PATH. Throws ResourceError where it cannot be started.
    explicit ChildProcess(const std::vector<std::string>& words);
    /// Kills it where it has not ended.
    ~ChildProcess();
    ChildProcess(const ChildProcess&) = delete;
    ChildProcess& operator=(const ChildProcess&) = delete;

    pid_t id() const { return process_; }
    int output() const { return output_; }
    int errors() const { return errors_; }
    /// False where it does not read any more.
    bool write(std::string_view bytes);
    void close_input();
    bool has_ended();
    /// Ends it at once.
    void kill();
    /// Waits for its end. Its exit code; 128 and the signal's number where it was killed.
    int wait();

private:
    pid_t process_ = -1;
    int input_ = -1;
    int output_ = -1;
    int errors_ = -1;
    std::optional<int> code_;
};

/// What has come on a descriptor, without waiting for more; nothing at its end.
std::optional<std::string> read_some(int descriptor);
/// Adds to what a program wrote for people, of which the last 4096 bytes are kept.
void add_complaint(std::string& complaint, std::string_view more);
/// While it lives, writing to who does not read any more ends this thread's calls with false, not the
/// program with SIGPIPE.
class QuietPipes
{
public:
    QuietPipes();
    ~QuietPipes();
    QuietPipes(const QuietPipes&) = delete;
    QuietPipes& operator=(const QuietPipes&) = delete;

private:
    bool was_blocked_ = false;
};
/// Writes all; false where nobody reads any more. For a thread with QuietPipes.
bool write_all(int descriptor, std::string_view bytes);

} // namespace circuitloom
