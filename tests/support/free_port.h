#pragma once

#include <stdexcept>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace circuitloom::testing {

/// A port of the loopback that nobody listens at now.
inline int free_port()
{
    const int descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* const plain = reinterpret_cast<sockaddr*>(&address);
    const bool found = ::bind(descriptor, plain, size) == 0
        && ::getsockname(descriptor, plain, &size) == 0;
    ::close(descriptor);
    if (!found)
        throw std::runtime_error("There is no free port.");
    return ntohs(address.sin_port);
}

} // namespace circuitloom::testing
