#pragma once

#include "core/store/records.h"
#include "ui/session/curve_data.h"

#include <QAbstractTableModel>
#include <QColor>

#include <memory>
#include <vector>

namespace circuitloom::ui {

/// A run with what a comparison says of it.
struct ComparedRun
{
    RunSummary summary;
    QColor color;
    std::shared_ptr<const CurveData> curves;
    double seconds_per_step = 0; ///< not a number where it is not known
};

/// Runs side by side, a row each: how they were made, each measure before and after, the share of
/// the parameters that could change, the time. Measures that any of the runs has are columns.
class RunComparison : public QAbstractTableModel
{
    Q_OBJECT

public:
    /// What sorts: a number, or a text.
    static constexpr int sort_role = Qt::UserRole;

    using QAbstractTableModel::QAbstractTableModel;

    /// Where runs and measures are as before, only values change.
    void set_runs(const std::vector<ComparedRun>& runs);
    /// The run of a row.
    RunId run(int row) const { return rows_[static_cast<std::size_t>(row)].run; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Column
    {
        QString title;
        QString tip;
        bool number = true;
        QString full_title = {}; ///< where `title` needs the column before
    };
    struct Cell
    {
        QString text;
        QVariant sorts;
    };
    struct Row
    {
        RunId run;
        QColor color;
        std::vector<Cell> cells;
    };
    static std::vector<Column> columns_of(const std::vector<ComparedRun>& runs);
    static std::vector<Row> rows_of(const std::vector<ComparedRun>& runs);

    std::vector<Column> columns_;
    std::vector<Row> rows_;
};

/// What is shown, with a header line, its columns parted by `separator`: a comma gives CSV, where
/// what needs it is quoted; a tab TSV.
QString table_text(const QAbstractItemModel& table, QChar separator);

} // namespace circuitloom::ui
