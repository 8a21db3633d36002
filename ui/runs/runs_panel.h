#pragma once

#include "ui/runs/run_row.h"
#include "ui/theme/theme.h"

#include <QWidget>

#include <optional>
#include <vector>

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
    /// A button for each, as long as it is enabled; the panel does not own them.
    void set_actions(const QList<QAction*>& actions);
    /// Buttons beside what set_queue() says, each as long as it is enabled.
    void set_queue_actions(const QList<QAction*>& actions);
    /// What is said of the runs that wait; empty where none does.
    void set_queue(const QString& text);
    /// The menu of the chosen run.
    void set_menu(const QList<QAction*>& actions);
    /// The row chosen before stays so while it is there; otherwise `current` becomes it.
    void show_rows(std::vector<RunRow> rows, std::optional<RunId> current);
    void select(std::optional<RunId> run);
    /// Null where none is chosen.
    const RunRow* chosen() const;
    const std::vector<RunRow>& rows() const;
    /// Lets the user type another name in the list.
    void rename_chosen();

    QSize sizeHint() const override { return { 232, 400 }; }
    QSize minimumSizeHint() const override { return { 180, 160 }; }

Q_SIGNALS:
    void run_selected(RunId run);
    /// Another row, perhaps one that waits.
    void choice_changed();
    void details_requested();
    void remove_requested();
    void run_requested(const std::string& preset);
    void other_run_requested();

protected:
    bool eventFilter(QObject* object, QEvent* event) override;

private:
    void show_emptiness();
    /// Buttons that trigger the actions, each as long as its action is enabled.
    void add_buttons(QWidget& parent, const QList<QAction*>& actions);
    void choose(const QModelIndex& index);
    void show_chosen();

    RunsModel& model_;
    RunDelegate* delegate_;
    QPushButton* new_run_;
    QListView* list_;
    QLabel* empty_;
    QWidget* queue_; ///< hidden while no run waits
    QLabel* waiting_;
    QWidget* buttons_;
    std::optional<RunKey> chosen_;
    bool quiet_ = false; ///< the list changes by itself, not by the user's hand
};

} // namespace circuitloom::ui
