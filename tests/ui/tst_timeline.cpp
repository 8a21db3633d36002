#include "core/run/observed_run.h"
#include "tests/support/ui_test.h"
#include "ui/theme/theme.h"
#include "ui/timeline/playback.h"
#include "ui/timeline/run_marks.h"
#include "ui/timeline/position_edit.h"
#include "ui/timeline/timeline_bar.h"
#include "ui/timeline/timeline_drawing.h"
#include "ui/timeline/timeline_scale.h"
#include "ui/timeline/timeline_track.h"

#include <QFontMetricsF>
#include <QLabel>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

#include <algorithm>
#include <memory>
#include <numeric>

using namespace circuitloom;
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

// One of each kind, at places that are all different.
TimelineMarks every_kind()
{
    TimelineMarks marks;
    for (int i = 0; i <= 100; ++i)
        marks.steps.push_back(2 * i);
    marks.entered.assign(101, 1);
    marks.evaluations = { 0, 100, 200 };
    marks.marks = { { 41, "reached", "95 % <reached>" } };
    marks.checkpoints = { { 1, 60, 30, CheckpointReason::best, 2'500'000, 0 } };
    marks.bookmarks = { { 1, { 1 }, { 33 }, "here", "two\nlines & more", 1 },
        { 2, { 1 }, { 500 }, "not there", "", 1 } };
    marks.large_changes = { { 70, 0.5, 0.05 } };
    return marks;
}

QPoint on_line(const TimelineTrack& track, int index)
{
    return { qRound(track.scale().x_of(index)), qRound(track_rows::line) };
}

// Counts what is painted; a timeline that nothing changes must not be painted again.
class PaintCounter : public QObject
{
public:
    explicit PaintCounter(QWidget& widget) { widget.installEventFilter(this); }
    int paints = 0;

protected:
    bool eventFilter(QObject*, QEvent* event) override
    {
        paints += event->type() == QEvent::Paint ? 1 : 0;
        return false;
    }
};

} // namespace

