#pragma once

#include <QString>

#include <string>
#include <vector>

namespace circuitloom::ui {

inline constexpr int longest_ablation_name = 60; ///< characters

/// A list of what can be switched off, under a name of the user's. It is kept by names, so that it
/// serves every run whose graph has them.
struct NamedAblation
{
    QString name;
    std::vector<std::string> names; ///< as named_edges() takes them
    bool operator==(const NamedAblation&) const = default;
};

} // namespace circuitloom::ui
