#pragma once

#include <QString>

#include <filesystem>

namespace circuitloom::ui {

inline std::filesystem::path path_of(const QString& file)
{
    return std::filesystem::path(file.toStdU16String());
}

} // namespace circuitloom::ui
