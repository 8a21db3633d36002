#include "core/distributed/ranks.h"

#include "core/distributed/process_group.h"

#include <array>
#include <utility>

namespace circuitloom {

Ranks::Ranks() = default;

Ranks::Ranks(const ProcessPlace& place)
    : place_(place)
{
    if (alone())
        return;
    try {
        group_ = std::make_unique<Group>(place_);
    } catch (const std::exception& cause) {
        throw ResourceError("Process " + std::to_string(rank()) + " of " + std::to_string(size())
            + " did not meet the others at " + place_.address + ", port "
            + std::to_string(place_.port) + ": " + first_line(cause.what())
            + ". MASTER_ADDR and MASTER_PORT say where they meet.");
    }
}

Ranks::~Ranks() = default;

const Ranks& Ranks::none()
{
    static const Ranks alone;
    return alone;
}

Ranks::Share Ranks::share_of(std::size_t count) const
{
    const auto mine = static_cast<std::size_t>(rank());
    const auto all = static_cast<std::size_t>(size());
    return { count * mine / all, count * (mine + 1) / all };
}

std::string Ranks::of_first(const std::string& name, const std::string& text)
{
    if (alone())
        return text;
    if (is_first()) {
        group_->set(name, text);
        return text;
    }
    return group_->get(name);
}

void Ranks::give_up(const std::string& reason) noexcept
{
    try {
        if (group_)
            group_->give_up("Process " + std::to_string(rank()) + " has ended: " + reason);
    } catch (...) {
        // Whoever keeps the store is gone itself.
    }
}

void Ranks::meet(const std::string& name)
{
    if (!alone())
        group_->meet(name);
}

void Ranks::begin(torch::Device device)
{
    if (alone())
        return;
    group_->meet("ready");
    group_->join(device);
}

torch::Tensor Ranks::sum(const torch::Tensor& part) const
{
    if (alone())
        return part;
    const torch::NoGradGuard no_grad;
    const auto type = part.scalar_type() == torch::kFloat64 ? torch::kFloat64 : torch::kFloat32;
    const auto where = group_->takes(part.device()) ? part.device() : torch::Device(torch::kCPU);
    auto whole = part.detach().to(where, type, /*non_blocking=*/false, /*copy=*/true).contiguous();
    group_->come(); // after the copy, for which there may be no memory
    group_->reduce(whole, Reduction::sum);
    return whole.to(part.device(), part.scalar_type());
}

void Ranks::sum(std::span<double> parts) const
{
    if (alone())
        return;
    auto tensor = torch::from_blob(
        parts.data(), { static_cast<std::int64_t>(parts.size()) }, torch::kFloat64);
    group_->come();
    group_->reduce(tensor, Reduction::sum);
}

void Ranks::largest(std::span<std::int64_t> values) const
{
    if (alone())
        return;
    auto tensor = torch::from_blob(
        values.data(), { static_cast<std::int64_t>(values.size()) }, torch::kInt64);
    group_->come();
    group_->reduce(tensor, Reduction::largest);
}

bool Ranks::any(bool mine) const
{
    std::int64_t flag = mine ? 1 : 0;
    largest({ &flag, 1 });
    return flag != 0;
}

bool Ranks::all_equal(std::uint64_t value) const
{
    // The greatest of the complements is the complement of the least.
    std::array<std::int64_t, 2> both{ static_cast<std::int64_t>(value),
        ~static_cast<std::int64_t>(value) };
    largest(both);
    return both[0] == ~both[1];
}

void Ranks::broadcast(std::span<std::byte> bytes) const
{
    if (alone())
        return;
    auto tensor = torch::from_blob(
        bytes.data(), { static_cast<std::int64_t>(bytes.size()) }, torch::kUInt8);
    group_->come();
    group_->broadcast(tensor, 0);
}

void Ranks::agree() const
{
    if (!alone())
        group_->come();
}

void Ranks::supply(Supply* things) const
{
    if (!alone())
        group_->supply(things);
}

void Ranks::ask(std::size_t thing) const
{
    if (!alone())
        group_->round({ .busy = true, .asks = thing });
}

void Ranks::say_out_of_memory() const
{
    if (!alone())
        group_->round({ .out_of_memory = true, .asks = {} });
}

} // namespace circuitloom
