#pragma once

#include <QString>

#include <cstdint>

namespace circuitloom::ui {

/// As in "1 node", "3 nodes".
QString nodes_text(std::int64_t count);
/// As in "1 edge", "3 edges".
QString edges_text(std::int64_t count);
/// As in "1 circuit", "3 circuits".
QString circuits_text(std::int64_t count);
/// A large number for reading, as in "12,345", "135 million".
QString count_text(std::int64_t count);

} // namespace circuitloom::ui
