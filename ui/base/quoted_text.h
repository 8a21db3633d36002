#pragma once

#include <QCoreApplication>
#include <QString>

namespace circuitloom::ui {

/// A name or a piece of text between the quotation marks of the user's language.
inline QString quoted_text(const QString& text)
{
    return QCoreApplication::translate("QuotedText", "“%1”").arg(text);
}

} // namespace circuitloom::ui
