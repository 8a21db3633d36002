#pragma once

#include <QCoreApplication>
#include <QList>
#include <QObject>

class QAction;
class QActionGroup;
class QMenu;
class QMenuBar;
class QWidget;

namespace circuitloom::ui {

/// Every action of the main window and the menus they stand in. The window connects them; they are
/// its children, so their shortcuts work wherever the focus is.
struct WindowActions
{
    Q_DECLARE_TR_FUNCTIONS(WindowActions)

public:
    /// Makes the actions as children of `window` and fills `bar`.
    WindowActions(QWidget& window, QMenuBar& bar);

    QAction* new_experiment;
    QAction* open;
    QAction* open_remote;
    QMenu* recent;
    QAction* save_as;
    QAction* compact; ///< makes the file smaller
    QAction* import_circuits;
    QAction* import_folder;
    QAction* observe;
    QAction* export_circuit;
    QAction* export_film;
    QAction* export_curves;
    QAction* export_report;
    QAction* copy_circuit;
    QAction* settings;
    QAction* quit;

    QAction* run_demo;
    QMenu* new_run; ///< one action a preset, whose data() is the preset's name; then `other_run`
    QAction* other_run; ///< the last in `new_run`: asks for everything
    QAction* pause; ///< pauses or resumes
    QAction* stop;
    QAction* go_on; ///< from the last checkpoint
    QAction* start_waiting; ///< runs that were left waiting
    QAction* empty_queue; ///< no run waits any more
    QAction* duplicate;
    QAction* rename;
    QAction* details;
    QAction* overlay; ///< checkable: the run's curves beside the current one's
    QAction* compare;
    QAction* consensus; ///< of the runs that are shown
    QAction* remove_run;
    QAction* undo_remove;

    QActionGroup* themes; ///< data(): a ThemeChoice
    QMenu* panels; ///< for the docks' own actions
    QAction* next_region; ///< takes the focus to the next part of the window
    QAction* previous_region;
    QAction* find;
    QAction* undo_view;
    QAction* redo_view;
    QAction* fit;
    QAction* more_edges;
    QAction* fewer_edges;
    QAction* reset_zoom;
    QAction* curve_table;
    QAction* larger_text;
    QAction* smaller_text;
    QAction* usual_text;
    QAction* reduce_motion; ///< checkable
    QAction* choose_iteration; ///< colours compare with the iteration shown
    QActionGroup* width_scales; ///< data(): a WidthScale
    QActionGroup* layouts; ///< data(): a LayoutChoice

    QAction* first;
    QAction* previous;
    QAction* play;
    QAction* next;
    QAction* last;
    QAction* faster;
    QAction* slower;
    QAction* loop;
    QAction* start_loop;
    QAction* end_loop;
    QAction* clear_loop;
    QAction* next_mark;
    QAction* previous_mark;
    QAction* go_to; ///< an iteration or a step that is typed
    QAction* add_bookmark;

    QAction* documents;
    QAction* shortcuts;
    QAction* copy_diagnostics;
    QAction* about;

private:
    QAction* add(QMenu* menu, const QString& text, const QKeySequence& keys);
    void add_file_menu(QMenuBar& bar);
    void add_run_menu(QMenuBar& bar);
    void add_view_menu(QMenuBar& bar);
    void add_timeline_menu(QMenuBar& bar);
    void add_help_menu(QMenuBar& bar);

    QWidget& window_;
};

} // namespace circuitloom::ui
