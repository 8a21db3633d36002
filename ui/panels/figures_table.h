#pragma once

#include <QTableWidget>

namespace circuitloom::ui {

/// A table of figures in a panel that scrolls: nothing to edit, and as high as all of its rows. Its
/// first column leaves the others the room they need, as far as it can.
class FiguresTable : public QTableWidget
{
    Q_OBJECT

public:
    FiguresTable(const QString& name, const QStringList& columns, QWidget* parent);

    /// Once the rows are others: makes each column as wide as its texts, and the table as high as
    /// they are.
    void fit();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void fit_columns();
};

} // namespace circuitloom::ui
