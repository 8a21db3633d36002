#pragma once

#include <QList>
#include <QSortFilterProxyModel>
#include <QStringList>

class QLineEdit;
class QTableView;

namespace circuitloom::ui {

/// The rows of a table in which every word that was typed stands, in whatever case.
class FoundRows : public QSortFilterProxyModel
{
    Q_OBJECT

public:
    /// Looks at the texts of these columns, joined by `between`.
    FoundRows(QList<int> columns, QString between, QObject* parent = nullptr);

    void search(const QString& words);

protected:
    bool filterAcceptsRow(int row, const QModelIndex& parent) const override;

private:
    QList<int> columns_;
    QString between_;
    QStringList words_;
};

/// The line in which the words are typed; its texts and what follows a change are the caller's.
QLineEdit* search_line(FoundRows& rows, QWidget* parent);

/// Shows the rows in a table that is sorted by its headings and whose rows, all of one height, are
/// selected whole.
void show_in_table(QAbstractItemModel& rows, QTableView& table);

/// The selected rows of a table as it is sorted, or all where none is selected, after a line of
/// headings; cells between tabs. In `names` stand words, which a spreadsheet must not take for
/// formulas; in other columns numbers, which get its minus sign.
QString rows_as_tsv(const QTableView& table, const QList<int>& names);

} // namespace circuitloom::ui
