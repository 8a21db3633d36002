#include "core/store/experiment_reader.h"
#include "tests/support/fake_engine.h"
#include "tests/support/open_experiment.h"
#include "tests/support/own_settings.h"
#include "tests/support/store_samples.h"
#include "tests/support/ui_test.h"
#include "ui/circuit/circuit_panel.h"
#include "ui/circuit/circuit_toolbar.h"
#include "ui/circuit/fitting_label.h"
#include "ui/circuit/search_field.h"
#include "ui/curves/curves_panel.h"
#include "ui/curves/plot_widget.h"
#include "ui/export/film_frames.h"
#include "ui/export/picture_writer.h"
#include "ui/window/main_window.h"

#include <QAbstractItemView>
#include <QAction>
#include <QDockWidget>
#include <QFile>
#include <QImage>
#include <QInputDialog>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QSvgRenderer>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>
#include <QToolButton>

#include <atomic>
#include <functional>
#include <limits>
#include <memory>
#include <utility>

using namespace circuitloom;
using namespace circuitloom::ui;
using circuitloom::testing::FakeEngine;
using circuitloom::testing::FakeEngineOptions;
using circuitloom::testing::open_in_window;

namespace {

constexpr int patience = 60'000; ///< milliseconds, for a busy machine

Worker::EngineLoader fake(const FakeEngineOptions& options = {})
{
    return [options] { return std::make_unique<FakeEngine>(options); };
}

QString banner(const MainWindow& window)
{
    const auto* frame = window.findChild<QFrame*>(QStringLiteral("banner"));
    return frame->isHidden() ? QString() : frame->findChild<QLabel*>()->text();
}

template <class Button>
void click(MainWindow& window, const char* name)
{
    QTest::mouseClick(window.findChild<Button*>(QString::fromLatin1(name)), Qt::LeftButton);
}

/// Answers the next question with a button.
void answer(QMessageBox::StandardButton button)
{
    QTimer::singleShot(0, qApp, [button] {
        auto* box = qobject_cast<QMessageBox*>(QApplication::activeModalWidget());
        QVERIFY(box);
        box->button(button)->click();
    });
}

/// Says when a widget goes out of sight.
class HideNote : public QObject
{
public:
    HideNote(std::function<void()> hidden, QObject* parent)
        : QObject(parent)
        , hidden_(std::move(hidden))
    {
    }
    bool eventFilter(QObject* watched, QEvent* event) override
    {
        if (event->type() == QEvent::Hide)
            hidden_();
        return QObject::eventFilter(watched, event);
    }

private:
    std::function<void()> hidden_;
};

std::filesystem::path path_of(const QString& file)
{
    return std::filesystem::path(file.toStdU16String());
}

} // namespace

class TestWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { circuitloom::testing::keep_settings_in(settings_.path()); }

    void init()
    {
        folder_ = std::make_unique<QTemporaryDir>();
        QVERIFY(folder_->isValid());
        QSettings().clear();
    }

    void what_is_in_sight_when_the_window_goes_leaves_before_the_session()
    {
        const QTemporaryDir folder;
        auto window = std::make_unique<MainWindow>(fake(), folder.path());
        window->show();
        QVERIFY(QTest::qWaitForWindowExposed(window.get()));
        QStringList order;
        QObject log;
        const auto note = [&](QWidget& panel, const QString& what) {
            panel.installEventFilter(new HideNote([&order, what] { order << what; }, &log));
        };
        for (const char* name : { "inspectorDock", "tryItDock" }) {
            auto* dock = window->findChild<QDockWidget*>(QString::fromLatin1(name));
            QVERIFY(dock);
            dock->show();
            dock->setFloating(name[0] == 'i');
            QTRY_VERIFY(dock->widget()->isVisible());
            note(*dock->widget(), QString::fromLatin1(name));
        }
        connect(&window->session(), &QObject::destroyed, &log,
            [&order] { order << QStringLiteral("session"); });
        window.reset();
        QCOMPARE(order,
            (QStringList{ QStringLiteral("inspectorDock"), QStringLiteral("tryItDock"),
                QStringLiteral("session") }));
    }

    void the_demo_runs_at_the_press_of_a_button()
    {
        // Held, so that what follows happens within the run however slow the machine is.
        const auto hold = std::make_shared<std::atomic<int>>(10);
        MainWindow window(fake({ std::chrono::milliseconds(5), {}, {}, hold }), experiments());
        show(window);
        click<QPushButton>(window, "runDemo");
        const Playback& playback = window.playback();
        QTRY_VERIFY_WITH_TIMEOUT(playback.count() > 5, patience);
        QVERIFY(playback.following());

        window.session().pause();
        QTRY_COMPARE_WITH_TIMEOUT(window.session().paused(), true, patience);
        QTest::keyClick(&window, Qt::Key_End);
        QVERIFY(playback.following());
        QTest::keyClick(&window, Qt::Key_Left);
        QVERIFY(!playback.following());
        const int shown = playback.current();
        const int count = playback.count();
        window.session().resume();
        *hold = std::numeric_limits<int>::max();
        QTRY_VERIFY_WITH_TIMEOUT(playback.count() > count + 3, patience);
        QCOMPARE(playback.current(), shown);
        QTest::keyClick(&window, Qt::Key_Right);
        QCOMPARE(playback.current(), shown + 1);
        QTest::keyClick(&window, Qt::Key_Home);
        QCOMPARE(playback.current(), 0);

        QTRY_VERIFY_WITH_TIMEOUT(!playback.live(), patience);
        QCOMPARE(playback.count(), preset("sv-disagreement").steps + 1);
        QCOMPARE(playback.current(), 0);
        QTest::keyClick(&window, Qt::Key_End);
        QCOMPARE(playback.current(), preset("sv-disagreement").steps);
        QCOMPARE(window.findChild<CurvesPanel*>()->cursor(), 1.0 * preset("sv-disagreement").steps);
        QTest::keyClick(&window, Qt::Key_Space);
        QVERIFY(playback.playing());
        QTRY_VERIFY_WITH_TIMEOUT(playback.current() > 2, patience);
        QTest::keyClick(&window, Qt::Key_Space);
        QVERIFY(!playback.playing());
    }

    void a_followed_run_ends_at_its_last_iteration()
    {
        MainWindow window(fake(), experiments());
        show(window);
        run_to_the_end(window, "sv-disagreement");
        QCOMPARE(window.playback().current(), preset("sv-disagreement").steps);
        QCOMPARE(window.playback().count(), preset("sv-disagreement").steps + 1);
    }

    void the_start_page_leaves_the_focus_to_the_circuit()
    {
        MainWindow window(fake(), experiments());
        show(window);
        window.findChild<QPushButton*>(QStringLiteral("runDemo"))->setFocus();
        run_to_the_end(window, "sv-disagreement");
        QCOMPARE(window.focusWidget(), window.findChild<CircuitPanel*>()->view());
    }

    void keys_typed_into_a_field_stay_there()
    {
        MainWindow window(fake(), experiments());
        show(window);
        run_to_the_end(window, "sv-disagreement");
        auto* field = window.findChild<CircuitPanel*>()->findChild<SearchField*>();
        field->setFocus();
        const int shown = window.playback().current();
        QTest::keyClicks(field, QStringLiteral("a 2"));
        QTest::keyClick(field, Qt::Key_Left);
        QTest::keyClick(field, Qt::Key_Home);
        QCOMPARE(field->text(), QStringLiteral("a 2"));
        QCOMPARE(field->cursorPosition(), 0);
        QCOMPARE(window.playback().current(), shown);
        QVERIFY(!window.playback().playing());
    }

    void what_is_shown_is_exported()
    {
        MainWindow window(fake(), experiments());
        show(window);
        QVERIFY(!window.export_circuit(path("early.png")));
        QVERIFY(!banner(window).isEmpty());
        run_to_the_end(window, "sv-disagreement");
        window.playback().go_to(40);
        // All that the colours below compare it with is read ahead.
        for (const int iteration : { 40, 39, 0 })
            QTRY_VERIFY_WITH_TIMEOUT(window.session().circuit(iteration), patience);
        for (const char* name : { "c.png", "c.svg", "c.pdf" })
            QVERIFY2(window.export_circuit(path(name)), qPrintable(banner(window)));
        for (const char* name : { "k.png", "k.svg", "k.pdf", "k.csv" })
            QVERIFY2(window.export_curves(path(name)), qPrintable(banner(window)));
        QVERIFY(!QImage(path("c.png")).isNull());
        QVERIFY(!QImage(path("k.png")).isNull());
        QVERIFY(QSvgRenderer(path("c.svg")).isValid());
        QVERIFY(QSvgRenderer(path("k.svg")).isValid());
        QVERIFY(!window.export_circuit(path("c.xyz")));
        QVERIFY(banner(window).contains(QStringLiteral("xyz")));

        // Whatever was done to the view.
        CircuitView* view = window.findChild<CircuitPanel*>()->view();
        for (const ColorChoice colors : { ColorChoice::since_previous, ColorChoice::since_start,
                 ColorChoice::sign, ColorChoice::age }) {
            view->editor().choose_colors(colors);
            CircuitFilter filter = view->state().filter;
            filter.strongest = 11;
            view->editor().set_filter(filter);
            view->circuit().select_named(QStringLiteral("logits"));
            view->editor().fold_layer(1, colors == ColorChoice::sign);
            view->zoom_by(1.5, view->rect().center());
            // The ages are read in the background.
            QTRY_VERIFY_WITH_TIMEOUT(
                colors != ColorChoice::age || view->scene().oldest > 0, patience);
            QVERIFY(window.export_circuit(path("shown.png")));
            PageOptions options;
            options.title = QStringLiteral("the wrong verb form");
            options.stamp = iteration_stamp(40, window.playback().current_step())
                + QStringLiteral(" · %1 of %2 edges")
                      .arg(edges_shown(view->scene()))
                      .arg(view->circuit().circuit().size());
            const PicturePage page = circuit_page(
                { view->scene(), view->state().camera, view->size(), view->highlight() },
                window.findChild<ThemeSwitch*>()->theme(), options);
            QImage expected = page_image(page, {});
            expected.setDevicePixelRatio(1);
            QCOMPARE(QImage(path("shown.png")), expected);
        }
    }

    void closing_while_training_keeps_what_was_written()
    {
        QString file;
        int seen = 0;
        {
            MainWindow window(fake({ std::chrono::milliseconds(5), {}, {} }), experiments());
            show(window);
            RunConfig config = preset("sv-disagreement");
            config.steps = 100'000; // so that it does not end by itself
            window.start_run(config);
            QTRY_VERIFY_WITH_TIMEOUT(window.playback().count() > 3, patience);
            file = window.session().file();
            seen = window.playback().count();
            answer(QMessageBox::Cancel);
            QVERIFY(!window.close());
            QVERIFY(window.session().training());
            answer(QMessageBox::Yes);
            QVERIFY(window.close());
            QVERIFY(window.isHidden());
        }
        const ExperimentReader reader(path_of(file));
        const RunSummary run = reader.runs().at(0);
        QVERIFY(run.state == RunState::stopped);
        QVERIFY(run.iterations >= seen);

        MainWindow again(fake(), experiments());
        show(again);
        QVERIFY(open_in_window(again, file));
        QCOMPARE(again.playback().count(), run.iterations);
        QCOMPARE(again.playback().current(), run.iterations - 1);
        QVERIFY(!again.playback().live());
    }

    void a_failed_run_leaves_a_banner_and_the_next_run_works()
    {
        const FakeEngineOptions failing{ std::chrono::milliseconds(1),
            preset("sv-disagreement").name, "The batch does not fit into memory." };
        MainWindow window(fake(failing), experiments());
        show(window);
        window.start_preset("sv-disagreement");
        QTRY_VERIFY2_WITH_TIMEOUT(
            banner(window).contains(QStringLiteral("fit")), qPrintable(banner(window)), patience);
        QTRY_VERIFY_WITH_TIMEOUT(!window.session().training(), patience);
        QVERIFY(window.session().runs().front().summary.state == RunState::failed);
        click<QToolButton>(window, "bannerDismiss");
        QVERIFY(banner(window).isEmpty());

        run_to_the_end(window, "de-bias-pronouns");
        QCOMPARE(window.session().runs().size(), std::size_t{ 2 });
        QVERIFY(window.session().current()->summary.state == RunState::finished);
        QVERIFY(banner(window).isEmpty());
    }

    void without_an_engine_the_window_says_so()
    {
        const auto missing = []() -> std::unique_ptr<TuningEngine> {
            throw ResourceError("The engine is missing.");
        };
        MainWindow window(missing, experiments());
        show(window);
        QTRY_COMPARE_WITH_TIMEOUT(
            banner(window), QStringLiteral("The engine is missing."), patience);
    }

    void a_file_that_is_none_changes_nothing()
    {
        MainWindow window(fake(), experiments());
        show(window);
        run_to_the_end(window, "sv-disagreement");
        const QString before = window.session().file();
        QFile junk(path("junk.loom"));
        QVERIFY(junk.open(QIODevice::WriteOnly));
        junk.write("this is no database");
        junk.close();
        QVERIFY(!open_in_window(window, junk.fileName()));
        QVERIFY(banner(window).contains(QStringLiteral("junk.loom")));
        QVERIFY(!open_in_window(window, path("missing.loom")));
        QCOMPARE(window.session().file(), before);
        QCOMPARE(window.playback().count(), preset("sv-disagreement").steps + 1);
    }

    void saving_goes_on_with_the_copy()
    {
        MainWindow window(fake(), experiments());
        show(window);
        run_to_the_end(window, "sv-disagreement");
        const QString untitled = window.session().file();
        QVERIFY(window.session().unsaved());
        QSignalSpy saved(&window.session(), &ExperimentSession::saved);
        window.save_file(path("mine.loom"));
        QTRY_COMPARE_WITH_TIMEOUT(saved.size(), 1, patience);
        QCOMPARE(window.session().file(), path("mine.loom"));
        QVERIFY(!window.session().unsaved());
        QVERIFY(!QFile::exists(untitled));
        QCOMPARE(window.playback().count(), preset("sv-disagreement").steps + 1);
    }

    void saving_while_training_only_copies()
    {
        const auto hold = std::make_shared<const std::atomic<int>>(10);
        MainWindow window(fake({ std::chrono::milliseconds(5), {}, {}, hold }), experiments());
        show(window);
        window.start_preset("sv-disagreement");
        QTRY_VERIFY_WITH_TIMEOUT(window.playback().count() > 3, patience);
        window.session().pause();
        const QString original = window.session().file();
        QSignalSpy saved(&window.session(), &ExperimentSession::saved);
        window.save_file(path("copy.loom"));
        QTRY_COMPARE_WITH_TIMEOUT(saved.size(), 1, patience);
        QCOMPARE(window.session().file(), original);
        QVERIFY(!banner(window).isEmpty());
        QVERIFY(ExperimentReader(path_of(path("copy.loom"))).runs().at(0).iterations > 3);
        window.session().stop();
        QTRY_VERIFY_WITH_TIMEOUT(!window.session().training(), patience);
    }

    void one_key_pauses_and_resumes()
    {
        const auto hold = std::make_shared<const std::atomic<int>>(10);
        MainWindow window(fake({ std::chrono::milliseconds(5), {}, {}, hold }), experiments());
        show(window);
        window.start_preset("sv-disagreement");
        QTRY_VERIFY_WITH_TIMEOUT(window.playback().count() > 3, patience);
        for (const bool paused : { true, false, true }) {
            QTest::keyClick(&window, Qt::Key_P, Qt::ControlModifier);
            QTRY_COMPARE_WITH_TIMEOUT(window.session().paused(), paused, patience);
        }
        QTest::keyClick(&window, Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_VERIFY_WITH_TIMEOUT(!window.session().paused(), patience);
        window.session().stop();
        QTRY_VERIFY_WITH_TIMEOUT(!window.session().training(), patience);
    }

    void runs_are_compared_and_deleted()
    {
        MainWindow window(fake(), experiments());
        show(window);
        run_to_the_end(window, "sv-disagreement");
        run_to_the_end(window, "change-one-fact");
        QCOMPARE(window.session().runs().size(), std::size_t{ 2 });
        auto* curves = window.findChild<CurvesPanel*>();
        QCOMPARE(curves->runs().size(), std::size_t{ 1 });
        auto* model = window.findChild<QAbstractItemView*>(QStringLiteral("runsList"))->model();
        QVERIFY(model->setData(model->index(0, 0), Qt::Checked, Qt::CheckStateRole));
        QCOMPARE(curves->runs().size(), std::size_t{ 2 });

        const RunId full = window.session().runs().back().summary.id;
        window.session().remove(full);
        QCOMPARE(window.session().runs().size(), std::size_t{ 1 });
        QCOMPARE(window.playback().count(), preset("sv-disagreement").steps + 1);
        QCOMPARE(model->rowCount(), 1);
    }

    void stability_and_scores_of_a_resampled_run_are_seen()
    {
        const QString file = folder_->filePath(QStringLiteral("resampled.loom"));
        constexpr int iterations = 6;
        {
            RunWriter writer(path_of(file), samples::description());
            for (int i = 0; i < iterations; ++i) {
                ScoreCertainty certainty{ 20, 1, 40, 40, { 0.42, 0.01 }, {} };
                certainty.edges.resize(samples::circuit(i).size());
                writer.add_iteration(samples::iteration(i), samples::circuit(i), certainty);
            }
            writer.set_state(RunState::finished);
        }
        MainWindow window(fake(), experiments());
        show(window);
        QVERIFY(open_in_window(window, file));
        const auto* summary = window.findChild<CircuitToolbar*>()->findChild<FittingLabel*>();
        QTRY_VERIFY_WITH_TIMEOUT(
            summary->toolTip().contains(QStringLiteral("Stability 0.42 of iteration")), patience);
        QTRY_VERIFY2_WITH_TIMEOUT(summary->text().contains(QStringLiteral("stability 0.42")),
            qPrintable(summary->text()), patience);

        auto* view = window.findChild<CircuitPanel*>()->view();
        view->editor().select({ {}, { samples::circuit(0).front().edge } });
        auto* curves = window.findChild<CurvesPanel*>();
        curves->findChild<QToolButton*>(QStringLiteral("curvesAdd"))->click();
        QAction* score = nullptr;
        for (QMenu* part : curves->findChildren<QMenu*>())
            for (QAction* action : part->actions())
                if (action->text().startsWith(QStringLiteral("Score of ")))
                    score = action;
        QVERIFY(score);
        score->trigger();
        for (QMenu* menu : curves->findChildren<QMenu*>(QString(), Qt::FindDirectChildrenOnly))
            menu->close();
        const auto points = [&] {
            const auto& lines = curves->plots().back()->content().lines;
            return lines.empty() ? std::size_t(0) : lines.front().points.size();
        };
        QTRY_COMPARE_WITH_TIMEOUT(points(), std::size_t(iterations), patience);
    }

    void the_shown_runs_have_a_consensus_which_is_shown_then()
    {
        const QString file = folder_->filePath(QStringLiteral("two.loom"));
        for (const int first : { 0, 1 }) {
            RunWriter writer(path_of(file), samples::description());
            writer.add_iteration(samples::iteration(0), samples::circuit(first));
            writer.add_iteration(samples::iteration(1), samples::circuit(5));
            writer.set_state(RunState::finished);
        }
        MainWindow window(fake(), experiments());
        show(window);
        QVERIFY(open_in_window(window, file));
        auto* model = window.findChild<QAbstractItemView*>(QStringLiteral("runsList"))->model();
        for (int row = 0; row < 2; ++row)
            model->setData(model->index(row, 0), Qt::Checked, Qt::CheckStateRole);
        QCOMPARE(window.findChild<CurvesPanel*>()->runs().size(), std::size_t{ 2 });
        QAction* consensus = nullptr;
        for (QAction* action : window.actions())
            if (action->text().startsWith(QStringLiteral("Consensus")))
                consensus = action;
        QVERIFY(consensus && consensus->isEnabled());
        consensus->trigger();
        auto* question = window.findChild<QInputDialog*>(QStringLiteral("consensusShare"));
        QVERIFY(question && question->labelText().contains(QStringLiteral("2 runs")));
        question->setIntValue(100);
        question->accept();
        // Both runs' last circuits are the same, so that is the consensus.
        QTRY_COMPARE_WITH_TIMEOUT(window.session().runs().size(), std::size_t{ 3 }, patience);
        QTRY_COMPARE_WITH_TIMEOUT(window.session().current()->summary.id.value, 3, patience);
        const ExperimentReader reader(path_of(file));
        QCOMPARE(reader.run({ 3 }).iterations, 1);
        QVERIFY(reader.circuit({ 3 }, { 0 }) == samples::circuit(5));
        QVERIFY(banner(window).contains(QStringLiteral("at least 2 of 2")));
    }

    void the_theme_is_remembered()
    {
        {
            MainWindow window(fake(), experiments());
            window.preferences().set_theme(ThemeChoice::dark);
            QVERIFY(window.findChild<ThemeSwitch*>()->theme().dark);
        }
        MainWindow window(fake(), experiments());
        QVERIFY(window.findChild<ThemeSwitch*>()->theme().dark);
        window.preferences().set_theme(ThemeChoice::light);
        QVERIFY(!window.findChild<ThemeSwitch*>()->theme().dark);
    }

    void every_action_has_a_key_and_no_two_share_one()
    {
        MainWindow window(fake(), experiments());
        QHash<QKeySequence, QString> taken;
        for (const QAction* action : window.actions()) {
            QVERIFY2(!action->shortcut().isEmpty(), qPrintable(action->text()));
            QVERIFY2(!taken.contains(action->shortcut()),
                qPrintable(
                    action->text() + QStringLiteral(" and ") + taken.value(action->shortcut())));
            taken.insert(action->shortcut(), action->text());
        }
        QVERIFY(taken.size() > 25);
    }

private:
    QString path(const char* name) const { return folder_->filePath(QString::fromLatin1(name)); }
    QString experiments() const { return path("experiments"); }

    static void show(MainWindow& window)
    {
        window.resize(1280, 800);
        window.show();
        window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window));
    }

    static void run_to_the_end(MainWindow& window, const char* name)
    {
        const std::size_t runs = window.session().runs().size();
        window.start_preset(name);
        QTRY_VERIFY_WITH_TIMEOUT(
            window.session().runs().size() == runs + 1 && !window.session().live_run(), patience);
    }

    QTemporaryDir settings_;
    std::unique_ptr<QTemporaryDir> folder_;
};

CIRCUITLOOM_UI_TEST(TestWindow, Application::widgets)
#include "tst_window.moc"
