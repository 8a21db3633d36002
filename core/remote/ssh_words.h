#pragma once

#include "core/remote/remote_address.h"

#include <string>
#include <vector>

namespace circuitloom {

/// How a file on another machine is reached.
struct ConnectionOptions
{
    RemoteAddress address;
    /// What connects, as ssh does. CIRCUITLOOM_SSH, where it is set, names it.
    std::string ssh = default_ssh();
    /// The command that is circuitloom-cli there; may be several words of a shell.
    std::string program = "circuitloom-cli";

    static std::string default_ssh();
};

/// What ssh is started with.
std::vector<std::string> ssh_words(const ConnectionOptions& options);

} // namespace circuitloom
