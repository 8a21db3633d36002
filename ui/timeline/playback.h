#pragma once

#include <QObject>

#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace circuitloom::ui {

/// Iterations that are played over and over, both included.
struct LoopRange
{
    int first = 0;
    int last = 0; ///< after `first`
    bool operator==(const LoopRange&) const = default;
};

/// Which iteration is shown, and how that changes: by hand, by playing, or by following a run that
/// is being trained. It has no clock: whoever owns a timer calls advance().
///
/// Following and playing exclude each other. Following begins with a live run, ends when the user
/// goes anywhere but to the end, and begins again there.
class Playback : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// The speeds to choose from, in iterations a second, rising.
    static std::span<const double> speeds();

    int count() const { return static_cast<int>(steps_.size()); }
    /// The number of the iteration that is shown; -1 while there is none.
    int current() const { return current_; }
    /// How far playing has come: 12.4 is on the way from iteration 12, the current one, to 13.
    /// Nothing lies between the end of a loop and its start. The current iteration otherwise.
    double position() const;
    /// The optimizer step of the current iteration; 0 while there is none.
    int current_step() const;
    const std::vector<int>& steps() const { return steps_; }

    bool playing() const { return playing_; }
    bool live() const { return live_; }
    /// The newest iteration of a live run is shown whenever one comes; never so of another run.
    bool following() const { return live_ && following_; }
    bool looping() const { return looping_; }
    /// Playing stays within it, and repeats it whatever looping() says.
    const std::optional<LoopRange>& loop_range() const { return loop_range_; }
    /// Iterations a second.
    double speed() const { return speed_; }

    /// Another run: the steps of its iterations, in order. A live one is followed; another shows
    /// its last iteration.
    void reset(std::vector<int> steps, bool live);
    /// More iterations, of these steps.
    void append(const std::vector<int>& steps);
    /// The run ended, or went on: a run that ends while followed stays at its last iteration.
    void set_live(bool live);

    void go_to(int index);
    /// The last iteration that does not come after `step`.
    void go_to_step(double step);
    void first() { go_to(0); }
    void previous() { go_to(current_ - 1); }
    void next() { go_to(current_ + 1); }
    void last() { go_to(count() - 1); }

    /// Pauses what moves (playing or following); otherwise plays, from the start again if at the
    /// end.
    void toggle_play();
    void set_playing(bool playing);
    void set_speed(double iterations_per_second);
    void faster();
    void slower();
    /// The whole run is played over and over.
    void set_looping(bool looping);

    /// `range` is cut to the iterations of the run. One of fewer than two iterations changes
    /// nothing.
    void set_loop_range(LoopRange range);
    /// As set_loop_range(), of the iterations from one step to another.
    void set_loop_steps(double first, double last);
    /// The steps of the loop's ends; nothing where there is none.
    std::optional<std::pair<double, double>> loop_steps() const;
    void clear_loop_range();
    /// The loop begins, or ends, at the current iteration; its other end stays where it is, or is
    /// the run's where it would be on the wrong side.
    void start_loop_here();
    void end_loop_here();

    /// `seconds` went by. Plays on by as many iterations as that makes; those between are not
    /// shown.
    void advance(double seconds);

Q_SIGNALS:
    void current_changed(int index);
    /// At each advance while playing, besides current_changed().
    void position_changed(double position);
    /// The number of iterations changed.
    void range_changed(int count);
    void playing_changed(bool playing);
    void live_changed(bool live);
    void follow_changed(bool following);
    void speed_changed(double iterations_per_second);
    void loop_range_changed();

private:
    void show(int index);
    void set_following(bool following);
    void play_on(int iterations);
    void reach_end();

    std::vector<int> steps_;
    int current_ = -1;
    bool playing_ = false;
    bool live_ = false;
    bool following_ = false;
    bool looping_ = false;
    std::optional<LoopRange> loop_range_;
    double speed_ = 8;
    double owed_ = 0; ///< iterations: the part of one that playing has come beyond current_
};

} // namespace circuitloom::ui
