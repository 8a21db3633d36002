#include "ui/base/file_path.h"

#include "core/base/utf8.h"

#include <algorithm>
#include <string>

namespace circuitloom::ui {

namespace {

constexpr char16_t first_escape = 0xDC80;
constexpr char16_t last_escape = 0xDCFF;

/// The bytes of the character at the beginning of `name`; 0 where there is none.
std::size_t character_length(std::string_view name)
{
    for (std::size_t length = 1; length <= std::min<std::size_t>(4, name.size()); ++length)
        if (is_valid_utf8(name.substr(0, length)))
            return length;
    return 0;
}

} // namespace

QString file_text(std::string_view name)
{
    QString text;
    while (!name.empty()) {
        const std::size_t length = character_length(name);
        if (length > 0)
            text += QString::fromUtf8(name.data(), static_cast<qsizetype>(length));
        else
            text += QChar(static_cast<char16_t>(0xDC00 + static_cast<unsigned char>(name.front())));
        name.remove_prefix(std::max<std::size_t>(1, length));
    }
    return text;
}

std::filesystem::path path_of(const QString& file)
{
    std::string name;
    for (qsizetype i = 0; i < file.size(); ++i) {
        const char16_t unit = file[i].unicode();
        const bool pair = file[i].isHighSurrogate() && i + 1 < file.size()
            && file[i + 1].isLowSurrogate();
        if (!pair && unit >= first_escape && unit <= last_escape)
            name += static_cast<char>(unit & 0xFF);
        else
            name += file.mid(i, pair ? 2 : 1).toUtf8().toStdString();
        i += pair ? 1 : 0;
    }
    return name;
}

} // namespace circuitloom::ui
