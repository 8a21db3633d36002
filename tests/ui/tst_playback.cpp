#include "tests/support/ui_test.h"
#include "ui/timeline/playback.h"

#include <QSignalSpy>
#include <QTest>

#include <numeric>

using circuitloom::ui::LoopRange;
using circuitloom::ui::Playback;

namespace {

std::vector<int> steps(int count, int every = 1)
{
    std::vector<int> result(static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i)
        result[static_cast<std::size_t>(i)] = i * every;
    return result;
}

} // namespace

class TestPlayback : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothing_to_show()
    {
        Playback playback;
        QCOMPARE(playback.current(), -1);
        playback.next();
        playback.first();
        playback.toggle_play();
        QCOMPARE(playback.current(), -1);
        QVERIFY(!playback.playing());
        QCOMPARE(playback.current_step(), 0);
    }

    void a_finished_run_opens_at_its_last_iteration()
    {
        Playback playback;
        playback.reset(steps(10, 5), false);
        QCOMPARE(playback.current(), 9);
        QCOMPARE(playback.current_step(), 45);
        QVERIFY(!playback.following());
    }

    void steps_stay_within_the_range()
    {
        Playback playback;
        playback.reset(steps(3), false);
        playback.next();
        QCOMPARE(playback.current(), 2);
        playback.first();
        playback.previous();
        QCOMPARE(playback.current(), 0);
        playback.go_to(100);
        QCOMPARE(playback.current(), 2);
        playback.go_to(-100);
        QCOMPARE(playback.current(), 0);
    }

    void a_live_run_is_followed_until_the_user_steps_back()
    {
        Playback playback;
        playback.reset({}, true);
        QSignalSpy shown(&playback, &Playback::current_changed);
        QVERIFY(playback.following());
        playback.append({ 0, 1, 2 });
        QCOMPARE(playback.current(), 2);
        QCOMPARE(shown.size(), 1);

        playback.previous();
        QVERIFY(!playback.following());
        playback.append({ 3, 4 });
        QCOMPARE(playback.current(), 1);
        QCOMPARE(playback.count(), 5);

        playback.next();
        QVERIFY(!playback.following());
        playback.last();
        QVERIFY(playback.following());
        playback.append({ 5 });
        QCOMPARE(playback.current(), 5);
    }

    void the_end_of_training_ends_following()
    {
        Playback playback;
        playback.reset(steps(4), true);
        QSignalSpy follow(&playback, &Playback::follow_changed);
        playback.set_live(false);
        QVERIFY(!playback.following());
        QCOMPARE(follow.size(), 1);
        QCOMPARE(playback.current(), 3);
    }

    void space_pauses_following_without_moving()
    {
        Playback playback;
        playback.reset(steps(4), true);
        playback.toggle_play();
        QVERIFY(!playback.following());
        QVERIFY(!playback.playing());
        playback.append({ 4 });
        QCOMPARE(playback.current(), 3);
        playback.toggle_play();
        QVERIFY(playback.playing());
    }

    void playing_takes_the_time_it_says()
    {
        Playback playback;
        playback.reset(steps(101), false);
        playback.first();
        playback.set_speed(10);
        playback.set_playing(true);
        for (int i = 0; i < 64; ++i)
            playback.advance(1.0 / 64);
        QCOMPARE(playback.current(), 10);
        playback.advance(0.05);
        QCOMPARE(playback.current(), 10);
        playback.advance(0.05);
        QCOMPARE(playback.current(), 11);
    }

    void playing_starts_over_from_the_end_and_stops_there()
    {
        Playback playback;
        playback.reset(steps(5), false);
        playback.toggle_play();
        QVERIFY(playback.playing());
        QCOMPARE(playback.current(), 0);
        playback.advance(100);
        QCOMPARE(playback.current(), 4);
        QVERIFY(!playback.playing());
    }

    void looping_goes_on_from_the_first()
    {
        Playback playback;
        playback.reset(steps(5), false);
        playback.set_looping(true);
        playback.set_speed(1);
        playback.toggle_play();
        for (const int expected : { 1, 2, 3, 4, 0, 1 }) {
            playback.advance(1);
            QCOMPARE(playback.current(), expected);
            QVERIFY(playback.playing());
        }
    }

    void playing_into_the_end_of_a_live_run_follows_it()
    {
        Playback playback;
        playback.reset(steps(5), true);
        playback.first();
        playback.set_playing(true);
        playback.advance(100);
        QVERIFY(!playback.playing());
        QVERIFY(playback.following());
        playback.append({ 5 });
        QCOMPARE(playback.current(), 5);
    }

    void slow_speeds_take_their_time()
    {
        Playback playback;
        playback.reset(steps(5), false);
        playback.set_speed(0.25);
        playback.toggle_play();
        for (int tick = 0; tick < 63; ++tick)
            playback.advance(1.0 / 16);
        QCOMPARE(playback.current(), 0);
        playback.advance(1.0 / 16);
        QCOMPARE(playback.current(), 1);
    }

    void frames_are_dropped_not_queued()
    {
        Playback playback;
        playback.reset(steps(1000), false);
        playback.set_speed(60);
        playback.toggle_play();
        QSignalSpy shown(&playback, &Playback::current_changed);
        playback.advance(2); // a long frame
        QCOMPARE(playback.current(), 120);
        QCOMPARE(shown.size(), 1);
        playback.advance(1.0 / 60);
        QCOMPARE(playback.current(), 121);
    }

    void the_position_moves_evenly_between_iterations()
    {
        Playback playback;
        playback.reset(steps(10), false);
        playback.go_to(2);
        QCOMPARE(playback.position(), 2.0);
        playback.set_speed(4);
        playback.set_playing(true);
        QSignalSpy moved(&playback, &Playback::position_changed);
        for (int tick = 1; tick <= 32; ++tick) {
            playback.advance(1.0 / 64);
            QCOMPARE(playback.position(), 2 + tick / 16.0);
            QCOMPARE(playback.current(), 2 + tick / 16);
            QCOMPARE(moved.last().first().toDouble(), playback.position());
        }
        playback.advance(0.1);
        QCOMPARE(playback.position(), 4.4);
        playback.go_to(7);
        QCOMPARE(playback.position(), 7.0);
        playback.advance(0.1);
        playback.set_playing(false);
        QCOMPARE(playback.position(), 7.0);
    }

    void a_loop_range_is_played_over_and_over()
    {
        Playback playback;
        playback.reset(steps(10), false);
        playback.set_loop_range({ 3, 5 });
        playback.set_speed(1);
        playback.toggle_play(); // from the run's end: outside
        QCOMPARE(playback.current(), 3);
        for (const int expected : { 4, 5, 3, 4, 5, 3 }) {
            playback.advance(1);
            QCOMPARE(playback.current(), expected);
            QVERIFY(playback.playing());
        }
        playback.set_speed(60);
        playback.advance(1); // 60 iterations are 20 rounds
        QCOMPARE(playback.current(), 3);
        playback.advance(61.0 / 60);
        QCOMPARE(playback.current(), 4);
    }

    void nothing_lies_between_the_end_of_a_loop_and_its_start()
    {
        Playback playback;
        playback.reset(steps(10), false);
        playback.set_loop_range({ 3, 5 });
        playback.set_speed(1);
        playback.set_playing(true);
        playback.advance(2);
        QCOMPARE(playback.position(), 5.0);
        playback.advance(0.5);
        QCOMPARE(playback.position(), 5.0);
        playback.advance(0.75);
        QCOMPARE(playback.position(), 3.25);
    }

    void playing_finds_its_way_into_a_loop()
    {
        Playback playback;
        playback.reset(steps(10), false);
        playback.set_loop_range({ 3, 5 });
        playback.set_speed(1);
        playback.set_playing(true);
        playback.go_to(0); // before it: plays into it
        playback.advance(1);
        QCOMPARE(playback.current(), 1);
        playback.go_to(8); // behind it: begins it again
        playback.advance(1);
        QCOMPARE(playback.current(), 3);
        playback.set_playing(false);
        playback.go_to(4);
        playback.toggle_play(); // within it: goes on from there
        QCOMPARE(playback.current(), 4);
    }

    void loop_ends_are_set_where_one_is()
    {
        Playback playback;
        playback.reset(steps(10), false);
        QSignalSpy changed(&playback, &Playback::loop_range_changed);
        playback.go_to(2);
        playback.start_loop_here();
        QCOMPARE(*playback.loop_range(), (LoopRange{ 2, 9 }));
        playback.go_to(6);
        playback.end_loop_here();
        QCOMPARE(*playback.loop_range(), (LoopRange{ 2, 6 }));
        playback.go_to(8);
        playback.start_loop_here(); // beyond the end, which moves
        QCOMPARE(*playback.loop_range(), (LoopRange{ 8, 9 }));
        playback.go_to(1);
        playback.end_loop_here();
        QCOMPARE(*playback.loop_range(), (LoopRange{ 0, 1 }));
        QCOMPARE(changed.size(), 4);

        playback.first();
        playback.end_loop_here(); // one iteration is no loop
        playback.last();
        playback.start_loop_here();
        playback.set_loop_range({ 5, 5 });
        QCOMPARE(*playback.loop_range(), (LoopRange{ 0, 1 }));
        playback.set_loop_range({ -5, 50 });
        QCOMPARE(*playback.loop_range(), (LoopRange{ 0, 9 }));
        playback.clear_loop_range();
        playback.clear_loop_range();
        QVERIFY(!playback.loop_range());
        QCOMPARE(changed.size(), 6);

        playback.set_loop_range({ 1, 3 });
        playback.reset(steps(10), false); // another run
        QVERIFY(!playback.loop_range());
        playback.reset({}, true);
        playback.start_loop_here();
        playback.end_loop_here();
        QVERIFY(!playback.loop_range());
    }

    void a_loop_of_a_live_run_neither_follows_nor_grows()
    {
        Playback playback;
        playback.reset(steps(10), true);
        playback.set_loop_range({ 3, 9 });
        QVERIFY(playback.following());
        playback.append({ 10, 11 });
        QCOMPARE(playback.current(), 11);
        playback.set_speed(1);
        playback.toggle_play(); // ends following
        playback.toggle_play();
        QCOMPARE(playback.current(), 3);
        playback.advance(6);
        QCOMPARE(playback.current(), 9);
        playback.append({ 12 });
        playback.advance(1);
        QCOMPARE(playback.current(), 3);
        QVERIFY(!playback.following());
        playback.clear_loop_range();
        playback.advance(100);
        QVERIFY(playback.following());
        QCOMPARE(playback.current(), 12);
    }

    void speeds_go_up_and_down_in_their_steps()
    {
        Playback playback;
        playback.set_speed(0.001);
        QSignalSpy changed(&playback, &Playback::speed_changed);
        for (const double expected : { 0.5, 1.0, 2.0, 4.0, 8.0, 15.0, 30.0, 60.0, 60.0 }) {
            playback.faster();
            QCOMPARE(playback.speed(), expected);
        }
        QCOMPARE(changed.size(), 8);
        playback.slower();
        QCOMPARE(playback.speed(), 30.0);
        playback.set_speed(3);
        playback.slower();
        QCOMPARE(playback.speed(), 2.0);
        playback.set_speed(0);
        QCOMPARE(playback.speed(), 0.25);
        playback.slower();
        QCOMPARE(playback.speed(), 0.25);
    }

    void a_step_shows_the_last_iteration_not_after_it()
    {
        Playback playback;
        playback.reset(steps(5, 10), false);
        playback.go_to_step(25);
        QCOMPARE(playback.current(), 2);
        playback.go_to_step(30);
        QCOMPARE(playback.current(), 3);
        playback.go_to_step(-4);
        QCOMPARE(playback.current(), 0);
        playback.go_to_step(1e9);
        QCOMPARE(playback.current(), 4);
    }
};

CIRCUITLOOM_UI_TEST(TestPlayback, Application::none)
#include "tst_playback.moc"
