#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace circuitloom {

/// The names of a table's rows, in its order, for a command line or a message.
template <class Row, std::size_t count>
constexpr std::array<std::string_view, count> names_of(const std::array<Row, count>& rows)
{
    std::array<std::string_view, count> names{};
    for (std::size_t i = 0; i < count; ++i)
        names[i] = rows[i].name;
    return names;
}

/// As in "eap, eap-ig or exact".
std::string alternatives(std::span<const std::string_view> names);

} // namespace circuitloom
