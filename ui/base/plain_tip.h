#pragma once

#include <QString>

namespace circuitloom::ui {

/// For a tool tip with names from files, in which nothing is markup; line breaks stay.
inline QString plain_tip(const QString& text)
{
    return text.isEmpty()
        ? text
        : QStringLiteral("<span>%1</span>")
              .arg(text.toHtmlEscaped().replace(u'\n', QStringLiteral("<br>")));
}

} // namespace circuitloom::ui
