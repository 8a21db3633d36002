#pragma once

#include "core/base/error.h"
#include "core/run/process_place.h"

#include <torch/types.h>

#include <cstdint>
#include <memory>
#include <span>
#include <string>

namespace circuitloom {

/// Another process has ended, failed or not answered in time: the run cannot go on.
class ProcessLost : public ResourceError
{
public:
    using ResourceError::ResourceError;
};

/// Another process has run out of memory in what all do together. All learn of it at the same point,
/// so they can go on from there in another way.
class MemoryElsewhere : public ResourceError
{
public:
    using ResourceError::ResourceError;
};

/// Things that the processes keep apart, each with one of them, numbered from 0: what Ranks gives to
/// the one that asks. Both functions are called on the thread that uses the Ranks.
class Supply
{
public:
    virtual ~Supply() = default;
    virtual std::size_t size() const = 0;
    /// The rank of the process that has it.
    virtual int keeper(std::size_t thing) const = 0;
    /// uint8, of the same size everywhere: the thing, or where it is to come, also in a process that
    /// has not asked for it. In one piece. Must not run out of memory.
    virtual torch::Tensor bytes(std::size_t thing) = 0;
};

/// The processes that tune one model together, as one of them sees it. Before a run they exchange
/// texts, and wait long for one another; from begin() on each does the same in the same order, and
/// waits no longer than ProcessPlace::patience. A process alone does none of this: everything
/// returns at once what it was given. One object belongs to one thread.
///
/// Every call but rank(), size() and alone() throws ProcessLost once the others cannot be reached.
///
/// From begin() on each exchange begins with a round in which all say whether they have come to it.
/// Meanwhile a process may ask() for what another one keeps, any number of times: those that have
/// come give it. So between two exchanges each process works as much as it has to, and asks for
/// what it needs, in any order. A process that has run out of memory says so instead, with
/// say_out_of_memory(): the next ask() or exchange of all others then throws MemoryElsewhere.
class Ranks
{
public:
    /// This process alone.
    Ranks();
    /// Meets the others. Throws ResourceError where they do not come.
    explicit Ranks(const ProcessPlace& place);
    ~Ranks();
    Ranks(const Ranks&) = delete;
    Ranks& operator=(const Ranks&) = delete;
    /// The one that stands for every process alone.
    static const Ranks& none();

    int rank() const { return place_.rank; }
    int size() const { return place_.size; }
    bool alone() const { return place_.size == 1; }
    bool is_first() const { return place_.rank == 0; }
    const ProcessPlace& place() const { return place_; }

    /// Which of `count` things this process takes, where the i-th of them comes from `i`: its
    /// contiguous share [begin, end), which may be empty.
    struct Share
    {
        std::size_t begin = 0;
        std::size_t end = 0;
    };
    Share share_of(std::size_t count) const;
    /// Whether the `index`-th of some things that are dealt out in turn is this process's.
    bool takes(std::size_t index) const
    {
        return index % static_cast<std::size_t>(size()) == static_cast<std::size_t>(rank());
    }
    /// Whether all begin with the `index`-th thing together.
    bool begins_round(std::size_t index) const
    {
        return index % static_cast<std::size_t>(size()) == 0;
    }

    /// Before begin(): the text of the first process, which alone gives it.
    std::string of_first(const std::string& name, const std::string& text);
    /// Tells the others why this process ends, as far as they still wait for begin(); later they
    /// learn by its absence.
    void give_up(const std::string& reason) noexcept;
    /// Before begin(): waits for all to have come here, which is called `name`.
    void meet(const std::string& name);
    /// Waits for all to have come here, and joins them for the steps, in which this process
    /// computes on `device`. Where each has a card of its own, and each was built with NCCL, sum() goes from
    /// card to card; else through main memory.
    void begin(torch::Device device = torch::kCPU);

    /// From begin() on: the sum over all processes, the same bits in each, with the shape, type and
    /// device of `part`. Numbers narrower than float32 are added up in it.
    torch::Tensor sum(const torch::Tensor& part) const;
    /// Likewise, in place.
    void sum(std::span<double> parts) const;
    /// In place: for each place the greatest of all processes.
    void largest(std::span<std::int64_t> values) const;
    /// Whether any of them says so.
    bool any(bool mine) const;
    /// Whether all gave the same.
    bool all_equal(std::uint64_t value) const;
    /// Overwrites `bytes`, of the same size everywhere, with the first process's.
    void broadcast(std::span<std::byte> bytes) const;
    /// Returns once all have come here, without an exchange.
    void agree() const;

    /// What ask() gives from here on, the same things everywhere; null for nothing. It must live
    /// until that.
    void supply(Supply* things) const;
    /// Brings the bytes of a thing from its keeper, which calls it too where it needs the thing.
    void ask(std::size_t thing) const;
    /// In place of what the others are about to exchange.
    void say_out_of_memory() const;

private:
    class Group;

    ProcessPlace place_;
    std::unique_ptr<Group> group_; ///< null in a process alone
};

} // namespace circuitloom
