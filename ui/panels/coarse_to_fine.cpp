#include "ui/panels/coarse_to_fine.h"

#include <algorithm>
#include <bit>

namespace circuitloom::ui {

std::vector<int> coarse_to_fine(int count)
{
    std::vector<int> order;
    if (count <= 0)
        return order;
    std::vector<bool> taken(static_cast<std::size_t>(count));
    const auto take = [&](int number) {
        if (taken[static_cast<std::size_t>(number)])
            return;
        taken[static_cast<std::size_t>(number)] = true;
        order.push_back(number);
    };
    take(0);
    take(count - 1);
    for (auto step = std::bit_floor(static_cast<unsigned>(count)); step > 0; step /= 2)
        for (unsigned number = 0; number < static_cast<unsigned>(count); number += step)
            take(static_cast<int>(number));
    return order;
}

} // namespace circuitloom::ui
