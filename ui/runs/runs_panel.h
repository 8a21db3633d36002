#pragma once

#include "core/base/ids.h"
#include "ui/theme/theme.h"

#include <QWidget>

#include <optional>

class QAction;
class QLabel;
class QListView;
class QPushButton;

namespace circuitloom::ui {

class RunDelegate;
class RunsModel;

/// The list of runs, the New run button over it and the buttons for the chosen run under it.
class RunsPanel : public QWidget
{
    Q_OBJECT

public:
    explicit RunsPanel(RunsModel& model, QWidget* parent = nullptr);

    void set_theme(const Theme& theme);
    /// What the buttons do; the panel does not own them.
    void set_actions(const QList<QAction*>& actions);
    void select(std::optional<RunId> run);

    QSize sizeHint() const override { return { 232, 400 }; }
    QSize minimumSizeHint() const override { return { 180, 160 }; }

Q_SIGNALS:
    void run_selected(RunId run);
    void run_requested(const std::string& preset);
    void other_run_requested();

private:
    void show_emptiness();

    RunsModel& model_;
    RunDelegate* delegate_;
    QPushButton* new_run_;
    QListView* list_;
    QLabel* empty_;
    QWidget* buttons_;
};

} // namespace circuitloom::ui
