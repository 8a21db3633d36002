#pragma once

#include "core/store/columns.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace circuitloom {

/// The columns of a run that say which process writes it. They hold on one machine only, so no mirror
/// is sent them, and none takes them. Internal to core/store.
inline constexpr std::array writer_columns{ column::writer_process, column::writer_started,
    column::writer_boot };

inline bool is_of_writer(std::string_view table, std::string_view column)
{
    return table == table::run.name
        && std::ranges::find(writer_columns, column) != writer_columns.end();
}

} // namespace circuitloom
