#include "ui/base/tip_text.h"

#include <QTextDocument>

namespace circuitloom::ui {

QString tip_text(const QString& text)
{
    return Qt::mightBeRichText(text)
        ? QStringLiteral("<span style='white-space:pre-wrap'>%1</span>").arg(text.toHtmlEscaped())
        : text;
}

} // namespace circuitloom::ui
