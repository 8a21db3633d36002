#include "ui/window/main_window.h"

#include "ui/accessibility/painted_widgets.h"
#include "ui/base/control_keys.h"
#include "ui/base/file_path.h"
#include "ui/base/screen_fit.h"
#include "ui/bookmarks/bookmarks_panel.h"
#include "ui/circuit/circuit_panel.h"
#include "ui/curves/curves_panel.h"
#include "ui/help/help_window.h"
#include "ui/runs/runs_panel.h"
#include "ui/start/start_page.h"
#include "ui/timeline/timeline_bar.h"
#include "ui/window/about_dialog.h"
#include "ui/window/bookmark_commands.h"
#include "ui/window/circuit_commands.h"
#include "ui/window/circuit_pages.h"
#include "ui/window/compact_command.h"
#include "ui/window/consensus_command.h"
#include "ui/window/curves_commands.h"
#include "ui/window/device_note.h"
#include "ui/window/diagnostics.h"
#include "ui/window/dock_panels.h"
#include "ui/window/error_banner.h"
#include "ui/window/export_commands.h"
#include "ui/window/file_commands.h"
#include "ui/window/file_drops.h"
#include "ui/window/header_bar.h"
#include "ui/window/import_commands.h"
#include "ui/window/iteration_display.h"
#include "ui/window/observe_commands.h"
#include "ui/window/region_focus.h"
#include "ui/window/remote_commands.h"
#include "ui/window/report_commands.h"
#include "ui/window/run_commands.h"
#include "ui/window/runs_display.h"
#include "ui/window/settings_commands.h"
#include "ui/window/shortcuts_page.h"
#include "ui/window/start_commands.h"
#include "ui/window/timeline_commands.h"
#include "ui/window/unfinished_exports.h"
#include "ui/window/view_commands.h"
#include "ui/window/view_keeper.h"
#include "ui/window/window_context.h"

#include <QAbstractButton>
#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QCloseEvent>
#include <QDockWidget>
#include <QGuiApplication>
#include <QMenuBar>
#include <QVBoxLayout>

#include <utility>

