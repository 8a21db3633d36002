#include "ui/runs/runs_model.h"

#include <QStringList>

#include <algorithm>

namespace circuitloom::ui {

namespace {

/// Method, state and figures, as far as there are any.
QStringList described(const RunRow& row)
{
    QStringList texts{ method_text(row), state_text(row), figures_text(row, metric_title(row)) };
    texts.removeAll(QString());
    return texts;
}

} // namespace

void RunsModel::set_rows(std::vector<RunRow> rows)
{
    const auto same
        = static_cast<int>(std::mismatch(rows.begin(), rows.end(), rows_.begin(), rows_.end(),
                               [](const RunRow& a, const RunRow& b) { return a.key() == b.key(); })
                               .first
            - rows.begin());
    const auto more = static_cast<int>(rows.size());
    if (rowCount() > same) {
        beginRemoveRows({}, same, rowCount() - 1);
        rows_.resize(static_cast<std::size_t>(same));
        endRemoveRows();
    }
    if (more > same) {
        beginInsertRows({}, same, more - 1);
        rows_ = std::move(rows);
        endInsertRows();
    } else {
        rows_ = std::move(rows);
    }
    if (same > 0)
        Q_EMIT dataChanged(index(0), index(same - 1));
}

int RunsModel::row_of(const RunKey& key) const
{
    const auto found = std::find_if(
        rows_.begin(), rows_.end(), [&](const RunRow& row) { return row.key() == key; });
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
    case Qt::EditRole:
        return QString::fromStdString(row.summary.description.name);
    case Qt::ToolTipRole: {
        QStringList lines = described(row);
        if (!row.summary.notes.empty())
            lines << QString::fromStdString(row.summary.notes);
        for (QString& line : lines)
            line = line.toHtmlEscaped();
        const QString text = lines.join(QStringLiteral("<br>"));
        return QString(QStringLiteral("<p>") + text + QStringLiteral("</p>")); // wraps
    }
    case Qt::AccessibleDescriptionRole: // what the delegate paints below the name
        return described(row).join(QStringLiteral(", "));
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
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return false;
    RunRow& row = rows_[static_cast<std::size_t>(index.row())];
    if (row.ticket > 0)
        return false;
    if (role == Qt::EditRole) {
        Q_EMIT renamed(row.summary.id, value.toString());
        return true;
    }
    if (role != Qt::CheckStateRole)
        return false;
    row.plotted = value.toInt() == Qt::Checked;
    Q_EMIT dataChanged(index, index, { Qt::CheckStateRole });
    Q_EMIT plotted_changed(row.summary.id, row.plotted);
    return true;
}

Qt::ItemFlags RunsModel::flags(const QModelIndex& index) const
{
    const Qt::ItemFlags flags = QAbstractListModel::flags(index);
    if (!index.isValid() || rows_[static_cast<std::size_t>(index.row())].ticket > 0)
        return flags;
    return flags | Qt::ItemIsUserCheckable | Qt::ItemIsEditable;
}

} // namespace circuitloom::ui
