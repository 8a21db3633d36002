#include "core/distributed/local_address.h"

#include "core/base/error.h"

#include <array>
#include <memory>

#include <netdb.h>
#include <sys/socket.h>
#include <unistd.h>

namespace circuitloom {

namespace {

/// A datagram socket: connecting it sends nothing, but the system chooses its address.
class Probe
{
public:
    explicit Probe(int family)
        : socket_(::socket(family, SOCK_DGRAM | SOCK_CLOEXEC, 0))
    {
    }
    ~Probe()
    {
        if (socket_ >= 0)
            ::close(socket_);
    }
    Probe(const Probe&) = delete;
    Probe& operator=(const Probe&) = delete;

    /// Empty where no way leads there.
    std::string address_towards(const addrinfo& peer) const
    {
        sockaddr_storage own{};
        socklen_t length = sizeof own;
        auto* const address = reinterpret_cast<sockaddr*>(&own);
        std::array<char, NI_MAXHOST> text{};
        if (socket_ < 0 || ::connect(socket_, peer.ai_addr, peer.ai_addrlen) != 0
            || ::getsockname(socket_, address, &length) != 0
            || ::getnameinfo(address, length, text.data(), text.size(), nullptr, 0, NI_NUMERICHOST)
                != 0)
            return {};
        return text.data();
    }

private:
    int socket_;
};

} // namespace

std::string address_towards(const std::string& host)
{
    addrinfo hints{};
    hints.ai_socktype = SOCK_DGRAM;
    addrinfo* found = nullptr;
    if (const int wrong = ::getaddrinfo(host.c_str(), "9", &hints, &found); wrong != 0)
        throw ResourceError("The address " + host + " (MASTER_ADDR), where the processes meet, is not "
            + "known here: " + ::gai_strerror(wrong) + ".");
    const std::unique_ptr<addrinfo, void (*)(addrinfo*)> addresses(found, ::freeaddrinfo);
    for (const addrinfo* one = found; one; one = one->ai_next)
        if (std::string own = Probe(one->ai_family).address_towards(*one); !own.empty())
            return own;
    throw ResourceError("No way leads from here to " + host
        + " (MASTER_ADDR), where the processes meet.");
}

} // namespace circuitloom
