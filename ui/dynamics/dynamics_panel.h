#pragma once

#include "ui/dynamics/run_scores.h"
#include "ui/panels/panel_context.h"

#include <QTimer>
#include <QWidget>

#include <vector>

class QLabel;
class QStackedWidget;
class QTabBar;
class QToolButton;

namespace circuitloom::ui {

class DynamicsView;

/// How the circuit of the run that is shown changes over its iterations: several views, one at a
/// time, that go to the iterations and select the edges of which they tell. Nothing is read while it
/// is hidden.
class DynamicsPanel : public QWidget
{
    Q_OBJECT

public:
    explicit DynamicsPanel(PanelContext& context, QWidget* parent = nullptr);

    ~DynamicsPanel() override;

    QSize sizeHint() const override { return { 480, 440 }; }

protected:
    void showEvent(QShowEvent* event) override;

private:
    void add_view(const QString& title, const QString& help, DynamicsView* view);
    DynamicsView* shown_view() const;
    void follow();
    void show_view(int index);
    void show_state();

    PanelContext& context_;
    RunScores scores_;
    QTabBar* tabs_;
    QToolButton* views_; ///< a menu of all of them
    QStackedWidget* stack_;
    QLabel* line_;
    QTimer growth_; ///< a run in training has news more often than they are worth drawing
    QString failure_;
};

} // namespace circuitloom::ui
