// How a file is looked at travels with it.
#include "core/store/experiment_reader.h"
#include "core/store/stored_view.h"
#include "tests/support/circuit_samples.h"
#include "tests/support/open_experiment.h"
#include "tests/support/own_settings.h"
#include "tests/support/ui_test.h"
#include "tests/support/written_runs.h"
#include "ui/circuit/circuit_panel.h"
#include "ui/curves/curves_panel.h"
#include "ui/panels/panel_context.h"
#include "ui/window/file_view.h"
#include "ui/window/main_window.h"
#include "ui/window/view_keeper.h"

#include <QAction>
#include <QActionGroup>
#include <QAbstractItemView>
#include <QDir>
#include <QFile>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

#include <SQLiteCpp/Database.h>

#include <algorithm>
#include <memory>

using namespace circuitloom;
using namespace circuitloom::ui;
using circuitloom::testing::FakeEngine;
using circuitloom::testing::open_in_window;
using circuitloom::testing::write_run;

namespace {

constexpr int patience = 60'000; ///< milliseconds, for a busy machine

std::unique_ptr<TuningEngine> fake()
{
    return std::make_unique<FakeEngine>();
}

FileView some_view()
{
    FileView view;
    view.iteration = 7;
    view.loop = LoopRange{ 3, 9 };
    view.looping = true;
    view.overlaid = { RunId{ 2 }, RunId{ 5 } };
    view.chosen = 4;
    view.width = WidthScale::logarithmic;
    view.curves.plots = { { "loss", "", true }, { "accuracy", "was/were", false } };
    view.curves.axis = { AxisQuantity::wall_time, true };
    view.curves.smoothing = 0.6;
    view.curves.seeds = SeedBand::extremes;
    view.state.camera = { 2.5, { 10.25, -3 } };
    view.state.selection = { { { 1 }, { 8 } }, { { 3 } } };
    view.state.pinned = { { { 2 } }, {} };
    view.state.isolated = { {}, { { 11 }, { 12 } } };
    view.state.hidden = { { { 4 } }, {} };
    view.state.switched_off = { { { 2 }, { 5 } }, { { 7 } } };
    view.state.folding.layers = { 1 };
    view.state.folding.mlps = { 0, 2 };
    view.state.filter.strongest = 17;
    view.state.filter.share = 0.75;
    view.state.filter.threshold = 0.125;
    view.state.filter.connected = true;
    view.state.filter.kinds.key = false;
    view.state.filter.first_layer = 1;
    view.state.filter.last_layer = 2;
    view.state.filter.change = CircuitFilter::Change::entered;
    view.state.colors = ColorChoice::since_chosen;
    view.state.layout = LayoutChoice::matrix;
    view.sentence = QStringLiteral("the cat near the dogs");
    view.candidates = { QStringLiteral("is"), QStringLiteral("are") };
    view.ablations = { { QStringLiteral("agreement"), { "a1.h3", "m0->logits" } } };
    view.compared = { { { 2 }, Alignment::loss, {} }, { { 1 }, Alignment::step, 3 } };
    return view;
}

bool shows(MainWindow& window, RunId run)
{
    const RunHistory* shown = window.session().current();
    return shown && shown->summary.id == run;
}

} // namespace

