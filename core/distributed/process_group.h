#pragma once

#include "core/distributed/connection.h"
#include "core/distributed/ranks.h"

#include <cstddef>
#include <optional>
#include <string>

namespace circuitloom {

/// Under which a process says why it has ended, before the steps.
inline constexpr const char* failure_key = "failure";

/// Of what LibTorch says; the others are about its source.
std::string first_line(const std::string& text);

/// The connection of one process of several to the others, as Ranks uses it: what LibTorch throws
/// becomes ProcessLost, with a sentence.
class Ranks::Group
{
public:
    /// `place` must outlive the group. Throws what LibTorch throws.
    explicit Group(const ProcessPlace& place);

    void set(const std::string& key, const std::string& value);
    /// Waits until the key is there. Throws ProcessLost with the reason where a process gave up.
    std::string get(const std::string& key);
    /// Tells the others why this process ends before the steps. The one that keeps the store waits,
    /// though not for long, until they have heard it: without the store they would hear nothing.
    void give_up(const std::string& reason);
    void meet(const std::string& name);
    void join(torch::Device device);
    bool takes(torch::Device device) const { return connection_.takes(device); }
    void supply(Supply* things) { things_ = things; }

    /// What a process says in a round.
    struct Said
    {
        bool busy = false; ///< it has not come to the next exchange
        bool out_of_memory = false;
        std::optional<std::size_t> asks = {}; ///< for this thing
    };
    /// A round: hears what all say, and takes part in giving what any asks for. Whether any is busy.
    /// Throws MemoryElsewhere where another one is out of memory.
    bool round(const Said& mine);
    /// Comes to an exchange, and gives what the others ask for until they have come too.
    void come();
    /// Exchanges, to which all have come.
    void reduce(torch::Tensor& tensor, Reduction how);
    void broadcast(torch::Tensor& tensor, int from);

private:
    void give(std::size_t thing);
    void say_heard();
    std::string here() const;
    template <class Action>
    void attempt(const Action& action);

    const ProcessPlace& place_;
    Connection connection_;
    Supply* things_ = nullptr;
    torch::Tensor said_; ///< by all in the last round
};

} // namespace circuitloom
