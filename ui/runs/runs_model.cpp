#include "ui/runs/runs_model.h"

#include <algorithm>

namespace circuitloom::ui {

void RunsModel::set_rows(std::vector<RunRow> rows)
{
    const bool same = std::equal(rows.begin(), rows.end(), rows_.begin(), rows_.end(),
        [](const RunRow& a, const RunRow& b) { return a.summary.id == b.summary.id; });
    if (same) {
        rows_ = std::move(rows);
        if (!rows_.empty())
            Q_EMIT dataChanged(index(0), index(rowCount() - 1));
        return;
    }
    const bool grew = rows.size() > rows_.size()
        && std::equal(rows_.begin(), rows_.end(), rows.begin(),
            [](const RunRow& a, const RunRow& b) { return a.summary.id == b.summary.id; });
    if (grew) {
        beginInsertRows({}, rowCount(), static_cast<int>(rows.size()) - 1);
        rows_ = std::move(rows);
        endInsertRows();
    } else {
        beginResetModel();
        rows_ = std::move(rows);
        endResetModel();
    }
}

int RunsModel::row_of(RunId run) const
{
    const auto found = std::find_if(
        rows_.begin(), rows_.end(), [run](const RunRow& row) { return row.summary.id == run; });
    return found == rows_.end() ? -1 : static_cast<int>(found - rows_.begin());
}

int RunsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

QVariant RunsModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const RunRow& row = rows_[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return QString::fromStdString(row.summary.description.name);
    case Qt::ToolTipRole: {
        QString tip = method_text(row) + u'\n' + state_text(row);
        if (!row.summary.message.empty())
            tip += u'\n' + QString::fromStdString(row.summary.message);
        return tip;
    }
    case Qt::CheckStateRole:
        return row.plotted ? Qt::Checked : Qt::Unchecked;
    case row_role:
        return QVariant::fromValue(row);
    default:
        return {};
    }
}

bool RunsModel::setData(const QModelIndex& index, const QVariant& value, int role)
{
    if (role != Qt::CheckStateRole || !checkIndex(index, CheckIndexOption::IndexIsValid))
        return false;
    RunRow& row = rows_[static_cast<std::size_t>(index.row())];
    row.plotted = value.toInt() == Qt::Checked;
    Q_EMIT dataChanged(index, index, { Qt::CheckStateRole });
    Q_EMIT plotted_changed(row.summary.id, row.plotted);
    return true;
}

Qt::ItemFlags RunsModel::flags(const QModelIndex& index) const
{
    return QAbstractListModel::flags(index) | Qt::ItemIsUserCheckable;
}

} // namespace circuitloom::ui