class TestFileView : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        circuitloom::testing::keep_settings_in(settings_.path());
    }

    void init()
    {
        folder_ = std::make_unique<QTemporaryDir>();
        QSettings().clear();
    }

    void what_is_written_is_read()
    {
        for (const FileView& view : { FileView(), some_view() }) {
            const auto read = read_file_view(file_view_text(view, 1234));
            QVERIFY(read);
            QVERIFY(read->view == view);
            QCOMPARE(read->saved_ms, std::int64_t{ 1234 });
        }
    }

    void every_choice_has_a_name_of_its_own()
    {
        FileView view;
        for (int i = 0; i <= static_cast<int>(ColorChoice::certainty); ++i) {
            view.state.colors = static_cast<ColorChoice>(i);
            QVERIFY(read_file_view(file_view_text(view, 0))->view == view);
        }
        for (const WidthScale width :
            { WidthScale::linear, WidthScale::root, WidthScale::logarithmic }) {
            view.width = width;
            QVERIFY(read_file_view(file_view_text(view, 0))->view == view);
        }
        for (int i = 0; i <= static_cast<int>(Alignment::metric); ++i) {
            view.compared = { { { 1 }, static_cast<Alignment>(i), {} } };
            QVERIFY(read_file_view(file_view_text(view, 0))->view == view);
        }
    }

    void nonsense_is_the_default()
    {
        QVERIFY(!read_file_view(""));
        QVERIFY(!read_file_view("[]"));
        QVERIFY(!read_file_view("{"));
        const char* odd = R"({"iteration": -7, "loop": [9, 3], "overlaid": "x", "chosen": 1e300,
            "compared": [{"run": -1}, 3, {"run": 2, "by": "moon", "iteration": -4}],
            "width": 3, "state": {"looked-at": [0, "a"], "selection": {"nodes": [-1, 2.5, 3, 3]},
            "filter": {"strongest": -4, "share": 7, "threshold": -1, "kinds": 4}, "colors": {}}})";
        const auto read = read_file_view(odd);
        QVERIFY(read);
        FileView expected;
        expected.state.selection.nodes = { { 3 } };
        expected.state.filter.strongest = 0;
        expected.compared = { { { 2 }, Alignment::step, {} } };
        QVERIFY(read->view == expected);
    }

    void what_a_graph_lacks_is_left_out()
    {
        const auto graph = circuitloom::testing::demo_graph();
        FileView view = some_view();
        view.state.selection.nodes.push_back({ 1'000'000 });
        view.state.selection.edges.push_back({ 100'000'000 });
        view.state.folding.layers.insert(400);
        QVERIFY(fitted_to(view, *graph) == some_view());
    }

    void a_file_opens_as_it_was_left()
    {
        write_runs();
        const FileView left = leave_changed();
        // Nothing but the file remembers.
        QSettings().clear();
        check_reopened(file(), left);
        // Nor does its place matter.
        QVERIFY(QFile::rename(file(), path("moved.loom")));
        QSettings().clear();
        check_reopened(path("moved.loom"), left);
    }

    void lists_of_ablations_stay_with_their_file()
    {
        write_runs();
        write_run(path("other.loom"), "other", 10, 4);
        MainWindow window(fake, path("kept"));
        show(window);
        QVERIFY(open_in_window(window, file()));
        auto& panels = *window.findChild<PanelContext*>();
        panels.set_ablations({ { QStringLiteral("mine"), { "a1.h3" } } });
        QVERIFY(open_in_window(window, path("other.loom")));
        QVERIFY(panels.ablations().empty());
        QVERIFY(open_in_window(window, file()));
        QTRY_COMPARE_WITH_TIMEOUT(panels.ablations().size(), std::size_t{ 1 }, patience);
    }

    void a_file_that_cannot_be_written_opens_so_as_well()
    {
        write_runs();
        {
            const ExperimentReader reader(path_of(file())); // takes the log away at its end
        }
        // To whoever runs this as root nothing is read-only but an older version.
        const QFileDevice::Permissions before = QFile(file()).permissions();
        QVERIFY(QFile::setPermissions(file(), QFile::ReadOwner));
        QVERIFY(QFile::setPermissions(folder_->path(), QFile::ReadOwner | QFile::ExeOwner));
        const FileView left = leave_changed();
        check_reopened(file(), left);
        QVERIFY(QFile::setPermissions(folder_->path(),
            QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
        QVERIFY(QFile::setPermissions(file(), before));
    }

    void a_program_that_is_killed_has_noted_how_the_file_was_looked_at()
    {
        write_runs();
        MainWindow window(fake, path("kept"));
        show(window);
        QVERIFY(open_in_window(window, file()));
        auto* timer = window.findChild<ViewKeeper*>()->findChild<QTimer*>();
        QVERIFY(timer->isActive());
        QVERIFY(timer->interval() <= 10'000);
        window.session().select(RunId{ 1 });
        QTRY_VERIFY(shows(window, RunId{ 1 }));
        window.playback().go_to(6);
        window.playback().set_loop_range({ 4, 12 });
        timer->setInterval(1);
        const auto noted = [] {
            const QSettings settings;
            return std::ranges::any_of(settings.allKeys(), [&](const QString& key) {
                return key.endsWith(QStringLiteral("/content"))
                    && settings.value(key).toString().contains(QStringLiteral("\"iteration\":6"));
            });
        };
        QTRY_VERIFY(noted());
        MainWindow other(fake, path("other")); // the first one neither ends nor closes the file
        show(other);
        QVERIFY(open_in_window(other, file()));
        QTRY_VERIFY(shows(other, RunId{ 1 }));
        QTRY_COMPARE(other.playback().current(), 6);
        QVERIFY(other.playback().loop_range() == (LoopRange{ 4, 12 }));
    }

    void a_view_that_was_noted_and_left_again_is_not_brought_back()
    {
        write_runs();
        leave_changed(); // at iteration 6
        {
            MainWindow window(fake, path("kept"));
            show(window);
            QVERIFY(open_in_window(window, file()));
            QTRY_COMPARE(window.playback().current(), 6);
            window.playback().go_to(9);
            window.findChild<ViewKeeper*>()->note();
            window.playback().go_to(6);
        }
        MainWindow again(fake, path("kept"));
        show(again);
        QVERIFY(open_in_window(again, file()));
        QTRY_COMPARE(again.playback().current(), 6);
        QTest::qWait(50); // what is restored later
        QCOMPARE(again.playback().current(), 6);
    }

    void a_view_whose_run_cannot_be_read_is_not_shown_in_another_file()
    {
        leave_one_that_waits();
        write_run(path("other.loom"), "other", 12, 4);
        MainWindow window(fake, path("kept"));
        show(window);
        open_waiting(window);
        QVERIFY(open_in_window(window, path("other.loom")));
        QVERIFY(shows(window, RunId{ 1 }));
        const CircuitView& view = *window.findChild<CircuitPanel*>()->view();
        QVERIFY(view.state().folding.layers.empty());
        QVERIFY(!window.playback().loop_range());
        QCOMPARE(window.playback().current(), window.playback().count() - 1);
    }

    void a_view_whose_run_cannot_be_read_makes_room_for_another()
    {
        leave_one_that_waits();
        MainWindow window(fake, path("kept"));
        show(window);
        open_waiting(window);
        window.playback().go_to(2);
        window.findChild<ViewKeeper*>()->note();
        const QSettings settings;
        const QStringList keys = settings.allKeys();
        QVERIFY(std::ranges::any_of(keys, [&](const QString& key) {
            return key.endsWith(QStringLiteral("/content"))
                && settings.value(key).toString().contains(QStringLiteral("\"iteration\":2"));
        }));
    }

    void the_newer_of_two_views_counts()
    {
        write_runs();
        leave_changed();
        FileView other = some_view();
        other.iteration = 2;
        other.overlaid.clear();
        other.state = {};
        // Somebody else looked at it since, on another machine.
        QVERIFY(save_view(path_of(file()),
            { RunId{ 1 }, file_view_text(other, QDateTime::currentMSecsSinceEpoch() + 1000) }));
        MainWindow window(fake, path("kept"));
        show(window);
        QVERIFY(open_in_window(window, file()));
        QCOMPARE(window.playback().current(), 2);
    }

    void one_that_only_looked_leaves_the_file_alone()
    {
        write_runs();
        leave_changed();
        const auto stored = ExperimentReader(path_of(file())).view();
        {
            MainWindow window(fake, path("kept"));
            show(window);
            QVERIFY(open_in_window(window, file()));
        }
        QVERIFY(ExperimentReader(path_of(file())).view() == stored);
    }

private:
    QString path(const char* name) const { return folder_->filePath(QString::fromLatin1(name)); }
    QString file() const { return path("run.loom"); }

    void write_runs()
    {
        write_run(file(), "first", 20, 1);
        write_run(file(), "second", 30, 2);
        write_run(file(), "third", 10, 3);
    }

    /// The file with a view of run 3, and settings with a newer one of run 1, which cannot be read.
    void leave_one_that_waits()
    {
        write_runs();
        leave_changed();
        QVERIFY(save_view(path_of(file()), { RunId{ 3 }, file_view_text(FileView(), 1) }));
        SQLite::Database(file().toStdString(), SQLite::OPEN_READWRITE)
            .exec("UPDATE step SET learning_rate = -0.5 WHERE run_id = 1");
    }

    void open_waiting(MainWindow& window) const
    {
        const QSignalSpy failed(&window.session(), &ExperimentSession::failed);
        QVERIFY(window.open_file(file()));
        QTRY_VERIFY_WITH_TIMEOUT(!failed.isEmpty() && !window.session().reading(), patience);
        QVERIFY(shows(window, RunId{ 3 }));
    }

    /// Opens the file, changes how it is looked at, and ends the program.
    FileView leave_changed()
    {
        FileView left;
        MainWindow window(fake, path("kept"));
        show(window);
        if (!open_in_window(window, file()))
            qFatal("The file does not open.");
        window.session().select(RunId{ 1 });
        auto* runs = window.findChild<QAbstractItemView*>(QStringLiteral("runsList"))->model();
        runs->setData(runs->index(1, 0), Qt::Checked, Qt::CheckStateRole);
        CircuitView& view = *window.findChild<CircuitPanel*>()->view();
        window.playback().go_to(6);
        window.playback().set_loop_range({ 4, 12 });
        CircuitFilter filter;
        filter.strongest = 13;
        view.editor().set_filter(filter);
        view.editor().choose_colors(ColorChoice::since_start);
        view.circuit().select_named(QStringLiteral("logits"));
        view.zoom_by(1.5, view.rect().center());
        view.editor().fold_layer(1, true);
        left.iteration = 6;
        left.loop = LoopRange{ 4, 12 };
        left.overlaid = { RunId{ 2 } };
        left.state = view.state();
        return left;
    }

    void check_reopened(const QString& name, const FileView& left)
    {
        MainWindow window(fake, path("kept"));
        show(window);
        QVERIFY(open_in_window(window, name));
        QTRY_VERIFY_WITH_TIMEOUT(shows(window, RunId{ 1 }), patience);
        QCOMPARE(window.playback().current(), left.iteration);
        QVERIFY(window.playback().loop_range() == left.loop);
        const CircuitView& view = *window.findChild<CircuitPanel*>()->view();
        QVERIFY(view.state().selection == left.state.selection);
        QVERIFY(!view.state().selection.empty());
        QVERIFY(view.state().filter == left.state.filter);
        QVERIFY(view.state().colors == left.state.colors);
        QVERIFY(view.state().folding == left.state.folding);
        QCOMPARE(view.state().camera.zoom, left.state.camera.zoom);
        QCOMPARE(window.findChild<CurvesPanel*>()->runs().size(), std::size_t{ 2 });
        // The picture follows.
        QTRY_VERIFY_WITH_TIMEOUT(window.session().circuit(6), patience);
        QTRY_COMPARE_WITH_TIMEOUT(edges_shown(view.scene()), 13, patience);
    }

    static void show(MainWindow& window)
    {
        window.resize(1280, 800);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
    }

    QTemporaryDir settings_;
    std::unique_ptr<QTemporaryDir> folder_;
};

CIRCUITLOOM_UI_TEST(TestFileView, Application::widgets)
#include "tst_file_view.moc"
