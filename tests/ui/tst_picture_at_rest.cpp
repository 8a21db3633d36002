// Whatever was played, paused, sought, looped and changed in pace: once nothing moves any more, the
// picture is the iteration that the timeline says.
#include "core/base/random.h"
#include "core/run/silent_observer.h"
#include "core/store/experiment_reader.h"
#include "tests/support/circuit_samples.h"
#include "tests/support/fake_engine.h"
#include "tests/support/open_experiment.h"
#include "tests/support/own_settings.h"
#include "tests/support/ui_test.h"
#include "ui/base/file_path.h"
#include "ui/circuit/circuit_panel.h"
#include "ui/window/main_window.h"

#include <QSettings>
#include <QTemporaryDir>
#include <QTest>
#include <QVariantAnimation>

#include <array>
#include <memory>

using namespace circuitloom;
using namespace circuitloom::ui;
using circuitloom::testing::FakeEngine;
using circuitloom::testing::open_in_window;

namespace {

constexpr int patience = 60'000; ///< milliseconds, for a busy machine
constexpr int iterations = 41;

/// Moves the clock of a motion on, as the event loop's timer would.
void pass(SceneMotion& motion, int milliseconds)
{
    auto* animation = motion.findChild<QVariantAnimation*>();
    if (animation->state() == QAbstractAnimation::Running)
        animation->setCurrentTime(animation->currentTime() + milliseconds);
}

CircuitScene scene_with(const std::shared_ptr<const ComputationalGraph>& graph, const Circuit& now)
{
    CircuitScene scene;
    scene.graph = graph;
    for (const ScoredEdge& edge : now) {
        EdgeAppearance appearance;
        appearance.edge = edge.edge;
        appearance.score = edge.score;
        scene.edges.push_back(appearance);
    }
    std::ranges::sort(scene.edges, {}, &EdgeAppearance::edge);
    return scene;
}

} // namespace

class TestPictureAtRest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        circuitloom::testing::keep_settings_in(folder_.path());
    }

    void a_change_of_pace_leaves_a_motion_that_has_ended_where_it_is()
    {
        const auto graph = circuitloom::testing::demo_graph();
        const auto circuits = circuitloom::testing::two_circuits(*graph, 30);
        for (const double before : { 0.0, 0.25, 4.0, 60.0 })
            for (const double after : { 0.0, 0.25, 8.0, 60.0 }) {
                SceneMotion motion;
                motion.set_visible(true);
                motion.go_to(scene_with(graph, circuits[0]), false);
                motion.set_pace(before);
                motion.go_to(scene_with(graph, circuits[1]), true);
                pass(motion, 5000);
                QVERIFY(!motion.running());
                motion.set_pace(after);
                QCOMPARE(motion.shown().edges, motion.target().edges);

                // Nor does it bring back one that was ended on its way.
                motion.go_to(scene_with(graph, circuits[0]), true);
                pass(motion, 10);
                motion.set_visible(false);
                motion.set_pace(before);
                QCOMPARE(motion.shown().edges, motion.target().edges);
            }
    }

    void a_slow_motion_ends_soon_once_nothing_follows_it()
    {
        const auto graph = circuitloom::testing::demo_graph();
        const auto circuits = circuitloom::testing::two_circuits(*graph, 30);
        SceneMotion motion;
        motion.set_visible(true);
        motion.go_to(scene_with(graph, circuits[0]), false);
        motion.set_pace(0.25);
        motion.go_to(scene_with(graph, circuits[1]), true);
        pass(motion, 1000);
        const auto seen = motion.shown().edges;
        motion.set_pace(0);
        QCOMPARE(motion.shown().edges, seen); // nothing jumps
        pass(motion, 500);
        QVERIFY(!motion.running());
        QCOMPARE(motion.shown().edges, motion.target().edges);
    }

    void the_picture_at_rest_is_the_iteration_shown()
    {
        write_run();
        MainWindow window([] { return std::make_unique<FakeEngine>(); }, folder_.filePath(QStringLiteral("kept")));
        window.resize(1000, 700);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        QVERIFY(open_in_window(window, file()));
        QCOMPARE(window.playback().count(), iterations);
        const CircuitView& view = *window.findChild<CircuitPanel*>()->view();
        SceneMotion& motion = window.findChild<CircuitPanel*>()->view()->circuit().motion();
        const ExperimentReader reader(path_of(file()));
        const RunId run = reader.runs().at(0).id;
        Random random(20261128);
        int rests = 0;
        for (int step = 0; step < 3000; ++step) {
            act(window.playback(), window, random);
            const int passed = static_cast<int>(random.below(120));
            window.playback().advance(passed / 1000.0);
            pass(motion, passed);
            if (random.chance(0.5))
                QCoreApplication::processEvents(); // what was read arrives late, or not at all
            if (!random.chance(0.1))
                continue;
            if (window.playback().playing())
                window.playback().set_playing(false);
            const int shown = window.playback().current();
            QTRY_VERIFY_WITH_TIMEOUT(
                !window.session().reading() && window.session().circuit(shown), patience);
            QCoreApplication::processEvents();
            pass(motion, 5000);
            ++rests;
            const QByteArray place = "step " + QByteArray::number(step) + ", iteration "
                + QByteArray::number(shown);
            QVERIFY2(!motion.running(), place.constData());
            QVERIFY2(motion.shown().edges == motion.target().edges, place.constData());
            QVERIFY2(motion.shown().widest == motion.target().widest, place.constData());
            QVERIFY2(view.circuit().circuit() == reader.circuit(run, { shown }), place.constData());
            QCOMPARE(window.playback().position(), 1.0 * shown);
        }
        QVERIFY(rests > 200);
    }

private:
    QString file() const { return folder_.filePath(QStringLiteral("run.loom")); }

    void write_run()
    {
        circuitloom::SilentObserver observer;
        RunControl control;
        FakeEngine engine({ std::chrono::milliseconds(0), {}, {} });
        RunConfig config = preset("sv-disagreement");
        config.steps = iterations - 1;
        engine.tune(config, path_of(file()), observer, control, {});
    }

    static void act(Playback& playback, MainWindow& window, Random& random)
    {
        const int place = static_cast<int>(random.below(iterations));
        ViewEditor& editor = window.findChild<CircuitPanel*>()->view()->editor();
        switch (random.below(16)) {
        case 0:
        case 1:
        case 2:
            playback.toggle_play();
            break;
        case 3:
            playback.go_to(place);
            break;
        case 4:
            playback.next();
            break;
        case 5:
            playback.previous();
            break;
        case 6:
            playback.set_speed(
                Playback::speeds()[random.below(Playback::speeds().size())]);
            break;
        case 7:
            playback.faster();
            break;
        case 8:
            playback.slower();
            break;
        case 9:
            playback.set_looping(random.chance(0.5));
            break;
        case 10:
            playback.set_loop_range({ place, place + 1 + static_cast<int>(random.below(8)) });
            break;
        case 11:
            playback.clear_loop_range();
            break;
        case 12:
            playback.start_loop_here();
            break;
        case 13:
            playback.end_loop_here();
            break;
        case 14:
            editor.choose_colors(std::array{ ColorChoice::since_previous, ColorChoice::since_start,
                ColorChoice::sign }[random.below(3)]);
            break;
        default:
            break; // nothing but time passes
        }
    }

    QTemporaryDir folder_;
};

CIRCUITLOOM_UI_TEST(TestPictureAtRest, Application::widgets)
#include "tst_picture_at_rest.moc"
