#pragma once

#include <QLocale>
#include <QString>

#include <cstdint>

namespace circuitloom::ui {

/// A number of bytes for reading, as in "1.2 GB"; with a point in every language.
inline QString size_text(std::int64_t bytes)
{
    const QLocale locale;
    return locale.formattedDataSize(bytes, 1, QLocale::DataSizeSIFormat)
        .replace(locale.decimalPoint(), QStringLiteral("."));
}

} // namespace circuitloom::ui
