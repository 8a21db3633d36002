#include "core/remote/remote_line.h"

#include "core/base/error.h"
#include "core/base/utf8.h"

#include <poll.h>

namespace circuitloom {

namespace {

constexpr int command_not_found = 127;
constexpr int wait_ms = 500;

} // namespace

RemoteLine::RemoteLine(const ConnectionOptions& options, const Bell& bell)
    : options_(options)
    , bell_(bell)
    , ssh_(ssh_words(options))
{
}

void RemoteLine::send(const nlohmann::json& message)
{
    if (!ssh_.write(frame_of(message)))
        throw LineLost{ "The line to " + options_.address.host + " was cut." };
}

bool RemoteLine::wait()
{
    pollfd all[] = { { ssh_.output(), POLLIN, 0 }, { complains_ ? ssh_.errors() : -1, POLLIN, 0 },
        { bell_.descriptor(), POLLIN, 0 } };
    if (::poll(all, 3, wait_ms) <= 0)
        return false;
    if (all[1].revents != 0)
        take_complaint();
    if (all[0].revents != 0) {
        const auto some = read_some(ssh_.output());
        if (!some)
            ended();
        last_sign_ = std::chrono::steady_clock::now();
        frames_.add(*some);
    }
    return all[2].revents != 0;
}

void RemoteLine::take_complaint()
{
    const auto some = read_some(ssh_.errors());
    complains_ = some.has_value();
    add_complaint(complaint_, some.value_or(""));
}

void RemoteLine::ended()
{
    const int code = ssh_.wait();
    const std::string said = for_message(complaint_, 500);
    const std::string& host = options_.address.host;
    if (number() == 0 && code == command_not_found)
        throw InputError("The command " + options_.program + " was not found on " + host
            + "; install Circuitloom there, or say what the command is called there.");
    if (number() == 0 && !frames_.foreign().empty())
        throw LineLost{ host + " sent something else than a stream: "
            + for_message(frames_.foreign(), 200) };
    throw LineLost{ "The line to " + host + " ended"
        + (said.empty() ? " (" + options_.ssh + " left with " + std::to_string(code) + ")."
                        : ": " + said) };
}

} // namespace circuitloom
