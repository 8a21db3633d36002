#pragma once

#include <optional>
#include <span>

namespace circuitloom {

/// How far the parameters of a node moved: ‖after − before‖ / ‖before‖, Frobenius norms over all
/// its slices (of W_Q, its bias, …), which are added one at a time.
class ParameterDrift
{
public:
    /// One slice at two moments. Throws Error where the sizes differ.
    void add(std::span<const float> before, std::span<const float> after);
    void add(std::span<const double> before, std::span<const double> after);

    /// 0 where nothing moved; empty where something moved away from nothing but zeros.
    std::optional<double> relative() const;
    /// ‖after − before‖
    double absolute() const;
    /// ‖before‖
    double before() const;
    /// The slices of `other` too.
    ParameterDrift& operator+=(const ParameterDrift& other);

private:
    template <class Number>
    void add_numbers(std::span<const Number> before, std::span<const Number> after);

    double change_ = 0; ///< sums of squares
    double squares_before_ = 0;
};

} // namespace circuitloom
