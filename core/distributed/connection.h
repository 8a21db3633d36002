#pragma once

#include "core/run/process_place.h"

#include <torch/types.h>

#include <chrono>
#include <memory>
#include <string>

namespace circuitloom {

/// LibTorch's own means for processes to speak with one another: a TCPStore, which the first one
/// keeps, for what happens before a run, and a ProcessGroupGloo for its steps. The only place that
/// knows them. Throws what LibTorch throws.
class Connection
{
public:
    enum class Reduction
    {
        sum,
        largest
    };

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
    /// `tensor` lies on the CPU in one piece.
    void reduce(torch::Tensor& tensor, Reduction how);
    /// Overwrites the tensors of all with the first one's.
    void broadcast(torch::Tensor& tensor);

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

} // namespace circuitloom
