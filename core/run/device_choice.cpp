#include "core/run/device_choice.h"

#include <charconv>

namespace circuitloom {

std::optional<DeviceChoice> device_choice(std::string_view word)
{
    using Kind = DeviceChoice::Kind;
    constexpr std::string_view card = "cuda:";
    if (word == "auto")
        return DeviceChoice{ Kind::automatic, 0 };
    if (word == "cpu")
        return DeviceChoice{ Kind::processor, 0 };
    if (word == "cuda")
        return DeviceChoice{ Kind::card, 0 };
    if (!word.starts_with(card))
        return std::nullopt;
    word.remove_prefix(card.size());
    DeviceChoice choice{ Kind::card, 0 };
    const auto [end, error] = std::from_chars(word.begin(), word.end(), choice.card);
    // LibTorch numbers devices in a byte.
    if (error != std::errc() || end != word.end() || choice.card < 0 || choice.card > 127)
        return std::nullopt;
    return choice;
}

} // namespace circuitloom
