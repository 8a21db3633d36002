#pragma once

#include "core/base/random.h"
#include "core/tuning/training_state.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace circuitloom {

/// Which examples a batch takes: every example once per epoch, in an order drawn anew for each.
class DataOrder
{
public:
    /// `examples` must be positive.
    DataOrder(std::size_t examples, std::uint64_t seed);
    std::vector<std::size_t> next(std::size_t batch);

    /// Throws ResourceError where the state is of another number of examples.
    void save(TrainingState& state) const;
    void restore(const TrainingState& state);

private:
    std::vector<std::size_t> order_;
    std::size_t position_ = 0;
    Random random_;
};

} // namespace circuitloom
