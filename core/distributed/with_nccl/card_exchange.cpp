#include "core/distributed/card_exchange.h"

#ifndef USE_C10D_NCCL // without it LibTorch's header declares nothing
#define USE_C10D_NCCL
#endif
#include <ATen/cuda/CUDAContext.h>
#include <torch/csrc/distributed/c10d/NCCLUtils.hpp>
#include <torch/csrc/distributed/c10d/PrefixStore.hpp>
#include <torch/csrc/distributed/c10d/ProcessGroupNCCL.hpp>

#include <unistd.h>

#include <array>
#include <cstdlib>

namespace circuitloom {

namespace {

std::string machine_name()
{
    std::array<char, 256> name{};
    if (gethostname(name.data(), name.size() - 1) != 0)
        return {};
    return name.data();
}

class NcclExchange : public CardExchange
{
public:
    NcclExchange(const c10::intrusive_ptr<c10d::Store>& store, const ProcessPlace& place,
        torch::Device device)
    {
        // An exchange that takes too long then throws here; otherwise a thread of LibTorch's ends
        // the whole program, before it could store why.
        setenv("TORCH_NCCL_BLOCKING_WAIT", "1", 1);
        const auto options = c10d::ProcessGroupNCCL::Options::create();
        options->timeout = place.patience;
        group_ = c10::make_intrusive<c10d::ProcessGroupNCCL>(
            c10::make_intrusive<c10d::PrefixStore>("nccl", store), place.rank, place.size, options);
        // NCCL connects the cards with the first exchange; better now than within a step.
        torch::Tensor nothing = torch::zeros({ 1 }, torch::TensorOptions(device));
        reduce(nothing, Reduction::sum);
    }

    ~NcclExchange() override
    {
        try {
            group_->abort(); // nothing is under way, or it never ends
        } catch (const std::exception&) {
            // The process is about to leave the others in any case.
        }
    }

    void reduce(torch::Tensor& tensor, Reduction how) override
    {
        reduce_over(*group_, tensor, how);
    }

    void broadcast(torch::Tensor& tensor, int from) override
    {
        broadcast_over(*group_, tensor, from);
    }

private:
    c10::intrusive_ptr<c10d::ProcessGroupNCCL> group_;
};

} // namespace

std::string nccl_version()
{
    return c10d::getNcclVersion();
}

std::string card_name(torch::Device device)
{
    if (!device.is_cuda() || environment_variable("CIRCUITLOOM_NCCL") == "off")
        return {};
    const cudaDeviceProp* card = at::cuda::getDeviceProperties(device.index());
    return machine_name() + "/" + std::to_string(card->pciDomainID) + ":"
        + std::to_string(card->pciBusID) + ":" + std::to_string(card->pciDeviceID);
}

std::unique_ptr<CardExchange> join_cards(
    const c10::intrusive_ptr<c10d::Store>& store, const ProcessPlace& place, torch::Device device)
{
    return std::make_unique<NcclExchange>(store, place, device);
}

} // namespace circuitloom
