#include "ui/window/playback.h"

#include <QSignalSpy>
#include <QTest>

#include <numeric>

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

QTEST_APPLESS_MAIN(TestPlayback)
#include "tst_playback.moc"
