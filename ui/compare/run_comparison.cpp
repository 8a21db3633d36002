#include "ui/compare/run_comparison.h"

#include "core/analysis/spread.h"
#include "ui/base/measure_text.h"
#include "ui/base/tip_text.h"

#include <QFont>
#include <QStringList>

#include <algorithm>
#include <cmath>

namespace circuitloom::ui {

namespace {

constexpr qsizetype most_listed = 4; // values of a group that a cell lists

QString listed(const QStringList& values)
{
    return values.size() <= most_listed
        ? values.join(QStringLiteral(", "))
        : RunComparison::tr("%n value(s)", nullptr, static_cast<int>(values.size()));
}

} // namespace

RunComparison::Cell RunComparison::cell_of(const RunColumn& column,
    const std::vector<ComparedRun>& runs, const std::vector<std::size_t>& group)
{
    std::vector<double> values;
    QStringList texts;
    for (const std::size_t i : group) {
        if (column.value)
            if (const double value = column.value(runs[i], at_the_end); std::isfinite(value))
                values.push_back(value);
        if (column.text)
            if (const QString text = column.text(runs[i]); !texts.contains(text))
                texts << text;
    }
    if (column.kind == RunColumn::Kind::text)
        return { listed(texts), listed(texts) };
    // What is not known comes last.
    const QVariant sorts = values.empty() ? QVariant() : QVariant(spread_of(values).mean);
    if (column.kind == RunColumn::Kind::listed)
        return { listed(texts), sorts };
    if (values.empty())
        return { QStringLiteral("–"), sorts };
    return { shown_number(spread_text(column.notation, spread_of(values), column.decimals)), sorts };
}

std::vector<RunComparison::Row> RunComparison::rows_of(const std::vector<RunColumn>& columns,
    const std::vector<ComparedRun>& runs, Grouping grouping)
{
    std::vector<Row> rows;
    const QStringList names = names_of(runs);
    for (const ComparedGroup& compared : groups_of(runs, grouping)) {
        const std::vector<std::size_t>& group = compared.members;
        Row row;
        row.color = runs[group.front()].color;
        for (const std::size_t i : group) {
            row.runs.push_back(runs[i].summary.id);
            row.shown = row.shown || runs[i].shown;
        }
        for (const RunColumn& column : columns)
            row.cells.push_back(cell_of(column, runs, group));
        const QString name = group.size() == 1
            ? names[static_cast<qsizetype>(group.front())]
            : tr("%n run(s)", nullptr, static_cast<int>(group.size()));
        row.cells.front() = { name, name };
        rows.push_back(std::move(row));
    }
    return rows;
}

void RunComparison::set_runs(const std::vector<ComparedRun>& runs, Grouping grouping)
{
    std::vector<RunColumn> columns = columns_of(runs);
    std::erase_if(columns, [](const RunColumn& column) { return !column.in_table; });
    std::vector<Row> rows = rows_of(columns, runs, grouping);
    const bool same
        = std::ranges::equal(columns, columns_, {}, &RunColumn::key, &RunColumn::key)
        && std::ranges::equal(rows, rows_, {}, &Row::runs, &Row::runs);
    if (!same)
        beginResetModel();
    columns_ = std::move(columns);
    rows_ = std::move(rows);
    if (!same)
        endResetModel();
    else if (!rows_.empty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}

int RunComparison::row_of(RunId run) const
{
    const auto found = std::ranges::find_if(
        rows_, [run](const Row& row) { return std::ranges::find(row.runs, run) != row.runs.end(); });
    return found == rows_.end() ? -1 : static_cast<int>(found - rows_.begin());
}

int RunComparison::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

int RunComparison::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(columns_.size());
}

QVariant RunComparison::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row& row = rows_[static_cast<std::size_t>(index.row())];
    const Cell& cell = row.cells[static_cast<std::size_t>(index.column())];
    switch (role) {
    case Qt::DisplayRole:
        return cell.text;
    case Qt::ToolTipRole:
        return tip_text(row.shown && index.column() == 0
                ? tr("%1, shown in the window").arg(cell.text)
                : cell.text);
    case Qt::FontRole: {
        QFont bold;
        bold.setBold(true);
        return row.shown && index.column() == 0 ? QVariant(bold) : QVariant();
    }
    case Qt::DecorationRole:
        return index.column() == 0 ? QVariant(row.color) : QVariant();
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(
            columns_[static_cast<std::size_t>(index.column())].kind != RunColumn::Kind::text
                ? Qt::AlignRight | Qt::AlignVCenter
                : Qt::AlignLeft | Qt::AlignVCenter);
    case sort_role:
        return cell.sorts;
    default:
        return {};
    }
}

QVariant RunComparison::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount())
        return {};
    const RunColumn& column = columns_[static_cast<std::size_t>(section)];
    if (role == Qt::DisplayRole)
        return column.title;
    if (role == Qt::AccessibleTextRole)
        return column.full_title;
    if (role == Qt::ToolTipRole)
        return tip_text(column.tip.isEmpty() || column.tip == column.full_title
                ? column.full_title
                : tr("%1: %2").arg(column.full_title, column.tip));
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(
            (column.kind != RunColumn::Kind::text ? Qt::AlignRight : Qt::AlignLeft)
            | Qt::AlignBottom);
    return {};
}

QString table_text(const QAbstractItemModel& table, TableLayout layout)
{
    std::vector<TextColumn> columns;
    for (int column = 0; column < table.columnCount(); ++column) {
        // "after" alone would be no name for a column.
        const auto heading = [&](int role) {
            return table.headerData(column, Qt::Horizontal, role).toString();
        };
        const QString title = heading(Qt::AccessibleTextRole);
        const Qt::Alignment side
            = table.headerData(column, Qt::Horizontal, Qt::TextAlignmentRole).value<Qt::Alignment>();
        columns.push_back({ (title.isEmpty() ? heading(Qt::DisplayRole) : title).toStdString(),
            side.testFlag(Qt::AlignRight) });
    }
    std::vector<std::vector<std::string>> rows;
    for (int row = 0; row < table.rowCount(); ++row) {
        std::vector<std::string>& cells = rows.emplace_back();
        for (int column = 0; column < table.columnCount(); ++column)
            cells.push_back(table.index(row, column).data().toString().toStdString());
    }
    return QString::fromStdString(circuitloom::table_text(columns, rows, layout));
}

} // namespace circuitloom::ui
