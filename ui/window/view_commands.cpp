#include "ui/window/view_commands.h"

#include "ui/circuit/circuit_panel.h"
#include "ui/curves/curves_panel.h"
#include "ui/settings/preference_store.h"
#include "ui/window/window_actions.h"

#include <QAction>
#include <QActionGroup>
#include <QStyle>
#include <QWidget>

namespace circuitloom::ui {

namespace {

constexpr int edges_at_once = 5;

/// Styles that know of the desktop's setting animate nothing then; Qt has no other word for it.
bool desktop_reduces_motion(const QStyle& style)
{
    return style.styleHint(QStyle::SH_Widget_Animation_Duration) <= 0;
}

} // namespace

ViewCommands::ViewCommands(QWidget& window, CircuitPanel& circuit, CurvesPanel& curves,
    PreferenceStore& preferences, const WindowActions& actions)
    : QObject(&window)
    , window_(window)
    , circuit_(circuit)
    , preferences_(preferences)
    , actions_(actions)
{
    connect_actions(curves);
    connect(&circuit_.view()->circuit(), &ViewedCircuit::state_changed, this,
        &ViewCommands::show_state);
    show_state();
    connect(actions_.reduce_motion, &QAction::triggered, this, [this](bool reduces) {
        preferences_.change([reduces](Preferences& wanted) {
            wanted.motion = reduces ? Motion::reduced : Motion::full;
        });
    });
    connect(
        &preferences_, &PreferenceStore::changed, this, &ViewCommands::reduce_motion_as_preferred);
    reduce_motion_as_preferred();
}

void ViewCommands::connect_actions(CurvesPanel& curves)
{
    const WindowActions& on = actions_;
    CircuitView* view = circuit_.view();
    connect(on.fit, &QAction::triggered, view, &CircuitView::fit);
    connect(on.find, &QAction::triggered, &circuit_, &CircuitPanel::begin_search);
    connect(on.undo_view, &QAction::triggered, &view->editor(), &ViewEditor::undo);
    connect(on.redo_view, &QAction::triggered, &view->editor(), &ViewEditor::redo);
    connect(on.more_edges, &QAction::triggered, &circuit_,
        [this] { circuit_.change_strongest(edges_at_once); });
    connect(on.fewer_edges, &QAction::triggered, &circuit_,
        [this] { circuit_.change_strongest(-edges_at_once); });
    connect(
        actions_.layouts, &QActionGroup::triggered, &view->editor(), [view](const QAction* action) {
            view->editor().choose_layout(static_cast<LayoutChoice>(action->data().toInt()));
        });
    connect(on.width_scales, &QActionGroup::triggered, &circuit_, [view](const QAction* action) {
        view->circuit().set_width_scale(static_cast<WidthScale>(action->data().toInt()));
    });
    connect(on.reset_zoom, &QAction::triggered, &curves, &CurvesPanel::reset_zoom);
    connect(on.curve_table, &QAction::triggered, &curves, &CurvesPanel::show_table);
}

void ViewCommands::reduce_motion_as_preferred()
{
    const Motion motion = preferences_.now().motion;
    const bool reduced = motion == Motion::reduced
        || (motion == Motion::system && desktop_reduces_motion(*window_.style()));
    actions_.reduce_motion->setChecked(reduced);
    circuit_.set_reduced_motion(reduced);
}

void ViewCommands::show_state()
{
    const auto layout = static_cast<int>(circuit_.view()->state().layout);
    for (QAction* action : actions_.layouts->actions())
        action->setChecked(action->data().toInt() == layout);
    actions_.undo_view->setEnabled(circuit_.view()->editor().can_undo());
    actions_.redo_view->setEnabled(circuit_.view()->editor().can_redo());
}

} // namespace circuitloom::ui
