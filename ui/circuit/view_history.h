#pragma once

#include "ui/circuit/view_state.h"

#include <optional>
#include <vector>

namespace circuitloom::ui {

/// Steps back and forth through the states of a view.
class ViewHistory
{
public:
    /// The part of the state that a change concerns: quick changes of the camera, or of the filter,
    /// that follow one another are one step.
    enum class Change
    {
        camera,
        filter,
        other
    };

    /// Notes that `before` was left for another state at `ms`, a time in milliseconds that never
    /// falls.
    void record(const ViewState& before, Change change, long long ms);

    bool can_undo() const { return !past_.empty(); }
    bool can_redo() const { return !future_.empty(); }
    /// The state before `now`; `now` becomes what redo() gives. Empty where there is none.
    std::optional<ViewState> undo(const ViewState& now);
    std::optional<ViewState> redo(const ViewState& now);
    void clear();

private:
    std::vector<ViewState> past_;
    std::vector<ViewState> future_;
    Change last_ = Change::other;
    long long last_ms_ = 0;
};

} // namespace circuitloom::ui
