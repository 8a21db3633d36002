#include "ui/window/window_actions.h"

#include "ui/circuit/circuit_scene.h"
#include "ui/circuit/view_state.h"
#include "ui/runs/presets.h"
#include "ui/window/theme_choice.h"

#include <QAction>
#include <QActionGroup>
#include <QMenu>
#include <QMenuBar>

namespace circuitloom::ui {

WindowActions::WindowActions(QWidget& window, QMenuBar& bar)
    : window_(window)
{
    add_file_menu(bar);
    add_run_menu(bar);
    add_view_menu(bar);
    add_timeline_menu(bar);
    add_help_menu(bar);
}

QAction* WindowActions::add(QMenu* menu, const QString& text, const QKeySequence& keys)
{
    auto* action = new QAction(text, &window_);
    action->setShortcut(keys);
    menu->addAction(action);
    window_.addAction(action);
    return action;
}

void WindowActions::add_file_menu(QMenuBar& bar)
{
    QMenu* menu = bar.addMenu(tr("&File"));
    new_experiment = add(menu, tr("&New experiment"), QKeySequence::New);
    open = add(menu, tr("&Open…"), QKeySequence::Open);
    open_remote = add(menu, tr("O&pen remote…"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_O));
    open_remote->setToolTip(tr("A file on another machine, over your own ssh; it is shown as it grows"));
    recent = menu->addMenu(tr("Open &recent"));
    save_as = add(menu, tr("&Save as…"), QKeySequence(Qt::CTRL | Qt::Key_S));
    compact = add(menu, tr("Co&mpact…"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_K));
    compact->setToolTip(tr("Makes the file as small as what it holds"));
    import_circuits
        = add(menu, tr("&Import circuits…"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_I));
    import_circuits->setToolTip(
        tr("Graph JSON of EAP-IG and log.jsonl of circuit-tuning's repository become runs"));
    import_folder = add(menu, tr("Import a fol&der of circuits…"),
        QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_J));
    import_folder->setToolTip(tr("A file of graph JSON for each step, as EAP-IG writes them"));
    observe = add(menu, tr("O&bserve a series…"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_B));
    observe->setToolTip(
        tr("Checkpoints that others trained, or circuits that they found, become a run"));
    menu->addSeparator();
    export_circuit = add(menu, tr("&Export…"), QKeySequence(Qt::CTRL | Qt::Key_E));
    export_film = add(menu, tr("Export a &film…"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_F));
    export_curves
        = add(menu, tr("Export c&urves…"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_E));
    export_report
        = add(menu, tr("Export repor&t…"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_T));
    copy_circuit = add(
        menu, tr("&Copy the circuit's picture"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C));
    menu->addSeparator();
    settings = add(menu, tr("Settin&gs…"), QKeySequence(Qt::CTRL | Qt::Key_Comma));
    settings->setMenuRole(QAction::PreferencesRole);
    menu->addSeparator();
    quit = add(menu, tr("&Quit"), QKeySequence(Qt::CTRL | Qt::Key_Q));
    quit->setMenuRole(QAction::QuitRole);
}

