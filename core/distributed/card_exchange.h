#pragma once

#include "core/distributed/reduction.h"
#include "core/run/process_place.h"

#include <torch/types.h>

#include <torch/csrc/distributed/c10d/Store.hpp>

#include <memory>
#include <string>

namespace circuitloom {

/// What several processes exchange from card to card, without main memory between: LibTorch's
/// ProcessGroupNCCL. Built where CMake finds NCCL's headers beside a LibTorch that has it
/// (with_nccl/); elsewhere (without_nccl/) no card has a name and nothing is ever made.
class CardExchange
{
public:
    virtual ~CardExchange() = default;
    /// `tensor` lies on the card in one piece. As Connection::reduce.
    virtual void reduce(torch::Tensor& tensor, Reduction how) = 0;
    /// Likewise, as Connection::broadcast.
    virtual void broadcast(torch::Tensor& tensor, int from) = 0;
};

/// The version of NCCL, such as 2.30.7; empty where the program is built without.
std::string nccl_version();

/// What tells the card `device` from all others of all machines. Empty where it is no card, where
/// the program is built without NCCL, and where the environment says CIRCUITLOOM_NCCL=off.
std::string card_name(torch::Device device);

/// Joins the others at the store. All must call it at about the same time, each with a card of its
/// own that has a name. None waits longer than `place.patience` for another one in an exchange.
/// Throws what LibTorch throws.
std::unique_ptr<CardExchange> join_cards(
    const c10::intrusive_ptr<c10d::Store>& store, const ProcessPlace& place, torch::Device device);

} // namespace circuitloom
