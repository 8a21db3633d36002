#include "tests/support/ui_test.h"
#include "ui/export/film_script.h"

#include <QTest>

#include <cmath>

using namespace circuitloom::ui;

class TestFilmScript : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void it_begins_and_ends_where_it_was_told_to()
    {
        for (const double speed : { 0.25, 3.0, 8.0, 60.0 }) {
            for (const int rate : { 10, 30, 60 }) {
                const FilmScript script{ 5, 25, speed, rate, 1 };
                const int count = frame_count(script);
                QCOMPARE(count, static_cast<int>(std::lround((20 / speed + 1) * rate)));
                QCOMPARE(position_at(script, 0), 5.0);
                QCOMPARE(position_at(script, count - 1), 25.0);
                double last = 0;
                for (int frame = 0; frame < count; ++frame) {
                    QVERIFY(position_at(script, frame) >= last);
                    last = position_at(script, frame);
                }
            }
        }
    }

    void iterations_follow_one_another_at_the_speed_asked_for()
    {
        const FilmScript script{ 0, 100, 4, 30, 0.5 };
        for (int second = 0; second <= 25; ++second)
            QCOMPARE(position_at(script, second * 30), second * 4.0);
    }

    void every_iteration_stands_still_before_the_next_one_comes()
    {
        const FilmScript script{ 0, 100, 1, 30, 0.5 };
        for (int iteration = 0; iteration < 100; ++iteration) {
            int still = 0;
            int moving = 0;
            for (int frame = 0; frame < 30; ++frame) {
                const double position = position_at(script, iteration * 30 + frame);
                QVERIFY(position >= iteration && position < iteration + 1);
                ++(position == iteration ? still : moving);
            }
            QVERIFY2(still >= 10 && moving >= 10, qPrintable(QString::number(still)));
        }
    }

    void its_length_can_be_asked_for()
    {
        for (const double seconds : { 2.0, 10.0, 33.3 }) {
            FilmScript script{ 3, 120, 8, 30, 1 };
            script.iterations_per_second = speed_for(script, seconds);
            QCOMPARE(frame_count(script), static_cast<int>(std::lround(seconds * 30)));
        }
    }

    void its_length_has_a_limit()
    {
        FilmScript script{ 0, 10, 8, 30, 1 };
        QCOMPARE(longest_film(script), 1001.0);
        script.iterations_per_second = speed_for(script, longest_film(script));
        QCOMPARE(film_seconds(script), longest_film(script));
        script.to = 1'000'000;
        QCOMPARE(longest_film(script), 3600.0);
        script.iterations_per_second = 1e-9;
        QVERIFY(frame_count(script) > 0);
    }

    void one_iteration_is_a_film_too()
    {
        const FilmScript still{ 7, 7, 8, 30, 0 };
        QCOMPARE(frame_count(still), 1);
        QCOMPARE(position_at(still, 0), 7.0);
        QVERIFY(speed_for(still, 10) > 0);
    }
};

CIRCUITLOOM_UI_TEST(TestFilmScript, Application::core)
#include "tst_film_script.moc"
