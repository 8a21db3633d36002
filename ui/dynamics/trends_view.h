#pragma once

#include "ui/dynamics/dynamics_view.h"
#include "ui/dynamics/trend_table.h"

class QLabel;

namespace circuitloom::ui {

/// The edges that were strengthened and weakened, by the size of their mean scores in parts of the
/// run, and those whose scores rise and fall, by the correlation of score and step (dynamics.md);
/// each with what chance gives.
class TrendsView : public DynamicsView
{
    Q_OBJECT

public:
    TrendsView(PanelContext& context, RunScores& scores, QWidget* parent);

    void take_run() override;
    void take_window() override;

protected:
    /// The tables stand side by side where there is room for that.
    void resizeEvent(QResizeEvent* event) override;

private:
    TrendTable* add_table(const QString& object_name, const QString& title, QLabel*& label);
    void show_dynamics();
    TrendRow row_of(EdgeId edge, bool up, const QString& way, const QString& figure) const;

    QLabel* courses_text_ = nullptr;
    QLabel* trends_text_ = nullptr;
    TrendTable* courses_;
    TrendTable* trends_;
};

} // namespace circuitloom::ui
