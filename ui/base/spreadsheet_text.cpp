#include "ui/base/spreadsheet_text.h"

namespace circuitloom::ui {

QString spreadsheet_text(const QString& text)
{
    if (text.isEmpty() || !QStringLiteral("=+-@\t\r").contains(text.front()))
        return text;
    bool number = false;
    QString(text).remove(u'%').trimmed().toDouble(&number);
    return number ? text : QString(u'\'' + text);
}

} // namespace circuitloom::ui
