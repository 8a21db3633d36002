#pragma once

#include <algorithm>
#include <string_view>

namespace circuitloom {

/// The enumerator that stands at the place of `name`, which is one of `names`.
template <class Choice>
Choice choice_of(std::string_view name, const auto& names)
{
    return static_cast<Choice>(std::ranges::find(names, name) - names.begin());
}

} // namespace circuitloom
