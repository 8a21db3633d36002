#pragma once

#include "ui/compare/run_comparison.h"

#include <QDialog>
#include <QSortFilterProxyModel>

class QTableView;

namespace circuitloom::ui {

/// The table that compares the runs of an experiment; it stays open beside the main window.
class ComparisonDialog : public QDialog
{
    Q_OBJECT

public:
    explicit ComparisonDialog(QWidget* parent = nullptr);

    void show_runs(const std::vector<ComparedRun>& runs);

Q_SIGNALS:
    void run_chosen(RunId run);

private:
    void copy(QChar separator);

    RunComparison comparison_;
    QSortFilterProxyModel sorted_;
    QTableView* table_;
};

} // namespace circuitloom::ui
