#include "ui/base/core_text.h"

#include <QCoreApplication>

#include <string>

namespace circuitloom::ui {

QString core_text(std::string_view text)
{
    return QCoreApplication::translate("Core", std::string(text).c_str());
}

QString core_text_with_end(std::string_view text)
{
    const QString whole = core_text(text);
    if (whole.toStdString() != text)
        return whole;
    for (std::size_t end = text.rfind(' '); end != text.npos && end > 0;
         end = text.rfind(' ', end - 1)) {
        const std::string key = std::string(text.substr(0, end + 1)) + "%1";
        const QString translated = core_text(key);
        if (translated.toStdString() != key)
            return translated.arg(QString::fromUtf8(text.substr(end + 1)));
    }
    return whole;
}

} // namespace circuitloom::ui
