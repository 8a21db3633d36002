#pragma once

#include <torch/types.h>

#include <torch/csrc/distributed/c10d/Types.hpp>

#include <vector>

namespace circuitloom {

/// How the numbers of several processes become one.
enum class Reduction
{
    sum,
    largest
};

/// In place, over all processes of a process group of LibTorch's that takes tensors of this device.
/// Waits for it. Throws what LibTorch throws.
template <class Group>
void reduce_over(Group& group, torch::Tensor& tensor, Reduction how)
{
    std::vector<torch::Tensor> tensors{ tensor };
    c10d::AllreduceOptions options;
    options.reduceOp = how == Reduction::sum ? c10d::ReduceOp::SUM : c10d::ReduceOp::MAX;
    group.allreduce(tensors, options)->wait();
}

/// Likewise, overwrites the tensors of all with that of process `from`.
template <class Group>
void broadcast_over(Group& group, torch::Tensor& tensor, int from)
{
    std::vector<torch::Tensor> tensors{ tensor };
    c10d::BroadcastOptions options;
    options.rootRank = from;
    group.broadcast(tensors, options)->wait();
}

} // namespace circuitloom
