#include "ui/base/core_text.h"

#include <QCoreApplication>

#include <string>

namespace circuitloom::ui {

QString core_text(std::string_view text)
{
    return QCoreApplication::translate("Core", std::string(text).c_str());
}

} // namespace circuitloom::ui
