#pragma once

#include <QStringList>
#include <QTableWidget>

#include <vector>

namespace circuitloom::ui {

/// A table of figures in a panel that scrolls: nothing to edit, and as high as all of its rows. Its
/// first column leaves the others the room they need, as far as it can. Ctrl+C and the menu copy
/// the selected rows, or all where none is, as tab-separated text below the columns' names.
class FiguresTable : public QTableWidget
{
    Q_OBJECT

public:
    FiguresTable(const QString& name, const QStringList& columns, QWidget* parent);

    /// Shows these rows, the first text of each naming it, and fits the table to them. What is
    /// selected stays.
    void set_rows(const std::vector<QStringList>& rows);
    /// What is copied.
    QString copied_text() const;
    /// Once the rows are others: makes each column as wide as its texts, and the table as high as
    /// they are.
    void fit();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void copy() const;
    void fit_columns();
};

} // namespace circuitloom::ui
