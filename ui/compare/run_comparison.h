#pragma once

#include "core/formats/table_text.h"
#include "ui/compare/run_columns.h"
#include "ui/compare/run_groups.h"

#include <QAbstractTableModel>
#include <QColor>

#include <vector>

namespace circuitloom::ui {

/// Runs side by side, a row each, or a row for each group of them: how they were made, the settings
/// in which they differ, each measure before and after, the share of the parameters that could
/// change, the time. Groups have mean ± standard deviation over their runs. Measures that any of the
/// runs has are columns.
class RunComparison : public QAbstractTableModel
{
    Q_OBJECT

public:
    /// What sorts: a number, or a text.
    static constexpr int sort_role = Qt::UserRole;

    using QAbstractTableModel::QAbstractTableModel;

    /// Where rows and measures are as before, only values change.
    void set_runs(const std::vector<ComparedRun>& runs, Grouping grouping = Grouping::none);
    /// The run of a row; the first of a group.
    RunId run(int row) const { return rows_[static_cast<std::size_t>(row)].runs.front(); }
    /// The row that has the run; -1 for none.
    int row_of(RunId run) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Cell
    {
        QString text;
        QVariant sorts;
    };
    struct Row
    {
        std::vector<RunId> runs;
        QColor color;
        bool shown = false; ///< the run in the window is one of them
        std::vector<Cell> cells;
    };
    static Cell cell_of(const RunColumn& column, const std::vector<ComparedRun>& runs,
        const std::vector<std::size_t>& group);
    static std::vector<Row> rows_of(const std::vector<RunColumn>& columns,
        const std::vector<ComparedRun>& runs, Grouping grouping);

    std::vector<RunColumn> columns_;
    std::vector<Row> rows_;
};

/// What is shown, with a line of headings.
QString table_text(const QAbstractItemModel& table, TableLayout layout);

} // namespace circuitloom::ui
