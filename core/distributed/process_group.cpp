#include "core/distributed/process_group.h"

#include "core/distributed/card_exchange.h"

#include <chrono>
#include <set>
#include <thread>

namespace circuitloom {

namespace {

using Clock = std::chrono::steady_clock;
using std::chrono_literals::operator""ms;
using std::chrono_literals::operator""min;

/// Loading a large model takes one process longer than another.
constexpr std::chrono::minutes preparing = 10min;
constexpr std::chrono::milliseconds between_looks = 20ms;
/// How long the store is kept for processes that have not heard yet why another one ended: one of
/// them may be loading the model, or be gone.
constexpr std::chrono::seconds hearing{ 10 };

std::string heard_by(int rank)
{
    return "heard/" + std::to_string(rank);
}

} // namespace

std::string first_line(const std::string& text)
{
    return text.substr(0, text.find('\n'));
}

Ranks::Group::Group(const ProcessPlace& place)
    : place_(place)
    , connection_(place, preparing)
{
}

template <class Action>
void Ranks::Group::attempt(const Action& action)
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

void Ranks::Group::set(const std::string& key, const std::string& value)
{
    attempt([&] { connection_.set(key, value); });
}

std::string Ranks::Group::get(const std::string& key)
{
    std::string value;
    attempt([&] {
        const auto end = Clock::now() + preparing;
        while (!connection_.has(key)) {
            if (connection_.has(failure_key)) {
                const std::string reason = connection_.get(failure_key);
                say_heard();
                throw ProcessLost(reason);
            }
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

void Ranks::Group::give_up(const std::string& reason)
{
    set(failure_key, reason);
    attempt([this] { say_heard(); });
}

void Ranks::Group::say_heard()
{
    connection_.set(heard_by(place_.rank), "");
    if (place_.rank != 0)
        return;
    const auto end = Clock::now() + hearing;
    for (int rank = 1; rank < place_.size; ++rank)
        while (!connection_.has(heard_by(rank)) && Clock::now() < end)
            std::this_thread::sleep_for(between_looks);
}

void Ranks::Group::meet(const std::string& name)
{
    set(name + "/" + std::to_string(place_.rank), "");
    for (int rank = 0; rank < place_.size; ++rank)
        get(name + "/" + std::to_string(rank));
}

void Ranks::Group::join(torch::Device device)
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

bool Ranks::Group::round(const Said& mine)
{
    const std::size_t things = things_ ? things_->size() : 0;
    const auto entries = static_cast<std::int64_t>(things) + 2;
    if (said_.defined() && said_.size(0) == entries) // a process may be out of memory
        said_.zero_();
    else
        said_ = torch::zeros({ entries }, torch::kInt64);
    auto* const busy = said_.data_ptr<std::int64_t>();
    auto* const out_of_memory = busy + 1; // 1 + the rank
    auto* const asked = busy + 2; // one flag for each thing
    *busy = mine.busy;
    if (mine.out_of_memory)
        *out_of_memory = place_.rank + 1;
    if (mine.asks)
        asked[*mine.asks] = 1;
    reduce(said_, Reduction::largest);
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

void Ranks::Group::come()
{
    while (round({})) {
    }
}

void Ranks::Group::reduce(torch::Tensor& tensor, Reduction how)
{
    if (tensor.numel() > 0)
        attempt([&] { connection_.reduce(tensor, how); });
}

void Ranks::Group::broadcast(torch::Tensor& tensor, int from)
{
    if (tensor.numel() > 0)
        attempt([&] { connection_.broadcast(tensor, from); });
}

void Ranks::Group::give(std::size_t thing)
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

std::string Ranks::Group::here() const
{
    return "Process " + std::to_string(place_.rank) + " of " + std::to_string(place_.size);
}

} // namespace circuitloom
