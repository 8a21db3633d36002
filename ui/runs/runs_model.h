#pragma once

#include "ui/runs/run_row.h"

#include <QAbstractListModel>

namespace circuitloom::ui {

/// The runs of the open experiment in the order of their creation, then those that wait.
class RunsModel : public QAbstractListModel
{
    Q_OBJECT

public:
    /// The RunRow of an index; Qt::CheckStateRole is whether its curves are shown.
    static constexpr int row_role = Qt::UserRole;

    using QAbstractListModel::QAbstractListModel;

    /// The rows up to the first whose key is another stay what they are, selected for instance.
    void set_rows(std::vector<RunRow> rows);
    const std::vector<RunRow>& rows() const { return rows_; }
    /// -1 where it is not there.
    int row_of(const RunKey& key) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

Q_SIGNALS:
    void plotted_changed(RunId run, bool plotted);
    void renamed(RunId run, const QString& name);

private:
    std::vector<RunRow> rows_;
};

} // namespace circuitloom::ui
