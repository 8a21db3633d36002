#pragma once

#include "ui/curves/curve_table.h"

#include <QDialog>

class QLabel;
class QTableView;

namespace circuitloom::ui {

/// The curves of some runs in numbers, as they were when it was opened: sorted by any column,
/// searched by words that names and steps have, copied.
class CurveTableDialog : public QDialog
{
    Q_OBJECT

public:
    explicit CurveTableDialog(std::span<const PlottedRun> runs, QWidget* parent = nullptr);

    /// See rows_as_tsv().
    QString copied_text() const;

    QSize sizeHint() const override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void show_count();

    CurveTable curves_;
    QTableView* table_;
    QLabel* count_;
};

} // namespace circuitloom::ui