void WindowActions::add_run_menu(QMenuBar& bar)
{
    QMenu* menu = bar.addMenu(tr("&Run"));
    run_demo = add(menu, tr("Run the &demo"), QKeySequence(Qt::CTRL | Qt::Key_D));
    new_run = menu->addMenu(tr("&New run"));
    new_run->setToolTipsVisible(true);
    int number = 1;
    for (const PresetChoice& preset : preset_choices()) {
        // Ctrl+1 to Ctrl+8, then Ctrl+Alt+1 and so on: Ctrl+9 and Ctrl+0 are the curves' and the
        // texts'.
        const bool alone = number <= 8;
        const auto digit = static_cast<Qt::Key>(Qt::Key_0 + (alone ? number : number - 8));
        const QKeySequence keys(QKeyCombination(alone ? Qt::CTRL : Qt::CTRL | Qt::ALT, digit));
        QAction* action = add(new_run, preset.title, keys);
        action->setData(QString::fromStdString(preset.name));
        action->setToolTip(preset.sentence);
        action->setStatusTip(preset.sentence);
        ++number;
    }
    new_run->addSeparator();
    other_run
        = add(new_run, tr("&Choose everything…"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_N));
    menu->addSeparator();
    pause = add(menu, tr("&Pause"), QKeySequence(Qt::CTRL | Qt::Key_P));
    pause->setCheckable(true);
    pause->setToolTip(tr("The run rests after its next step; once more, and it goes on"));
    stop = add(menu, tr("&Stop"), QKeySequence(Qt::CTRL | Qt::Key_Period));
    go_on = add(menu, tr("R&esume"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_P));
    go_on->setToolTip(tr("The run goes on: where it is paused, or from its last checkpoint"));
    start_waiting
        = add(menu, tr("Start &waiting runs"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_W));
    start_waiting->setIconText(tr("Start"));
    start_waiting->setToolTip(tr("Those that were queued when the file was closed begin in turn"));
    empty_queue = add(menu, tr("Empt&y the queue"), QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_Q));
    empty_queue->setObjectName(QStringLiteral("emptyQueue"));
    empty_queue->setIconText(tr("Empty"));
    empty_queue->setToolTip(tr("Takes out every run that has not begun; the run in training goes on"));
    menu->addSeparator();
    duplicate = add(menu, tr("D&uplicate with changes…"), QKeySequence(Qt::CTRL | Qt::Key_U));
    rename = add(menu, tr("&Rename"), QKeySequence(Qt::Key_F2));
    details = add(menu, tr("Details and n&otes…"), QKeySequence(Qt::CTRL | Qt::Key_I));
    overlay = add(menu, tr("O&verlay its curves"), QKeySequence(Qt::CTRL | Qt::Key_B));
    overlay->setCheckable(true);
    compare = add(menu, tr("Co&mpare"), QKeySequence(Qt::CTRL | Qt::Key_T));
    compare->setToolTip(tr("All runs in a table"));
    consensus = add(
        menu, tr("Consensus of t&he shown runs…"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_U));
    consensus->setToolTip(tr("What the shown runs' last circuits agree on becomes a run; of one run "
                             "alone, what all its circuits agree on"));
    menu->addSeparator();
    remove_run = add(menu, tr("De&lete…"), QKeySequence(Qt::CTRL | Qt::Key_Delete));
    undo_remove = add(menu, tr("U&ndo deleting a run or bookmark"), QKeySequence::Undo);
}

void WindowActions::add_view_menu(QMenuBar& bar)
{
    QMenu* menu = bar.addMenu(tr("&View"));
    themes = new QActionGroup(&window_);
    const auto add_theme = [&](const QString& text, ThemeChoice choice, const QKeySequence& keys) {
        QAction* action = add(menu, text, keys);
        action->setCheckable(true);
        action->setData(static_cast<int>(choice));
        themes->addAction(action);
    };
    add_theme(
        tr("&Light theme"), ThemeChoice::light, QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_L));
    add_theme(tr("&Dark theme"), ThemeChoice::dark, QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_D));
    add_theme(tr("Theme of the &system"), ThemeChoice::system,
        QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Y));
    menu->addSeparator();
    panels = menu->addMenu(tr("&Panels"));
    next_region = add(menu, tr("Ne&xt part of the window"), QKeySequence(Qt::Key_F6));
    previous_region
        = add(menu, tr("Pre&vious part of the window"), QKeySequence(Qt::SHIFT | Qt::Key_F6));
    menu->addSeparator();
    find = add(menu, tr("F&ind in the circuit"), QKeySequence::Find);
    undo_view = add(menu, tr("&Undo view change"), QKeySequence(Qt::ALT | Qt::Key_Left));
    redo_view = add(menu, tr("Re&do view change"), QKeySequence(Qt::ALT | Qt::Key_Right));
    fit = add(menu, tr("&Fit circuit"), QKeySequence(Qt::ALT | Qt::Key_0));
    more_edges = add(menu, tr("&More edges"), QKeySequence(Qt::CTRL | Qt::Key_BracketRight));
    fewer_edges = add(menu, tr("F&ewer edges"), QKeySequence(Qt::CTRL | Qt::Key_BracketLeft));
    QMenu* shapes = menu->addMenu(tr("La&yout"));
    layouts = new QActionGroup(&window_);
    const auto add_layout = [&](const QString& text, LayoutChoice layout, int key) {
        QAction* action = add(
            shapes, text, QKeySequence(QKeyCombination(Qt::ALT, static_cast<Qt::Key>(key))));
        action->setCheckable(true);
        action->setData(static_cast<int>(layout));
        layouts->addAction(action);
    };
    add_layout(tr("&Lattice layout"), LayoutChoice::lattice, Qt::Key_1);
    add_layout(tr("&Dot layout"), LayoutChoice::dot, Qt::Key_2);
    add_layout(tr("&Matrix layout"), LayoutChoice::matrix, Qt::Key_3);
    choose_iteration
        = add(menu, tr("Compare &colours with this iteration"), QKeySequence(Qt::CTRL | Qt::Key_K));
    QMenu* widths = menu->addMenu(tr("Edge &width"));
    width_scales = new QActionGroup(&window_);
    const auto add_width = [&](const QString& text, WidthScale scale) {
        QAction* action = widths->addAction(text);
        action->setCheckable(true);
        action->setChecked(scale == WidthScale::root);
        action->setData(static_cast<int>(scale));
        width_scales->addAction(action);
    };
    add_width(tr("In &proportion to |score|"), WidthScale::linear);
    add_width(tr("By its &root"), WidthScale::root);
    add_width(tr("By its &logarithm"), WidthScale::logarithmic);
    menu->addSeparator();
    reset_zoom = add(menu, tr("Show &all steps in the curves"), QKeySequence(Qt::CTRL | Qt::Key_9));
    curve_table = add(menu, tr("Ta&ble of the curves…"),
        QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_V));
    menu->addSeparator();
    larger_text = add(menu, tr("Lar&ger text"), QKeySequence(Qt::CTRL | Qt::Key_Plus));
    // Without Shift, where plus is above another sign.
    larger_text->setShortcuts({ QKeySequence(Qt::CTRL | Qt::Key_Plus),
        QKeySequence(Qt::CTRL | Qt::Key_Equal) });
    smaller_text = add(menu, tr("Smaller &text"), QKeySequence(Qt::CTRL | Qt::Key_Minus));
    usual_text = add(menu, tr("Text of t&he usual size"), QKeySequence(Qt::CTRL | Qt::Key_0));
    reduce_motion = add(menu, tr("&Reduce motion"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_M));
    reduce_motion->setCheckable(true);
}

