#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace circuitloom {

/// Where to compute, as `device` names it.
struct DeviceChoice
{
    enum class Kind { automatic, processor, card };

    Kind kind = Kind::automatic;
    int card = 0; ///< of Kind::card, as CUDA counts the cards, from 0

    bool operator==(const DeviceChoice&) const = default;
};

/// Reads auto, cpu, cuda (the first card) or cuda:N; nothing for any other word.
std::optional<DeviceChoice> device_choice(std::string_view word);
/// What `device` must be, for a sentence about a word that it cannot be.
inline constexpr std::string_view device_choices = "auto, cpu, cuda or cuda:N";

} // namespace circuitloom
