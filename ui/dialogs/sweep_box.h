#pragma once

#include "ui/dialogs/sweep_plan.h"

#include <QWidget>

#include <vector>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;
class QVBoxLayout;

namespace circuitloom::ui {

/// Makes several runs of one: settings with the values that they take in turn, and how many seeds
/// each combination of them runs with. At first there is nothing but one seed.
class SweepBox : public QWidget
{
    Q_OBJECT

public:
    explicit SweepBox(QWidget* parent = nullptr);

    std::vector<SweptSetting> swept() const;
    int seeds() const;
    /// Whether it makes more than one run.
    bool is_used() const { return !rows_.empty() || seeds() > 1; }

    /// What the typed values come to: how many runs, of which the file has `made` already, and what
    /// is wrong. `base` has the values that a setting begins with when it is chosen.
    void show_plan(const SweepPlan& plan, const RunConfig& base, std::size_t made);

Q_SIGNALS:
    void edited();

private:
    struct Row
    {
        QWidget* whole = nullptr;
        QComboBox* setting = nullptr;
        QLineEdit* values = nullptr;
        QLabel* help = nullptr;
        QLabel* problem = nullptr;
    };
    void add_row();
    void remove_row(QWidget* whole);
    /// The values that one would begin with: all of a choice, else that of the run.
    void propose_values(const Row& row);

    RunConfig base_;
    std::vector<Row> rows_;
    QVBoxLayout* rows_column_;
    QPushButton* add_;
    QSpinBox* seeds_;
    QLabel* count_;
};

} // namespace circuitloom::ui
