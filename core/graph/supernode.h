#pragma once

#include <string>
#include <vector>

namespace circuitloom {

/// Nodes that the user looks at as one.
struct Supernode
{
    std::string name; ///< chosen by the user; no two of a file are alike
    std::vector<std::string> members; ///< as drawn: `a2.h4`, `m0.g9`, `m3`, `a2.kv1`
    bool folded = false; ///< drawn as one
    bool operator==(const Supernode&) const = default;
};

} // namespace circuitloom
