#include "ui/base/spreadsheet_text.h"

#include "core/formats/table_text.h"

namespace circuitloom::ui {

QString spreadsheet_text(const QString& text)
{
    return QString::fromStdString(spreadsheet_cell(text.toStdString()));
}

} // namespace circuitloom::ui
