#include "ui/window/main_window.h"

#include "core/base/error.h"
#include "ui/bookmarks/bookmarks_panel.h"
#include "ui/circuit/circuit_panel.h"
#include "ui/curves/curves_panel.h"
#include "ui/runs/runs_panel.h"
#include "ui/timeline/timeline_bar.h"
#include "ui/window/bookmark_commands.h"
#include "ui/window/circuit_commands.h"
#include "ui/window/error_banner.h"
#include "ui/window/header_bar.h"
#include "ui/window/run_commands.h"
#include "ui/window/start_page.h"
#include "ui/window/window_style.h"

#include <QAbstractButton>
#include <QAction>
#include <QActionGroup>
#include <QApplication>
#include <QCloseEvent>
#include <QDockWidget>
#include <QFileInfo>
#include <QMenu>
#include <QMenuBar>
#include <QSettings>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace circuitloom::ui {

MainWindow::MainWindow(Worker::EngineLoader loader, const QString& folder)
    : session_(std::make_unique<ExperimentSession>(std::move(loader), folder))
    , desktop_dark_(desktop_is_dark())
{
    build();
    connect_actions();
    connect_timeline_actions();
    connect_panels();
    connect_session();
    set_theme_choice(read_theme_choice(QSettings()));
    restore_window();
    show_file();
    show_run();
    show_runs();
    show_recent();
    show_state();
}

MainWindow::~MainWindow() = default;

void MainWindow::build()
{
    setObjectName(QStringLiteral("mainWindow"));
    header_ = new HeaderBar(this);
    actions_ = std::make_unique<WindowActions>(*this, *header_->menus());
    setMenuWidget(header_);

    auto* centre = new QWidget(this);
    banner_ = new ErrorBanner(centre);
    start_page_ = new StartPage(centre);
    circuit_ = new CircuitPanel(centre);
    middle_ = new QStackedWidget(centre);
    middle_->addWidget(start_page_);
    middle_->addWidget(circuit_);
    timeline_ = new TimelineBar(playback_, centre);
    auto* column = new QVBoxLayout(centre);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(banner_);
    column->addWidget(middle_, 1);
    column->addWidget(timeline_);
    setCentralWidget(centre);

    setCorner(Qt::BottomLeftCorner, Qt::LeftDockWidgetArea);
    setCorner(Qt::BottomRightCorner, Qt::RightDockWidgetArea);
    runs_ = new RunsPanel(runs_model_, this);
    commands_ = new RunCommands(*this, *session_, *actions_, *runs_, *banner_);
    curves_ = new CurvesPanel(this);
    runs_dock_ = add_dock(QStringLiteral("runsDock"), tr("Runs"), runs_, Qt::LeftDockWidgetArea,
        QKeySequence(Qt::Key_F4));
    curves_dock_ = add_dock(QStringLiteral("curvesDock"), tr("Curves"), curves_,
        Qt::BottomDockWidgetArea, QKeySequence(Qt::Key_F3));
    bookmarks_ = new BookmarksPanel(*actions_->add_bookmark, this);
    new BookmarkCommands(*this, *session_, playback_, *actions_, *bookmarks_, *banner_);
    bookmarks_dock_ = add_dock(QStringLiteral("bookmarksDock"), tr("Bookmarks"), bookmarks_,
        Qt::LeftDockWidgetArea, QKeySequence(Qt::Key_F6));
    play_timer_.setInterval(16);
}

QDockWidget* MainWindow::add_dock(const QString& name, const QString& title, QWidget* content,
    Qt::DockWidgetArea area, const QKeySequence& keys)
{
    auto* dock = new QDockWidget(title, this);
    dock->setObjectName(name);
    dock->setWidget(content);
    addDockWidget(area, dock);
    // A title bar only where it is needed: to hold a panel that floats.
    auto* no_title = new QWidget(dock);
    dock->setTitleBarWidget(no_title);
    connect(dock, &QDockWidget::topLevelChanged, this, [dock, no_title](bool floating) {
        dock->setTitleBarWidget(floating ? nullptr : no_title);
    });
    QAction* toggle = dock->toggleViewAction();
    toggle->setShortcut(keys);
    addAction(toggle);
    actions_->panels->addAction(toggle);
    QAction* detach = actions_->panels->addAction(tr("Detach %1").arg(title.toLower()));
    detach->setShortcut(QKeySequence(QKeyCombination(Qt::SHIFT, keys[0].key())));
    addAction(detach);
    connect(detach, &QAction::triggered, dock, [dock] { dock->setFloating(!dock->isFloating()); });
    return dock;
}

