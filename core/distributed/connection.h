#pragma once

#include "core/distributed/reduction.h"
#include "core/run/process_place.h"

#include <torch/types.h>

#include <chrono>
#include <memory>
#include <string>

namespace circuitloom {

/// LibTorch's own means for processes to speak with one another: a TCPStore, which the first one
/// keeps, for what happens before a run, and for its steps a ProcessGroupGloo, beside it a
/// ProcessGroupNCCL where every process has a card of its own. Throws what LibTorch throws.
class Connection
{
public:
    /// Meets the store, or opens it. Waits as long as `limit`. LibTorch's store listens on every
    /// interface, so whatever it is asked or told stands under the name of the job.
    Connection(const ProcessPlace& place, std::chrono::milliseconds limit);
    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    void set(const std::string& key, const std::string& value);
    bool has(const std::string& key);
    /// Of a key that is there.
    std::string get(const std::string& key);

    /// Joins the group. All must call it at about the same time, and then call the others in the
    /// same order. None waits longer for another one than `patience`.
    void join(const ProcessPlace& place);
    /// After join(), likewise: tensors on `card` are exchanged from there on as well. Each process
    /// gives a card of its own that has a card_name().
    void join_cards(const ProcessPlace& place, torch::Device card);
    /// Whether reduce() takes tensors that lie there.
    bool takes(torch::Device device) const;
    /// `tensor` lies in one piece, on the CPU or where takes() says.
    void reduce(torch::Tensor& tensor, Reduction how);
    /// Overwrites the tensors of all with that of process `from`. As reduce().
    void broadcast(torch::Tensor& tensor, int from);

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

} // namespace circuitloom
