#pragma once

#include "ui/base/background.h"
#include "ui/compare/run_comparison.h"
#include "ui/theme/theme.h"

#include <QDialog>
#include <QSortFilterProxyModel>

class QComboBox;
class QLabel;
class QTableView;

namespace circuitloom::ui {

class ScatterPage;
class SweepPage;
struct SweepChart;

/// All runs of the experiment compared: as a table, run by run or grouped over seeds, as a plot of
/// two measures, and by the values of a setting that was swept. It stays open beside the main window and follows which run is shown there.
class ComparisonDialog : public QDialog
{
    Q_OBJECT

public:
    explicit ComparisonDialog(QWidget* parent = nullptr);

    void show_runs(const std::vector<ComparedRun>& runs);
    void set_theme(const Theme& theme);
    /// What is shown, in one of the layouts.
    QString text(TableLayout layout) const;
    /// In the layout that the file's ending says: .csv, .tsv, .md or .tex.
    void save(const QString& file);

Q_SIGNALS:
    void run_chosen(RunId run);
    void sweep_picture_requested(const SweepChart& chart);

private:
    QWidget* table_page();
    QWidget* bottom_row();
    /// What can be done on the tab, by its place.
    void show_hint(int tab);
    void refresh();
    void ask_file();

    std::vector<ComparedRun> runs_;
    RunComparison comparison_;
    QSortFilterProxyModel sorted_;
    QComboBox* grouping_;
    QTableView* table_;
    ScatterPage* scatter_;
    SweepPage* sweep_;
    QLabel* hint_;
    Background saving_; // last, so that it ends first
};

} // namespace circuitloom::ui
