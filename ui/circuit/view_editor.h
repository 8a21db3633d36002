#pragma once

#include "ui/circuit/view_history.h"
#include "ui/circuit/view_state.h"

#include <QElapsedTimer>
#include <QObject>

#include <string>
#include <vector>

namespace circuitloom::ui {

/// Holds what was done to a circuit view, changes it and takes changes back.
class ViewEditor : public QObject
{
    Q_OBJECT

public:
    explicit ViewEditor(QObject* parent = nullptr);

    const ViewState& state() const { return state_; }
    void undo();
    void redo();
    bool can_undo() const { return history_.can_undo(); }
    bool can_redo() const { return history_.can_redo(); }

    void set_camera(const CircuitCamera& camera);
    void set_filter(const CircuitFilter& filter);
    void choose_colors(ColorChoice colors);
    void choose_layout(LayoutChoice layout);

    void select(const GraphChoice& choice);
    /// Shows only the paths through the choice; everything where it is empty.
    void isolate(const GraphChoice& choice);
    void set_pinned(const GraphChoice& choice, bool pinned);
    /// Hides the choice, which is not selected any more.
    void hide(const GraphChoice& choice);
    /// Switches the choice off as well, or on again.
    void switch_off(const GraphChoice& choice, bool off);
    /// Nothing but the choice is switched off.
    void set_switched_off(const GraphChoice& choice);
    /// Nothing isolated, nothing hidden.
    void show_all();
    /// The state of another view, in which the user changed something.
    void change_to(const ViewState& state);

    /// Makes the nodes of these names a folded supernode. They leave those that they were in.
    /// Without a name or without nodes it does nothing.
    void group(const std::string& name, const std::vector<std::string>& nodes);
    void ungroup(const std::string& name);
    void set_folded(const std::string& name, bool folded);
    void fold_layer(int layer, bool folded);
    void fold_mlps(int layer, bool folded);

    // What follows comes from elsewhere than from the user: undo() does not take it back, and
    // changed() does not tell of it.

    /// Forgets what meant nodes of another graph and all changes. Filter, colours, layout and
    /// supernodes stay: they mean the same in any graph.
    void begin_graph();
    /// As the view was left the last time; this alone is told by changed().
    void restore(const ViewState& state);
    /// The camera as far as it is allowed where it is shown.
    void correct_camera(const CircuitCamera& camera);
    /// Those of a file. False where they are the ones that are there already.
    bool load_supernodes(const std::vector<Supernode>& supernodes);

Q_SIGNALS:
    /// state() is another than `before`, be it by undo.
    void changed(const ViewState& before);

private:
    template <class Edit>
    void change(ViewHistory::Change kind, Edit edit);
    void go_to(const ViewState& next);

    ViewState state_;
    ViewHistory history_;
    QElapsedTimer clock_;
};

} // namespace circuitloom::ui