void MainWindow::connect_panels()
{
    connect(start_page_, &StartPage::demo_requested, actions_->run_demo, &QAction::trigger);
    connect(start_page_, &StartPage::open_requested, actions_->open, &QAction::trigger);
    connect(runs_, &RunsPanel::run_selected, session_.get(), &ExperimentSession::select);
    connect(&runs_model_, &RunsModel::plotted_changed, this, &MainWindow::overlay);
    connect(commands_, &RunCommands::overlay_requested, this, &MainWindow::overlay);
    connect(&runs_model_, &RunsModel::renamed, session_.get(), &ExperimentSession::rename);
    connect(
        curves_, &CurvesPanel::hide_requested, this, [this](RunId run) { overlay(run, false); });
    connect(curves_, &CurvesPanel::step_requested, &playback_, &Playback::go_to_step);

    circuit_commands_ = std::make_unique<CircuitCommands>(*session_, *circuit_, ages_);
    connect(circuit_commands_.get(), &CircuitCommands::failed, this, &MainWindow::show_error);
    connect(&playback_, &Playback::loop_range_changed, this,
        [this] { circuit_commands_->set_range(playback_.loop_range()); });
    connect(circuit_, &CircuitPanel::ages_wanted, &ages_, &RunAges::want);
    connect(&ages_, &RunAges::failed, this, &MainWindow::show_error);
    connect(&ages_, &RunAges::grown, this, [this] {
        if (circuit_->shows_age())
            circuit_->set_ages(ages_.known().at(playback_.current()));
    });

    connect(&playback_, &Playback::current_changed, this, &MainWindow::show_iteration);
    const auto keep_pace
        = [this] { circuit_->view()->set_pace(playback_.playing() ? playback_.speed() : 0); };
    connect(&playback_, &Playback::playing_changed, this, keep_pace);
    connect(&playback_, &Playback::speed_changed, this, keep_pace);
}

void MainWindow::connect_session()
{
    ExperimentSession* session = session_.get();
    connect(session, &ExperimentSession::file_changed, this, [this] {
        plotted_.clear();
        show_file();
    });
    connect(session, &ExperimentSession::runs_changed, this, [this] {
        show_runs();
        show_curves();
        show_state();
    });
    connect(session, &ExperimentSession::current_run_changed, this, [this] {
        show_run();
        show_runs();
        show_state();
    });
    connect(session, &ExperimentSession::iterations_added, &playback_, &Playback::append);
    connect(session, &ExperimentSession::records_added, this, &MainWindow::show_records);
    connect(session, &ExperimentSession::bookmarks_changed, this, [this] {
        show_records();
        show_state();
    });
    connect(session, &ExperimentSession::training_changed, this, &MainWindow::show_state);
    connect(session, &ExperimentSession::status_changed, this,
        [this] { header_->set_status(session_->status()); });
    connect(session, &ExperimentSession::failed, this, &MainWindow::show_error);
    connect(session, &ExperimentSession::saved, this, [this](const QString& file, bool copy_only) {
        remember_recent(file);
        if (copy_only)
            banner_->show_notice(
                tr("A copy was saved to %1. The run goes on in %2.")
                    .arg(QFileInfo(file).fileName(),
                        session_->unsaved() ? tr("the unsaved experiment")
                                            : QFileInfo(session_->file()).fileName()));
    });
}

void MainWindow::set_theme_choice(ThemeChoice choice)
{
    QSettings settings;
    write_theme_choice(settings, choice);
    for (QAction* action : actions_->themes->actions())
        action->setChecked(action->data().toInt() == static_cast<int>(choice));
    const bool dark
        = choice == ThemeChoice::dark || (choice == ThemeChoice::system && desktop_dark_);
    theme_ = theme(dark);
    apply_theme();
}

void MainWindow::apply_theme()
{
    qApp->setPalette(ui::palette(theme_));
    qApp->setStyleSheet(style_sheet(theme_) + window_style(theme_));
    circuit_->set_theme(theme_);
    timeline_->set_theme(theme_);
    curves_->set_theme(theme_);
    runs_->set_theme(theme_);
    bookmarks_->set_theme(theme_);
    show_runs();
    show_curves();
}

void MainWindow::restore_window()
{
    const QSettings settings;
    resize(1400, 900);
    restoreGeometry(settings.value(QStringLiteral("window/geometry")).toByteArray());
    const QByteArray state = settings.value(QStringLiteral("window/state")).toByteArray();
    if (!restoreState(state)) {
        resizeDocks({ runs_dock_ }, { 236 }, Qt::Horizontal);
        resizeDocks({ runs_dock_, bookmarks_dock_ }, { 620, 200 }, Qt::Vertical);
        resizeDocks({ curves_dock_ }, { 270 }, Qt::Vertical);
    }
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    if (!commands_->may_stop(false)) {
        event->ignore();
        return;
    }
    QSettings settings;
    settings.setValue(QStringLiteral("window/geometry"), saveGeometry());
    settings.setValue(QStringLiteral("window/state"), saveState());
    // The run stops at its next step while the window is gone already; the session waits for it.
    hide();
    session_->stop_and_hold();
    event->accept();
}

bool MainWindow::event(QEvent* event)
{
    // The timeline's keys work in the whole window, but Space still presses a focused button.
    if (event->type() == QEvent::ShortcutOverride) {
        const auto* key = static_cast<QKeyEvent*>(event);
        if (key->key() == Qt::Key_Space && key->modifiers() == Qt::NoModifier
            && qobject_cast<QAbstractButton*>(focusWidget())) {
            event->accept();
            return true;
        }
    }
    return QMainWindow::event(event);
}

} // namespace circuitloom::ui