class TestTimeline : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void checkpoints_of_others_are_not_said_to_be_evaluated_every_so_many_steps()
    {
        RunHistory run;
        run.curves = std::make_shared<CurveData>();
        run.config.evaluate_every = 10;
        run.summary.description.method = "circuit";
        QCOMPARE(timeline_marks(run, {}).evaluate_every, 10);
        run.summary.description.method = std::string(observed_method);
        run.marks = { mark_of({ 4, "/a/checkpoint-4", "81eb" }), { 4, "note", "mine" } };
        const TimelineMarks marks = timeline_marks(run, {});
        QCOMPARE(marks.evaluate_every, 0);
        // That a model lies there is no mark of the timeline's.
        QCOMPARE(marks.marks.size(), std::size_t{ 1 });
        QCOMPARE(marks.marks.front().label, std::string("mine"));
    }

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
        std::vector<double> squares;
        for (int i = 0; i < 1000; ++i)
            squares.push_back(1.0 * i * i);
        for (const std::vector<double>& places : { std::vector<double>(), squares })
            for (const double width : { 1.0, 3.0, 50.0, 2000.0 }) {
                const TimelineScale scale{ 10, 510, 1000, places };
                const std::vector<ColumnPeak> peaks = column_peaks(values, scale, width, 0);
                QVERIFY(peaks.size() <= static_cast<std::size_t>(500 / width) + 1);
                QCOMPARE(std::ranges::count(peaks, ColumnPeak{ 123, 9 }), 1);
                QVERIFY(peaks.back().value >= 7);
                QVERIFY(std::ranges::count(column_peaks(values, scale, width, 200), 9, &ColumnPeak::value) == 0);
            }
        QVERIFY(column_peaks({}, { 0, 10, 0 }, 3, 0).empty());
    }

    void iterations_lie_at_their_places()
    {
        const std::vector<double> places{ 5, 5, 7, 15 };
        const TimelineScale scale{ 100, 200, 4, places };
        QCOMPARE(scale.x_of(0), 100.0);
        QCOMPARE(scale.x_of(1), 100.0);
        QCOMPARE(scale.x_of(2), 120.0);
        QCOMPARE(scale.x_of(2.5), 160.0);
        QCOMPARE(scale.x_of(3), 200.0);
        for (int x = 90; x <= 210; ++x) {
            const int index = scale.index_at(x);
            for (int other = 0; other < 4; ++other)
                QVERIFY(std::abs(scale.x_of(index) - x) <= std::abs(scale.x_of(other) - x) + 1e-9);
        }
        // Of no use where all are the same, or are of another run.
        const std::vector<double> same{ 3, 3, 3, 3 };
        QCOMPARE((TimelineScale{ 0, 30, 4, same }.x_of(1)), 10.0);
        QCOMPARE((TimelineScale{ 0, 30, 4, std::span(places).first(2) }.x_of(1)), 10.0);
    }

    void dragging_scrubs()
    {
        Playback playback;
        TimelineBar bar(playback);
        bar.set_theme(theme(true));
        bar.resize(1000, 76);
        bar.set_marks(marks_of(101));
        playback.reset(marks_of(101).steps, false);
        bar.show();
        auto* track = bar.findChild<TimelineTrack*>();
        const auto at = [&](int index) { return on_line(*track, index); };
        QTest::mousePress(track, Qt::LeftButton, {}, at(20));
        QCOMPARE(playback.current(), 20);
        QTest::mouseMove(track, at(61));
        QTRY_COMPARE(playback.current(), 61);
        QTest::mouseRelease(track, Qt::LeftButton, {}, at(61));
        QCOMPARE(playback.current(), 61);
        QCOMPARE(bar.findChild<PositionEdit*>()->text(), QStringLiteral("61"));
        const auto* count = bar.findChild<QLabel*>(QStringLiteral("timelineCount"));
        QVERIFY(count->text().contains(QStringLiteral("100")));
    }

    void marks_are_found_in_both_directions()
    {
        const TimelineMarks marks = every_kind();
        const std::vector<int> expected{ 0, 20, 30, 33, 50, 70, 100 };
        QCOMPARE(marked_iterations(marks), expected);
        std::vector<int> forward;
        for (int at = -1; (at = next_marked(marks, at)) >= 0;)
            forward.push_back(at);
        QCOMPARE(forward, expected);
        std::vector<int> back;
        for (int at = 1000; (at = previous_marked(marks, at)) >= 0;)
            back.push_back(at);
        QCOMPARE(back, std::vector<int>(expected.rbegin(), expected.rend()));
        QCOMPARE(next_marked({}, 0), -1);
        QCOMPARE(previous_marked({}, 0), -1);
    }

    void tooltips_name_every_kind_of_mark()
    {
        TimelineTrack track;
        track.resize(1020, track_rows::height);
        track.set_theme(theme(false));
        track.set_marks(every_kind());
        const auto at = [&](int index) { return track.description_at(track.scale().x_of(index)); };
        QVERIFY(at(33).contains(QStringLiteral("Iteration 33")));
        QVERIFY(at(33).contains(QStringLiteral("step 66")));
        QVERIFY(at(33).contains(QStringLiteral("two<br>lines &amp; more")));
        QVERIFY(at(20).contains(QStringLiteral("95 % &lt;reached&gt;")));
        QVERIFY(at(30).contains(QStringLiteral("Checkpoint")));
        QVERIFY(at(30).contains(QStringLiteral("2.5")));
        QVERIFY(at(70).contains(QStringLiteral("50 %")));
        QVERIFY(at(50).contains(QStringLiteral("Evaluated")));
        QVERIFY(!at(60).contains(QStringLiteral("Bookmark")));
        QVERIFY(!at(100).contains(QStringLiteral("not there")));
        TimelineTrack empty;
        QVERIFY(empty.description_at(20).isEmpty());
    }

    void the_label_of_a_flag_is_not_taken_for_a_bookmarks()
    {
        const QFontMetricsF metrics(QFont{});
        for (int marked = 0; marked < 100; marked += 3)
            for (int flag = 0; flag < 100; flag += 7) {
                TimelineMarks marks = marks_of(100);
                marks.bookmarks = { Bookmark{ 1, { 1 }, { marked }, "here", "", 1 } };
                marks.marks = { MarkRecord{ marks.steps[static_cast<std::size_t>(flag)], "reached",
                    "task reaches 95 %" } };
                const TimelineScale scale{ 10, 230, 100, {} };
                const double bookmark = scale.x_of(marked);
                const double pole = scale.x_of(flag);
                for (const FlagLabel& label : flag_labels(scale, marks, metrics)) {
                    const double end = label.from + metrics.horizontalAdvance(label.text);
                    QVERIFY(end < bookmark - 4 || label.from > bookmark + 12);
                    QVERIFY(label.from >= 0 && end <= scale.right + 10.5);
                    QVERIFY(end < pole || label.from > pole);
                }
            }
    }

    void the_bar_goes_from_mark_to_mark()
    {
        Playback playback;
        TimelineBar bar(playback);
        bar.set_marks(every_kind());
        playback.reset(every_kind().steps, false);
        playback.go_to(31);
        bar.next_mark();
        QCOMPARE(playback.current(), 33);
        bar.next_mark();
        QCOMPARE(playback.current(), 50);
        bar.previous_mark();
        bar.previous_mark();
        QCOMPARE(playback.current(), 30);
        playback.last();
        bar.next_mark();
        QCOMPARE(playback.current(), 100);
    }

    void a_press_beside_a_mark_means_the_mark()
    {
        TimelineTrack track;
        track.resize(300, track_rows::height);
        TimelineMarks marks;
        marks.steps.resize(10'000); // 35 iterations a pixel
        std::iota(marks.steps.begin(), marks.steps.end(), 0);
        marks.bookmarks = { { 1, { 1 }, { 5003 }, "here", "", 1 } };
        track.set_marks(marks);
        track.show();
        QSignalSpy scrubbed(&track, &TimelineTrack::scrubbed);
        const int x = qRound(track.scale().x_of(5003)) + 2;
        QTest::mouseClick(&track, Qt::LeftButton, {}, QPoint(x, qRound(track_rows::top + 4)));
        QCOMPARE(scrubbed.last().first().toInt(), 5003);
        QTest::mouseClick(&track, Qt::LeftButton, {}, QPoint(x, qRound(track_rows::line)));
        QVERIFY(scrubbed.last().first().toInt() != 5003);
    }

    void the_tabs_drag_the_loop()
    {
        Playback playback;
        TimelineBar bar(playback);
        bar.set_theme(theme(true));
        bar.resize(1000, 76);
        bar.set_marks(marks_of(101));
        playback.reset(marks_of(101).steps, false);
        bar.show();
        auto* track = bar.findChild<TimelineTrack*>();
        const auto tab = [&](int index, bool start) {
            return loop_tab(track->scale().x_of(index), start).center().toPoint();
        };
        const auto drag = [&](const QPoint& from, int to) {
            QTest::mousePress(track, Qt::LeftButton, {}, from);
            QTest::mouseMove(track, on_line(*track, to));
            QTest::mouseRelease(track, Qt::LeftButton, {}, on_line(*track, to));
        };
        drag(tab(0, true), 20);
        QTRY_VERIFY(playback.loop_range());
        QCOMPARE(*playback.loop_range(), (LoopRange{ 20, 100 }));
        drag(tab(100, false), 60);
        QTRY_COMPARE(*playback.loop_range(), (LoopRange{ 20, 60 }));
        drag(tab(60, false), 5); // not across the other end
        QTRY_COMPARE(*playback.loop_range(), (LoopRange{ 20, 21 }));
        QCOMPARE(playback.current(), 100); // which a drag of the loop does not change
        drag(tab(21, false), 100);
        drag(tab(20, true), 0);
        QTRY_VERIFY(!playback.loop_range());
    }

    void iterations_and_steps_are_told_apart_as_typed()
    {
        const auto typed = [](const char* text) { return typed_position(QString::fromUtf8(text)); };
        QCOMPARE(typed("46"), (TypedPosition{ false, 46 }));
        QCOMPARE(typed(" 0 "), (TypedPosition{ false, 0 }));
        QCOMPARE(typed("s120"), (TypedPosition{ true, 120 }));
        QCOMPARE(typed("S 7"), (TypedPosition{ true, 7 }));
        QCOMPARE(typed("step 120"), (TypedPosition{ true, 120 }));
        for (const char* bad : { "", "s", "-1", "4.5", "12x", "steps 3", "1234567890123" })
            QVERIFY2(!typed(bad), bad);
    }

    void typing_goes_there_or_says_why_not()
    {
        Playback playback;
        TimelineBar bar(playback);
        bar.resize(1000, 76);
        bar.set_marks(every_kind());
        playback.reset(every_kind().steps, false);
        bar.show();
        bar.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&bar));
        auto* edit = bar.findChild<PositionEdit*>();
        const auto type = [&](const char* text) {
            bar.type_position();
            QVERIFY(edit->hasFocus());
            QTest::keyClicks(edit, QString::fromLatin1(text));
            QTest::keyClick(edit, Qt::Key_Return);
        };
        type("46");
        QCOMPARE(playback.current(), 46);
        QVERIFY(!edit->hasFocus());
        type("s121"); // between iterations: the one before
        QCOMPARE(playback.current(), 60);
        QCOMPARE(edit->text(), QStringLiteral("60"));
        for (const char* bad : { "101", "s201", "now" }) {
            type(bad);
            QCOMPARE(playback.current(), 60);
            QVERIFY(edit->property("invalid").toBool());
            QVERIFY(edit->hasFocus());
            QTest::keyClick(edit, Qt::Key_Escape);
            QCOMPARE(edit->text(), QStringLiteral("60"));
            QVERIFY(!edit->property("invalid").toBool());
            QVERIFY(!edit->hasFocus());
        }
        // What plays on meanwhile does not write over what is being typed.
        bar.type_position();
        QTest::keyClicks(edit, QStringLiteral("3"));
        playback.go_to(80);
        QCOMPARE(edit->text(), QStringLiteral("3"));
    }

    void what_does_not_change_is_not_painted()
    {
        Playback playback;
        TimelineBar bar(playback);
        bar.set_theme(theme(true));
        bar.resize(1000, 76);
        bar.set_marks(every_kind());
        playback.reset(every_kind().steps, false);
        bar.show();
        QVERIFY(QTest::qWaitForWindowExposed(&bar));
        auto* track = bar.findChild<TimelineTrack*>();
        QTest::qWait(50);
        PaintCounter counter(*track);
        QTest::qWait(200);
        track->set_position(playback.position());
        track->set_loop(playback.loop_range());
        track->set_position(playback.position() + 1e-4); // less than can be seen
        QTest::qWait(50);
        QCOMPARE(counter.paints, 0);
        playback.previous();
        QTRY_COMPARE(counter.paints, 1);
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

CIRCUITLOOM_UI_TEST(TestTimeline, Application::widgets)
#include "tst_timeline.moc"
