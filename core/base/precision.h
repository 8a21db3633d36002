#pragma once

#include <array>
#include <string_view>

namespace circuitloom {

/// What a model computes in. Metrics and losses are float32 or wider in any case.
enum class Precision
{
    float32,
    float64,
    bfloat16
};
/// In the order of Precision.
inline constexpr std::array<std::string_view, 3> precision_names
    = { "float32", "float64", "bfloat16" };

/// The precision of that name, which is one of precision_names.
constexpr Precision precision_named(std::string_view name)
{
    return name == precision_names[1] ? Precision::float64
        : name == precision_names[2]  ? Precision::bfloat16
                                      : Precision::float32;
}

} // namespace circuitloom
