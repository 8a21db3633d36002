#include "ui/window/playback.h"

#include <algorithm>
#include <cmath>

namespace circuitloom::ui {

int Playback::current_step() const
{
    return current_ < 0 ? 0 : steps_[static_cast<std::size_t>(current_)];
}

void Playback::reset(std::vector<int> steps, bool live)
{
    set_playing(false);
    steps_ = std::move(steps);
    const bool was_following = following();
    live_ = live;
    following_ = live;
    current_ = count() - 1;
    Q_EMIT range_changed(count());
    Q_EMIT current_changed(current_);
    if (was_following != following())
        Q_EMIT follow_changed(following());
}

void Playback::append(const std::vector<int>& steps)
{
    if (steps.empty())
        return;
    steps_.insert(steps_.end(), steps.begin(), steps.end());
    Q_EMIT range_changed(count());
    if (following() || current_ < 0)
        show(count() - 1);
}

void Playback::set_live(bool live)
{
    const bool was_following = following();
    if (live && !live_)
        following_ = current_ == count() - 1;
    live_ = live;
    if (was_following != following())
        Q_EMIT follow_changed(following());
}

void Playback::go_to(int index)
{
    if (steps_.empty())
        return;
    index = std::clamp(index, 0, count() - 1);
    owed_ = 0;
    set_following(index == count() - 1);
    show(index);
}

void Playback::go_to_step(double step)
{
    const auto after = std::upper_bound(steps_.begin(), steps_.end(), step);
    go_to(static_cast<int>(after - steps_.begin()) - 1);
}

void Playback::toggle_play()
{
    if (following())
        set_following(false);
    else
        set_playing(!playing_);
}

void Playback::set_playing(bool playing)
{
    if (playing == playing_ || (playing && count() < 2))
        return;
    owed_ = 0;
    playing_ = playing;
    if (playing) {
        set_following(false);
        if (current_ == count() - 1)
            show(0);
    }
    Q_EMIT playing_changed(playing);
}

void Playback::set_speed(double iterations_per_second)
{
    const double speed = std::clamp(iterations_per_second, 0.1, 240.0);
    if (speed == speed_)
        return;
    speed_ = speed;
    Q_EMIT speed_changed(speed);
}

void Playback::set_looping(bool looping)
{
    if (looping == looping_)
        return;
    looping_ = looping;
    Q_EMIT looping_changed(looping);
}

void Playback::advance(double seconds)
{
    if (!playing_ || seconds <= 0)
        return;
    owed_ += seconds * speed_;
    const double whole = std::floor(owed_);
    owed_ -= whole;
    if (whole < 1)
        return;
    const double target = current_ + whole;
    if (target < count() - 1)
        show(static_cast<int>(target));
    else if (looping_ && !live_)
        show(target == count() - 1 ? count() - 1 : 0);
    else
        reach_end();
}

void Playback::reach_end()
{
    show(count() - 1);
    set_playing(false);
    set_following(true);
}

void Playback::show(int index)
{
    if (index == current_)
        return;
    current_ = index;
    Q_EMIT current_changed(index);
}

void Playback::set_following(bool following)
{
    const bool was = this->following();
    following_ = following;
    if (following && live_)
        set_playing(false);
    if (was != this->following())
        Q_EMIT follow_changed(this->following());
}

} // namespace circuitloom::ui
