#pragma once

#include <QTableWidget>

namespace circuitloom::ui {

/// A table of figures in a panel that scrolls: nothing to edit, and as high as all of its rows.
class FiguresTable : public QTableWidget
{
    Q_OBJECT

public:
    FiguresTable(const QString& name, const QStringList& columns, QWidget* parent);

    /// Once the rows are others: makes each column as wide as its texts, and the table as high as
    /// they are.
    void fit();
};

} // namespace circuitloom::ui
