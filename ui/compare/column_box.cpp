#include "ui/compare/column_box.h"

#include <QComboBox>

#include <algorithm>

namespace circuitloom::ui {

QComboBox* column_box(const char* name, const QString& spoken, QWidget* parent)
{
    auto* box = new QComboBox(parent);
    box->setObjectName(QString::fromLatin1(name));
    box->setAccessibleName(spoken);
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setMinimumContentsLength(10);
    return box;
}

int column_like(const std::vector<RunColumn>& columns, const QString& begins, const QString& ends)
{
    const auto found = std::ranges::find_if(columns, [&](const RunColumn& column) {
        return column.key.startsWith(begins) && column.key.endsWith(ends);
    });
    return found == columns.end() ? -1 : static_cast<int>(found - columns.begin());
}

} // namespace circuitloom::ui
