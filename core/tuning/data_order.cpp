#include "core/tuning/data_order.h"

#include <numeric>

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

} // namespace circuitloom
