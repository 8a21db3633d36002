#pragma once

#include <QLocale>
#include <QString>

#include <cstdint>

namespace circuitloom::ui {

/// A number of bytes for reading, as in "1.2 GB".
inline QString size_text(std::int64_t bytes)
{
    return QLocale().formattedDataSize(bytes, 1, QLocale::DataSizeSIFormat);
}

} // namespace circuitloom::ui