void WindowActions::add_timeline_menu(QMenuBar& bar)
{
    QMenu* menu = bar.addMenu(tr("&Timeline"));
    first = add(menu, tr("&First iteration"), QKeySequence(Qt::Key_Home));
    previous = add(menu, tr("&Previous iteration"), QKeySequence(Qt::Key_Left));
    play = add(menu, tr("P&lay or pause"), QKeySequence(Qt::Key_Space));
    next = add(menu, tr("&Next iteration"), QKeySequence(Qt::Key_Right));
    last = add(menu, tr("L&ast iteration, follow training"), QKeySequence(Qt::Key_End));
    previous->setAutoRepeat(true);
    next->setAutoRepeat(true);
    play->setAutoRepeat(false);
    menu->addSeparator();
    faster = add(menu, tr("Fas&ter"), QKeySequence(Qt::CTRL | Qt::Key_Up));
    slower = add(menu, tr("&Slower"), QKeySequence(Qt::CTRL | Qt::Key_Down));
    loop = add(menu, tr("&Repeat"), QKeySequence(Qt::CTRL | Qt::Key_R));
    loop->setCheckable(true);
    start_loop = add(menu, tr("Start loop &here"), QKeySequence(Qt::Key_I));
    end_loop = add(menu, tr("&End loop here"), QKeySequence(Qt::Key_O));
    clear_loop = add(menu, tr("&Clear loop"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_R));
    menu->addSeparator();
    next_mark = add(menu, tr("Ne&xt mark"), QKeySequence(Qt::CTRL | Qt::Key_Right));
    previous_mark = add(menu, tr("Pre&vious mark"), QKeySequence(Qt::CTRL | Qt::Key_Left));
    go_to = add(menu, tr("&Go to iteration or step…"), QKeySequence(Qt::CTRL | Qt::Key_G));
    menu->addSeparator();
    add_bookmark = add(menu, tr("Add &bookmark…"), QKeySequence(Qt::Key_B));
}

void WindowActions::add_help_menu(QMenuBar& bar)
{
    QMenu* menu = bar.addMenu(tr("&Help"));
    documents = add(menu, tr("&Documents"), QKeySequence(Qt::CTRL | Qt::Key_F1));
    shortcuts = add(menu, tr("&Keyboard and mouse"), QKeySequence(Qt::Key_F1));
    copy_diagnostics = add(
        menu, tr("&Copy diagnostics"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_G));
    about = add(menu, tr("&About Circuitloom"), QKeySequence(Qt::SHIFT | Qt::Key_F1));
    about->setMenuRole(QAction::AboutRole);
}

} // namespace circuitloom::ui
