#include "core/tuning/data_order.h"

#include "core/base/error.h"

#include <algorithm>
#include <numeric>
#include <string>

namespace circuitloom {

DataOrder::DataOrder(std::size_t examples, std::uint64_t seed)
    : order_(examples)
    , random_(seed)
{
    std::iota(order_.begin(), order_.end(), std::size_t{ 0 });
    random_.shuffle(order_);
}

std::vector<std::size_t> DataOrder::next(std::size_t batch)
{
    std::vector<std::size_t> chosen;
    chosen.reserve(batch);
    while (chosen.size() < batch) {
        if (position_ == order_.size()) {
            random_.shuffle(order_);
            position_ = 0;
        }
        chosen.push_back(order_[position_++]);
    }
    return chosen;
}

void DataOrder::save(TrainingState& state) const
{
    const std::vector<std::int64_t> order(order_.begin(), order_.end());
    save_numbers(state, "data.order", order);
    state.values["data"] = { { "position", position_ }, { "random", random_.state() } };
}

void DataOrder::restore(const TrainingState& state)
{
    const auto order = saved_numbers<std::int64_t>(state, "data.order");
    const auto& data = state.value("data");
    const auto position = data.at("position").get<std::size_t>();
    if (order.size() != order_.size())
        throw ResourceError("The checkpoint is of a task with " + std::to_string(order.size())
            + " examples, but the task has " + std::to_string(order_.size())
            + " now: its file has changed.");
    const auto examples = static_cast<std::int64_t>(order.size());
    if (position > order.size() || std::ranges::any_of(order, [examples](std::int64_t i) {
            return i < 0 || i >= examples;
        }))
        throw ResourceError("The checkpoint is damaged: its order of examples is none.");
    order_.assign(order.begin(), order.end());
    position_ = position;
    random_.restore(data.at("random").get<Random::State>());
}

} // namespace circuitloom
