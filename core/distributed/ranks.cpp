#include "core/distributed/ranks.h"

#include "core/distributed/card_exchange.h"
#include "core/distributed/connection.h"

#include <array>
#include <optional>
#include <set>
#include <thread>
#include <utility>
#include <vector>

namespace circuitloom {

namespace {

using Clock = std::chrono::steady_clock;
using std::chrono_literals::operator""ms;
using std::chrono_literals::operator""min;

/// Loading a large model takes one process longer than another.
constexpr std::chrono::minutes preparing = 10min;
constexpr std::chrono::milliseconds between_looks = 20ms;
constexpr const char* failure_key = "failure";

std::string first_line(const std::string& text)
{
    return text.substr(0, text.find('\n'));
}

} // namespace

class Ranks::Group
{
public:
    explicit Group(const ProcessPlace& place)
        : place_(place)
        , connection_(place, preparing)
    {
    }

    void set(const std::string& key, const std::string& value)
    {
        attempt([&] { connection_.set(key, value); });
    }

    /// Waits until the key is there.
    std::string get(const std::string& key)
    {
        std::string value;
        attempt([&] {
            const auto end = Clock::now() + preparing;
            while (!connection_.has(key)) {
                if (connection_.has(failure_key))
                    throw ProcessLost(connection_.get(failure_key));
                if (Clock::now() > end)
                    throw ProcessLost(here() + " waited "
                        + std::to_string(preparing.count())
                        + " minutes for another one to read its model and task or to open the file"
                        + (place_.job.empty() ? "" : ", or it belongs to another job than this one")
                        + ". See what that one says, and start them again.");
                std::this_thread::sleep_for(between_looks);
            }
            value = connection_.get(key);
        });
        return value;
    }

    void meet(const std::string& name)
    {
        set(name + "/" + std::to_string(place_.rank), "");
        for (int rank = 0; rank < place_.size; ++rank)
            get(name + "/" + std::to_string(rank));
    }

    void join(torch::Device device)
    {
        const std::string card = card_name(device);
        set("card/" + std::to_string(place_.rank), card);
        std::set<std::string> cards;
        for (int rank = 0; rank < place_.size; ++rank)
            cards.insert(get("card/" + std::to_string(rank)));
        const bool one_each = cards.size() == static_cast<std::size_t>(place_.size);
        attempt([&] {
            connection_.join(place_);
            if (one_each && !cards.contains(""))
                connection_.join_cards(place_, device);
        });
    }

    bool takes(torch::Device device) const { return connection_.takes(device); }

    void supply(Supply* things) { things_ = things; }

    /// What a process says in a round.
    struct Said
    {
        bool busy = false; ///< it has not come to the next exchange
        bool out_of_memory = false;
        std::optional<std::size_t> asks; ///< for this thing
    };

    /// A round: hears what all say, and takes part in giving what any asks for. Whether any is busy.
    /// Throws MemoryElsewhere where another one is out of memory.
    bool round(const Said& mine)
    {
        const std::size_t things = things_ ? things_->size() : 0;
        auto said = torch::zeros({ static_cast<std::int64_t>(things) + 2 }, torch::kInt64);
        auto* const busy = said.data_ptr<std::int64_t>();
        auto* const out_of_memory = busy + 1; // 1 + the rank
        auto* const asked = busy + 2; // one flag for each thing
        *busy = mine.busy;
        if (mine.out_of_memory)
            *out_of_memory = place_.rank + 1;
        if (mine.asks)
            asked[*mine.asks] = 1;
        reduce(said, Reduction::largest);
        if (*out_of_memory != 0) {
            if (!mine.out_of_memory)
                throw MemoryElsewhere("There is not enough memory in process "
                    + std::to_string(*out_of_memory - 1) + ".");
            return false;
        }
        for (std::size_t thing = 0; thing < things; ++thing)
            if (asked[thing] != 0)
                give(thing);
        return *busy != 0;
    }

    /// Comes to an exchange, and gives what the others ask for until they have come too.
    void come()
    {
        while (round({})) {
        }
    }

    void reduce(torch::Tensor& tensor, Reduction how)
    {
        if (tensor.numel() > 0)
            attempt([&] { connection_.reduce(tensor, how); });
    }

    void broadcast(torch::Tensor& tensor, int from)
    {
        if (tensor.numel() > 0)
            attempt([&] { connection_.broadcast(tensor, from); });
    }

private:
    void give(std::size_t thing)
    {
        const int keeper = things_->keeper(thing);
        torch::Tensor bytes = things_->bytes(thing);
        if (takes(bytes.device())) {
            broadcast(bytes, keeper);
            return;
        }
        auto on_host = keeper == place_.rank ? bytes.to(torch::kCPU)
                                             : torch::empty(bytes.sizes(), torch::kUInt8);
        broadcast(on_host, keeper);
        if (keeper != place_.rank)
            bytes.copy_(on_host);
    }

    std::string here() const
    {
        return "Process " + std::to_string(place_.rank) + " of " + std::to_string(place_.size);
    }

    template <class Action>
    void attempt(const Action& action)
    {
        try {
            action();
        } catch (const Error&) {
            throw;
        } catch (const std::exception& cause) {
            throw ProcessLost(here() + " cannot reach the others any more, or has waited "
                + std::to_string(place_.patience.count())
                + " seconds for them: one has ended, stands still, or the connection is cut ("
                + first_line(cause.what())
                + "). What the run stored is kept, and resume goes on from its latest checkpoint.");
        }
    }

    const ProcessPlace& place_;
    Connection connection_;
    Supply* things_ = nullptr;
};

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
            group_->set(failure_key,
                "Process " + std::to_string(rank()) + " has ended: " + reason);
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
