#include "core/distributed/connection.h"

#include "core/distributed/card_exchange.h"
#include "core/distributed/local_address.h"

#ifndef USE_C10D_GLOO // without it LibTorch's header declares nothing
#define USE_C10D_GLOO
#endif
#include <torch/csrc/distributed/c10d/PrefixStore.hpp>
#include <torch/csrc/distributed/c10d/ProcessGroupGloo.hpp>
#include <torch/csrc/distributed/c10d/TCPStore.hpp>

#include <cstdint>
#include <vector>

namespace circuitloom {

namespace {

/// Newer versions of LibTorch serve the store with libuv unless told otherwise, which not all of their
/// builds have; older ones have no such option.
template <class Options>
void serve_without_libuv(Options& options)
{
    if constexpr (requires { options.useLibUV; })
        options.useLibUV = false;
}

} // namespace

struct Connection::Parts
{
    c10::intrusive_ptr<c10d::Store> store;
    c10::intrusive_ptr<c10d::ProcessGroupGloo> group;
    std::unique_ptr<CardExchange> cards; ///< null where the CPU alone exchanges
    torch::Device card = torch::kCPU;
};

Connection::Connection(const ProcessPlace& place, std::chrono::milliseconds limit)
    : parts_(std::make_unique<Parts>())
{
    c10d::TCPStoreOptions options;
    options.port = static_cast<std::uint16_t>(place.port);
    options.isServer = place.rank == 0;
    options.waitWorkers = false;
    options.timeout = limit;
    serve_without_libuv(options);
    parts_->store = c10::make_intrusive<c10d::PrefixStore>("circuitloom/" + place.job,
        c10::make_intrusive<c10d::TCPStore>(place.address, options));
}

Connection::~Connection() = default;

void Connection::set(const std::string& key, const std::string& value)
{
    parts_->store->set(key, std::vector<std::uint8_t>(value.begin(), value.end()));
}

bool Connection::has(const std::string& key)
{
    return parts_->store->check({ key });
}

std::string Connection::get(const std::string& key)
{
    const auto value = parts_->store->get(key);
    return { value.begin(), value.end() };
}

void Connection::join(const ProcessPlace& place)
{
    const auto options = c10d::ProcessGroupGloo::Options::create(place.patience);
    const auto interface = environment_variable("GLOO_SOCKET_IFNAME");
    options->devices.push_back(interface
            ? c10d::ProcessGroupGloo::createDeviceForInterface(*interface)
            : c10d::ProcessGroupGloo::createDeviceForHostname(address_towards(place.address)));
    parts_->group = c10::make_intrusive<c10d::ProcessGroupGloo>(
        parts_->store, place.rank, place.size, options);
}

void Connection::join_cards(const ProcessPlace& place, torch::Device card)
{
    parts_->cards = circuitloom::join_cards(parts_->store, place, card);
    parts_->card = card;
}

bool Connection::takes(torch::Device device) const
{
    return device.is_cpu() || (parts_->cards && device == parts_->card);
}

void Connection::reduce(torch::Tensor& tensor, Reduction how)
{
    if (tensor.is_cpu())
        reduce_over(*parts_->group, tensor, how);
    else
        parts_->cards->reduce(tensor, how);
}

void Connection::broadcast(torch::Tensor& tensor, int from)
{
    if (tensor.is_cpu())
        broadcast_over(*parts_->group, tensor, from);
    else
        parts_->cards->broadcast(tensor, from);
}

} // namespace circuitloom
