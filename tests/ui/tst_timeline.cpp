#include "ui/theme/theme.h"
#include "ui/timeline/timeline_bar.h"
#include "ui/timeline/timeline_scale.h"
#include "ui/timeline/timeline_track.h"
#include "ui/window/playback.h"

#include <QLabel>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

#include <algorithm>
#include <numeric>

using namespace circuitloom::ui;

namespace {

TimelineMarks marks_of(int count)
{
    TimelineMarks marks;
    marks.steps.resize(static_cast<std::size_t>(count));
    std::iota(marks.steps.begin(), marks.steps.end(), 0);
    marks.entered.assign(static_cast<std::size_t>(count), 2);
    marks.evaluations = { 0, count / 2 };
    marks.marks = { { count / 2, "reached", "95 %" } };
    marks.evaluate_every = count / 2;
    return marks;
}

} // namespace

class TestTimeline : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void pixels_and_iterations_are_inverse()
    {
        for (const int count : { 2, 3, 100, 777 }) {
            const TimelineScale scale{ 12, 912, count };
            for (int i = 0; i < count; ++i)
                QCOMPARE(scale.index_at(scale.x_of(i)), i);
            QCOMPARE(scale.x_of(0), 12.0);
            QCOMPARE(scale.x_of(count - 1), 912.0);
        }
    }

    void pixels_outside_are_held_to_the_ends()
    {
        const TimelineScale scale{ 10, 110, 5 };
        QCOMPARE(scale.index_at(-500), 0);
        QCOMPARE(scale.index_at(500), 4);
        QCOMPARE((TimelineScale{ 10, 110, 0 }.index_at(50)), -1);
        QCOMPARE((TimelineScale{ 10, 110, 1 }.index_at(50)), 0);
        QCOMPARE((TimelineScale{ 10, 10, 5 }.index_at(50)), 0);
    }

    void every_pixel_has_its_nearest_iteration()
    {
        const TimelineScale scale{ 0, 500, 37 };
        for (int x = 0; x <= 500; ++x) {
            const int index = scale.index_at(x);
            for (int other = 0; other < 37; ++other)
                QVERIFY(std::abs(scale.x_of(index) - x) <= std::abs(scale.x_of(other) - x) + 1e-9);
        }
    }

    void steps_lie_between_iterations()
    {
        const std::vector<int> steps{ 0, 10, 30 };
        QCOMPARE(index_of_step(steps, 0), 0.0);
        QCOMPARE(index_of_step(steps, 10), 1.0);
        QCOMPARE(index_of_step(steps, 5), 0.5);
        QCOMPARE(index_of_step(steps, 20), 1.5);
        QCOMPARE(index_of_step(steps, -3), 0.0);
        QCOMPARE(index_of_step(steps, 99), 2.0);
        QCOMPARE(index_of_step({}, 5), 0.0);
    }

    void columns_keep_every_peak()
    {
        std::vector<int> values(1000, 1);
        values[123] = 9;
        values[999] = 7;
        for (const int columns : { 1, 7, 100, 999, 1000, 5000 }) {
            const std::vector<int> peaks = column_peaks(values, columns);
            QCOMPARE(static_cast<int>(peaks.size()), std::min(columns, 1000));
            QCOMPARE(*std::max_element(peaks.begin(), peaks.end()), 9);
            QVERIFY(peaks.back() >= 7);
        }
        QVERIFY(column_peaks({}, 10).empty());
        QVERIFY(column_peaks(values, 0).empty());
    }

    void dragging_scrubs()
    {
        Playback playback;
        TimelineBar bar(playback);
        bar.set_theme(theme(true));
        bar.resize(1000, 70);
        bar.set_marks(marks_of(101));
        playback.reset(marks_of(101).steps, false);
        bar.show();
        auto* track = bar.findChild<TimelineTrack*>();
        const TimelineScale scale = track->scale();
        const auto at
            = [&](int index) { return QPoint(qRound(scale.x_of(index)), track->height() / 2); };
        QTest::mousePress(track, Qt::LeftButton, {}, at(20));
        QCOMPARE(playback.current(), 20);
        QTest::mouseMove(track, at(61));
        QTRY_COMPARE(playback.current(), 61);
        QTest::mouseRelease(track, Qt::LeftButton, {}, at(61));
        QCOMPARE(playback.current(), 61);
        const auto* position = bar.findChild<QLabel*>(QStringLiteral("timelinePosition"));
        QVERIFY(position->text().contains(QStringLiteral("61 of 100")));
    }

    void buttons_step_and_play()
    {
        Playback playback;
        TimelineBar bar(playback);
        playback.reset(marks_of(11).steps, false);
        const auto click = [&](const char* name) {
            QTest::mouseClick(
                bar.findChild<QToolButton*>(QString::fromLatin1(name)), Qt::LeftButton);
        };
        click("timelineFirst");
        QCOMPARE(playback.current(), 0);
        click("timelineNext");
        click("timelineNext");
        click("timelinePrevious");
        QCOMPARE(playback.current(), 1);
        click("timelinePlay");
        QVERIFY(playback.playing());
        click("timelinePlay");
        QVERIFY(!playback.playing());
        click("timelineLast");
        QCOMPARE(playback.current(), 10);
    }

    void the_follow_button_is_there_while_training()
    {
        Playback playback;
        TimelineBar bar(playback);
        auto* follow = bar.findChild<QToolButton*>(QStringLiteral("timelineFollow"));
        playback.reset(marks_of(11).steps, true);
        QVERIFY(!follow->isHidden());
        QVERIFY(follow->isChecked());
        playback.previous();
        QVERIFY(!follow->isChecked());
        follow->click();
        QCOMPARE(playback.current(), 10);
        QVERIFY(playback.following());
        playback.set_live(false);
        QVERIFY(follow->isHidden());
    }
};

QTEST_MAIN(TestTimeline)
#include "tst_timeline.moc"
