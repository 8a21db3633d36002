#include "ui/circuit/view_history.h"

namespace circuitloom::ui {

namespace {

constexpr std::size_t most_steps = 200;
constexpr long long one_gesture_ms = 800; // from one turn of a wheel to the next

} // namespace

void ViewHistory::record(const ViewState& before, Change change, long long ms)
{
    const bool goes_on = change != Change::other && change == last_
        && ms - last_ms_ < one_gesture_ms && !past_.empty() && future_.empty();
    last_ = change;
    last_ms_ = ms;
    future_.clear();
    if (goes_on)
        return;
    past_.push_back(before);
    if (past_.size() > most_steps)
        past_.erase(past_.begin());
}

std::optional<ViewState> ViewHistory::undo(const ViewState& now)
{
    if (past_.empty())
        return std::nullopt;
    ViewState state = std::move(past_.back());
    past_.pop_back();
    future_.push_back(now);
    last_ = Change::other;
    return state;
}

std::optional<ViewState> ViewHistory::redo(const ViewState& now)
{
    if (future_.empty())
        return std::nullopt;
    ViewState state = std::move(future_.back());
    future_.pop_back();
    past_.push_back(now);
    last_ = Change::other;
    return state;
}

void ViewHistory::clear()
{
    *this = {};
}

} // namespace circuitloom::ui