namespace circuitloom::ui {

namespace {

/// Where the user wants experiments to be kept, or `usual`.
QString chosen_or(const Preferences& preferences, const QString& usual)
{
    return preferences.experiments_folder.isEmpty() ? usual : preferences.experiments_folder;
}

} // namespace

MainWindow::MainWindow(Worker::EngineLoader loader, const QString& folder)
    : usual_folder_(folder)
    , session_(std::make_unique<ExperimentSession>(
          std::move(loader), chosen_or(preferences_.now(), folder)))
    , header_(new HeaderBar(this))
    , actions_(std::make_unique<WindowActions>(*this, *header_->menus()))
    , theme_(new ThemeSwitch(*actions_->themes, preferences_, this))
{
    setObjectName(QStringLiteral("mainWindow"));
    describe_painted_widgets();
    new DialogFit(this);
    new ControlKeys(this);
    setMenuWidget(header_);
    build_middle();
    build_panels();
    connect_circuit();
    connect_playback();
    connect_session();
    auto* regions = new RegionFocus(
        *this, { pages_, timeline_ }, *actions_->next_region, *actions_->previous_region);
    connect(docks_, &DockPanels::opened, regions, &RegionFocus::enter);
    connect(actions_->quit, &QAction::triggered, this, &QWidget::close);
    connect(actions_->shortcuts, &QAction::triggered, this, [this] { show_shortcuts(this); });
    connect(actions_->documents, &QAction::triggered, this, [this] {
        if (!help_)
            help_ = new HelpWindow(this);
        help_->show();
        help_->raise();
        help_->activateWindow();
    });
    connect(actions_->copy_diagnostics, &QAction::triggered, this, [this] {
        QGuiApplication::clipboard()->setText(
            diagnostics_text(*session_, header_->devices(), banner_->last_errors()));
        banner_->show_notice(tr("The diagnostics are on the clipboard. Read them before you pass "
                                "them on: they have the last errors, with names of files."));
    });
    connect(actions_->about, &QAction::triggered, this, [this] { show_about(this); });
    theme_->apply();
    docks_->restore();
    // A signal, as at the end of the desktop's session, closes no window.
    connect(qApp, &QCoreApplication::aboutToQuit, this, [this] {
        if (isVisible()) // else closeEvent() has seen to it
            docks_->save();
    });
    iterations_->show_run();
    runs_->show_current();
    show_runs();
    show_state();
}

MainWindow::~MainWindow()
{
    views_->keep(); // the session waits until it is written
    // What goes out of sight asks the session for nothing any more, so there must still be one.
    for (QDockWidget* dock : findChildren<QDockWidget*>())
        if (dock->isFloating()) // a window of its own
            dock->hide();
    hide();
}

void MainWindow::build_middle()
{
    auto* centre = new QWidget(this);
    banner_ = new ErrorBanner(centre);
    pages_ = new CircuitPages(centre);
    timeline_ = new TimelineBar(playback_, centre);
    auto* column = new QVBoxLayout(centre);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(banner_);
    column->addWidget(pages_, 1);
    column->addWidget(timeline_);
    // Of its own colour: where a line between two docks lay before, the window's is not painted anew.
    centre->setObjectName(QStringLiteral("centre"));
    centre->setAttribute(Qt::WA_StyledBackground);
    setCentralWidget(centre);
    iterations_ = new IterationDisplay(*session_, playback_, *pages_, *timeline_, this);
    new TimelineCommands(*this, playback_, *timeline_, *actions_);
    connect(pages_->start(), &StartPage::demo_requested, actions_->run_demo, &QAction::trigger);
    connect(pages_->start(), &StartPage::open_requested, actions_->open, &QAction::trigger);
    connect(theme_, &ThemeSwitch::changed, pages_->circuit(), &CircuitPanel::set_theme);
    connect(theme_, &ThemeSwitch::changed, timeline_, &TimelineBar::set_theme);
}

void MainWindow::build_panels()
{
    auto* runs = new RunsPanel(runs_model_, this);
    auto* curves = new CurvesPanel(this);
    auto* bookmarks = new BookmarksPanel(*actions_->add_bookmark, this);
    auto* context
        = new WindowContext(*session_, playback_, *pages_->circuit()->view(),
            iterations_->ages(), *theme_, this);
    docks_ = new DockPanels(*this, *actions_->panels, runs, curves, bookmarks, *context);
    runs_ = new RunsDisplay(
        *session_, runs_model_, *runs, *curves, context->dynamics(), this);
    commands_ = new RunCommands(*this, *session_, *actions_, *runs, *banner_);
    files_ = new FileCommands(*this, *session_, *commands_, *actions_, *header_, *banner_);
    auto* remote = new RemoteCommands(*this, *session_, *files_, *actions_, *header_, *banner_);
    commands_->set_remote(*remote);
    new CompactCommand(*this, *session_, *actions_->compact, *banner_);
    views_ = new ViewKeeper(*session_, playback_, *pages_->circuit()->view(), *runs_, *curves,
        *iterations_, *context, *actions_, this);
    new StartCommands(*this, *session_, *files_, *pages_->start(), *theme_, *banner_);
    auto* imports = new ImportCommands(*this, *session_, *files_, *remote, *actions_, *banner_);
    auto* observing = new ObserveCommands(*this, *session_, *remote, *imports, *actions_, *banner_);
    drops_ = new FileDrops(*this, *files_, *commands_, *imports, *observing, *banner_);
    exports_ = new ExportCommands(*this, *session_, [this] { return export_source(); }, playback_,
        *actions_, *banner_);
    new ReportCommands(*this, *session_, *runs_, *actions_);
    new ConsensusCommand(*this, *session_, *remote, *runs_, *actions_->consensus, *banner_);
    new BookmarkCommands(*this, *session_, playback_, *actions_, *bookmarks, *banner_);
    new ViewCommands(*this, *pages_->circuit(), *curves, preferences_, *actions_);
    new SettingsCommands(*this, preferences_, usual_folder_, *actions_, *banner_);

    connect(theme_, &ThemeSwitch::changed, bookmarks, &BookmarksPanel::set_theme);
    connect(theme_, &ThemeSwitch::changed, runs_, &RunsDisplay::set_theme);
    connect(theme_, &ThemeSwitch::changed, commands_, &RunCommands::set_theme);
    connect(commands_, &RunCommands::overlay_requested, runs_, &RunsDisplay::overlay);
    connect(runs_, &RunsDisplay::overlays_changed, this, &MainWindow::show_state);
    curves->offer_items([this, context] { return runs_->items_of(context->selection()); });
    connect(session_.get(), &ExperimentSession::records_added, runs_, &RunsDisplay::show_records);
    connect(runs_, &RunsDisplay::failed, banner_, &ErrorBanner::show_error);
    new CurvesCommands(*curves, playback_, *iterations_, this);
}

void MainWindow::connect_circuit()
{
    auto* commands = new CircuitCommands(*session_, *pages_->circuit(), iterations_->ages());
    commands->setParent(this);
    connect(commands, &CircuitCommands::failed, banner_, &ErrorBanner::show_error);
    connect(iterations_, &IterationDisplay::failed, banner_, &ErrorBanner::show_error);
    connect(&playback_, &Playback::loop_range_changed, commands,
        [this, commands] { commands->set_range(playback_.loop_range()); });
    connect(actions_->choose_iteration, &QAction::triggered, iterations_,
        &IterationDisplay::compare_with_shown);
}

void MainWindow::connect_playback()
{
    connect(&playback_, &Playback::current_changed, this, &MainWindow::show_iteration);
    connect(session_.get(), &ExperimentSession::iterations_added, &playback_, &Playback::append);
}

void MainWindow::connect_session()
{
    ExperimentSession* session = session_.get();
    connect(session, &ExperimentSession::file_changed, runs_, &RunsDisplay::leave_file);
    connect(session, &ExperimentSession::runs_changed, this, [this] {
        show_runs();
        runs_->show_curves();
        show_state();
    });
    connect(session, &ExperimentSession::current_run_changed, this, [this] {
        iterations_->show_run();
        runs_->show_current();
        show_runs();
        show_state();
    });
    connect(session, &ExperimentSession::records_added, this, [this] {
        iterations_->show_records();
        show_runs();
    });
    connect(session, &ExperimentSession::bookmarks_changed, this, [this] {
        iterations_->show_records();
        show_state();
    });
    connect(session, &ExperimentSession::training_changed, this, &MainWindow::show_state);
    connect(session, &ExperimentSession::status_changed, this,
        [this] { header_->set_status(session_->status()); });
    connect(session, &ExperimentSession::failed, banner_, &ErrorBanner::show_error);
    connect(session, &ExperimentSession::noted, banner_,
        [this](const QString& sentence) { banner_->show_notice(sentence); });
    keep_devices_noted(*session, *header_);
}

bool MainWindow::open_file(const QString& file)
{
    return files_->open(file);
}

void MainWindow::take_files(const QList<QUrl>& files)
{
    drops_->take_files(files);
}

void MainWindow::save_file(const QString& file)
{
    files_->save_as(file);
}

bool MainWindow::export_circuit(const QString& file)
{
    return exports_->export_circuit(file);
}

bool MainWindow::export_curves(const QString& file)
{
    return exports_->export_curves(file);
}

void MainWindow::start_preset(const std::string& name)
{
    commands_->start_preset(name);
}

void MainWindow::start_run(const RunConfig& config)
{
    commands_->start(config);
}

void MainWindow::show_failure(const QString& sentence, const QString& details)
{
    banner_->show_failure(sentence, details);
}

void MainWindow::use_opengl()
{
    pages_->circuit()->view()->use_opengl();
}

void MainWindow::show_iteration()
{
    if (iterations_->show_iteration())
        exports_->show_state(true);
    else
        show_state();
}

void MainWindow::show_runs()
{
    runs_->show_runs();
    commands_->show_comparison();
}

void MainWindow::show_state()
{
    const RunHistory* run = session_->current();
    playback_.set_live(run && session_->is_growing(run->summary.id));
    exports_->show_state(run != nullptr);
    actions_->export_report->setEnabled(run != nullptr);
    header_->set_status(session_->status());
    iterations_->show_absence();
    show_runs();
    commands_->show_state();
}

std::optional<ExportSource> MainWindow::export_source() const
{
    const RunHistory* run = session_->current();
    if (!run)
        return {};
    ExportSource source
        = export_source_of(*run, *pages_->circuit()->view(), iterations_->chosen_iteration());
    source.file = path_of(session_->file());
    source.iteration = playback_.current();
    if (source.look.scene.mode == ColorMode::age)
        source.look.ages = std::make_shared<const EdgeAges>(iterations_->ages().known());
    source.theme = theme(theme_->theme().dark); // a picture has a size of its own
    source.curves = runs_->plotted_runs();
    return source;
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    if (!may_drop_exports(*this) || !commands_->may_leave()) {
        event->ignore();
        return;
    }
    docks_->save();
    // The run stops at its next step while the window is gone already; the session waits for it.
    hide();
    session_->stop_and_hold();
    event->accept();
}

bool MainWindow::event(QEvent* event)
{
    // Qt's buttons take Return in dialogs only; who came to one with Tab expects it of any.
    if (event->type() == QEvent::KeyPress) {
        const auto* key = static_cast<QKeyEvent*>(event);
        auto* button = qobject_cast<QAbstractButton*>(focusWidget());
        if (button && !key->isAutoRepeat()
            && (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter)) {
            button->click();
            event->accept();
            return true;
        }
    }
    return QMainWindow::event(event);
}

} // namespace circuitloom::ui
