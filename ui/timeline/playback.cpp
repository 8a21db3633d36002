#include "ui/timeline/playback.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace circuitloom::ui {

namespace {

constexpr std::array offered_speeds{ 0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 15.0, 30.0, 60.0 };

} // namespace

std::span<const double> Playback::speeds()
{
    return offered_speeds;
}

double Playback::position() const
{
    if (!playing_)
        return current_;
    const bool in_loop = loop_range_ && current_ <= loop_range_->last;
    return std::min<double>(current_ + owed_, in_loop ? loop_range_->last : count() - 1);
}

int Playback::current_step() const
{
    return current_ < 0 ? 0 : steps_[static_cast<std::size_t>(current_)];
}

void Playback::reset(std::vector<int> steps, bool live)
{
    set_playing(false);
    clear_loop_range();
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
    if (live == live_)
        return;
    const bool was_following = following();
    if (live)
        following_ = current_ == count() - 1;
    live_ = live;
    Q_EMIT live_changed(live);
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
        const LoopRange range = loop_range_.value_or(LoopRange{ 0, count() - 1 });
        if (current_ >= range.last || (loop_range_ && current_ < range.first))
            show(range.first);
    }
    Q_EMIT playing_changed(playing);
}

void Playback::set_speed(double iterations_per_second)
{
    const double speed
        = std::clamp(iterations_per_second, offered_speeds.front(), offered_speeds.back());
    if (speed == speed_)
        return;
    speed_ = speed;
    Q_EMIT speed_changed(speed);
}

void Playback::faster()
{
    const auto next = std::ranges::upper_bound(offered_speeds, speed_);
    if (next != offered_speeds.end())
        set_speed(*next);
}

void Playback::slower()
{
    const auto here = std::ranges::lower_bound(offered_speeds, speed_);
    if (here != offered_speeds.begin())
        set_speed(*(here - 1));
}

void Playback::set_looping(bool looping)
{
    if (looping == looping_)
        return;
    looping_ = looping;
}

void Playback::set_loop_range(LoopRange range)
{
    range = { std::max(range.first, 0), std::min(range.last, count() - 1) };
    if (range.first >= range.last || loop_range_ == range)
        return;
    loop_range_ = range;
    Q_EMIT loop_range_changed();
}

void Playback::set_loop_steps(double first, double last)
{
    const auto from = std::ranges::lower_bound(steps_, first);
    const auto to = std::ranges::upper_bound(steps_, last);
    set_loop_range({ static_cast<int>(from - steps_.begin()),
        static_cast<int>(to - steps_.begin()) - 1 });
}

std::optional<std::pair<double, double>> Playback::loop_steps() const
{
    if (!loop_range_)
        return std::nullopt;
    const auto step = [this](int index) {
        return static_cast<double>(steps_.at(static_cast<std::size_t>(index)));
    };
    return std::pair(step(loop_range_->first), step(loop_range_->last));
}

void Playback::clear_loop_range()
{
    if (!loop_range_)
        return;
    loop_range_.reset();
    Q_EMIT loop_range_changed();
}

void Playback::start_loop_here()
{
    const bool fits = loop_range_ && loop_range_->last > current_;
    set_loop_range({ current_, fits ? loop_range_->last : count() - 1 });
}

void Playback::end_loop_here()
{
    const bool fits = loop_range_ && loop_range_->first < current_;
    set_loop_range({ fits ? loop_range_->first : 0, current_ });
}

void Playback::advance(double seconds)
{
    if (!playing_ || seconds <= 0)
        return;
    owed_ += seconds * speed_;
    const double whole = std::floor(owed_);
    owed_ -= whole;
    if (whole >= 1)
        play_on(static_cast<int>(std::min(whole, std::numeric_limits<int>::max() / 2.0)));
    if (playing_)
        Q_EMIT position_changed(position());
}

void Playback::play_on(int iterations)
{
    const int last = loop_range_ ? loop_range_->last : count() - 1;
    const int target = current_ + iterations;
    if (loop_range_ && current_ > last)
        show(loop_range_->first + (iterations - 1) % (last - loop_range_->first + 1));
    else if (loop_range_ && target > last)
        show(loop_range_->first + (target - loop_range_->first) % (last - loop_range_->first + 1));
    else if (loop_range_ || target < last)
        show(target);
    else if (looping_ && !live_)
        show(target % count());
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
