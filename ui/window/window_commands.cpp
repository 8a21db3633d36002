// What the main window's actions do: files, runs, exports.
#include "core/base/error.h"
#include "ui/circuit/circuit_panel.h"
#include "ui/curves/curves_panel.h"
#include "ui/export/export_dialog.h"
#include "ui/window/about_dialog.h"
#include "ui/window/error_banner.h"
#include "ui/window/file_path.h"
#include "ui/window/main_window.h"
#include "ui/window/run_commands.h"

#include <QAction>
#include <QActionGroup>
#include <QClipboard>
#include <QFileDialog>
#include <QFileInfo>
#include <QGuiApplication>
#include <QMenu>
#include <QSettings>

namespace circuitloom::ui {

namespace {

const QString recent_key = QStringLiteral("recent");
constexpr int recent_files = 10;

} // namespace

void MainWindow::connect_actions()
{
    const WindowActions& on = *actions_;
    connect(on.new_experiment, &QAction::triggered, this, &MainWindow::new_experiment);
    connect(on.open, &QAction::triggered, this, &MainWindow::ask_open);
    connect(on.recent, &QMenu::triggered, this,
        [this](QAction* action) { open_file(action->data().toString()); });
    connect(on.save_as, &QAction::triggered, this, &MainWindow::ask_save);
    connect(on.export_circuit, &QAction::triggered, this,
        [this] { ask_export(ExportChoices::Kind::circuit); });
    connect(on.export_film, &QAction::triggered, this,
        [this] { ask_export(ExportChoices::Kind::film); });
    connect(on.export_curves, &QAction::triggered, this,
        [this] { ask_export(ExportChoices::Kind::curves); });
    connect(on.copy_circuit, &QAction::triggered, this, &MainWindow::copy_circuit);
    connect(on.quit, &QAction::triggered, this, &QWidget::close);

    connect(on.themes, &QActionGroup::triggered, this, [this](const QAction* action) {
        set_theme_choice(static_cast<ThemeChoice>(action->data().toInt()));
    });
    connect(on.fit, &QAction::triggered, circuit_->view(), &CircuitView::fit);
    connect(on.find, &QAction::triggered, circuit_, &CircuitPanel::begin_search);
    connect(on.undo_view, &QAction::triggered, circuit_->view(), &CircuitView::undo);
    connect(on.redo_view, &QAction::triggered, circuit_->view(), &CircuitView::redo);
    const auto show_steps = [this, &on] {
        on.undo_view->setEnabled(circuit_->view()->can_undo());
        on.redo_view->setEnabled(circuit_->view()->can_redo());
    };
    connect(circuit_->view(), &CircuitView::state_changed, this, show_steps);
    show_steps();
    connect(on.more_edges, &QAction::triggered, this, [this] { circuit_->change_strongest(5); });
    connect(on.fewer_edges, &QAction::triggered, this, [this] { circuit_->change_strongest(-5); });
    connect(on.choose_iteration, &QAction::triggered, this, [this] {
        if (playback_.current() >= 0)
            choose_iteration(playback_.current(), true);
    });
    connect(on.width_scales, &QActionGroup::triggered, this, [this](const QAction* action) {
        circuit_->view()->set_width_scale(static_cast<WidthScale>(action->data().toInt()));
    });
    connect(on.reset_zoom, &QAction::triggered, curves_, &CurvesPanel::reset_zoom);
    connect(on.shortcuts, &QAction::triggered, this, [this] { show_shortcuts(this); });
    connect(on.about, &QAction::triggered, this, [this] { show_about(this); });
}

void MainWindow::start_preset(const std::string& name)
{
    commands_->start_preset(name);
}

void MainWindow::start_run(const RunConfig& config)
{
    commands_->start(config);
}

bool MainWindow::may_leave_file()
{
    if (!commands_->may_stop(true))
        return false;
    session_->stop_and_hold();
    return true;
}

void MainWindow::new_experiment()
{
    if (may_leave_file())
        session_->close();
}

bool MainWindow::open_file(const QString& file)
{
    if (!may_leave_file())
        return false;
    banner_->hide();
    try {
        session_->open(file);
    } catch (const Error& error) {
        show_error(QString::fromStdString(error.what()));
        return false;
    }
    commands_->offer_waiting();
    remember_recent(session_->file());
    return true;
}

void MainWindow::save_file(const QString& file)
{
    session_->save_as(file);
}

std::optional<ExportSource> MainWindow::export_source() const
{
    const RunHistory* run = session_->current();
    if (!run)
        return {};
    const RunDescription& is = run->summary.description;
    const CircuitView& view = *circuit_->view();
    ExportSource source;
    source.file = path_of(session_->file());
    source.origin = { is.model, run->summary.id.value, is.name, is.method };
    source.steps = iteration_steps(*run);
    source.iteration = playback_.current();
    source.look.graph = run->graph;
    source.look.layout = view.scene().layout;
    source.look.scene = view.scene_options();
    source.look.reference = view.state().colors == ColorChoice::since_previous
        ? CircuitLook::Reference::previous
        : CircuitLook::Reference::chosen;
    source.look.chosen = view.state().colors == ColorChoice::since_chosen ? chosen_iteration_ : 0;
    source.theme = theme_;
    source.camera = view.camera();
    source.view = view.size();
    source.highlight = view.highlight();
    source.curves = plotted_runs();
    return source;
}

bool MainWindow::export_circuit(const QString& file)
{
    try {
        const std::optional<ExportSource> source = export_source();
        if (!source || source->iteration < 0)
            throw InputError("There is no circuit to export yet.");
        ExportSettings settings;
        settings.page.title = QString::fromStdString(source->origin.name);
        ui::export_circuit(file, *source, settings);
    } catch (const Error& error) {
        show_error(QString::fromStdString(error.what()));
        return false;
    }
    return true;
}

bool MainWindow::export_curves(const QString& file)
{
    try {
        const std::optional<ExportSource> source = export_source();
        if (!source)
            throw InputError("There is no run whose curves could be exported yet.");
        ExportSettings settings;
        settings.page.size = { 1400, 360 };
        ui::export_curves(file, *source, settings);
    } catch (const Error& error) {
        show_error(QString::fromStdString(error.what()));
        return false;
    }
    return true;
}

void MainWindow::ask_open()
{
    const QString file = QFileDialog::getOpenFileName(
        this, tr("Open experiment"), {}, tr("Experiments (*.loom);;All files (*)"));
    if (!file.isEmpty())
        open_file(file);
}

void MainWindow::ask_save()
{
    QFileDialog dialog(this, tr("Save experiment as"), {}, tr("Experiments (*.loom)"));
    dialog.setAcceptMode(QFileDialog::AcceptSave);
    dialog.setDefaultSuffix(QStringLiteral("loom"));
    if (dialog.exec() == QDialog::Accepted)
        save_file(dialog.selectedFiles().constFirst());
}

void MainWindow::ask_export(ExportChoices::Kind kind)
{
    const std::optional<ExportSource> source = export_source();
    if (!source)
        return;
    try {
        auto dialog = std::make_unique<ExportDialog>(*source, this);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->choose_kind(kind);
        if (const std::optional<LoopRange>& loop = playback_.loop_range())
            dialog->choose_range(loop->first, loop->last);
        dialog.release()->show();
    } catch (const Error& error) {
        show_error(QString::fromStdString(error.what()));
    }
}

void MainWindow::copy_circuit()
{
    const std::optional<ExportSource> source = export_source();
    if (!source || source->iteration < 0)
        return;
    try {
        ExportSettings settings;
        settings.page.size = source->view;
        settings.stamped = false;
        QGuiApplication::clipboard()->setMimeData(circuit_for_clipboard(*source, settings));
        banner_->show_notice(tr("The circuit is on the clipboard, as a bitmap and as SVG."));
    } catch (const Error& error) {
        show_error(QString::fromStdString(error.what()));
    }
}

void MainWindow::remember_recent(const QString& file)
{
    QSettings settings;
    QStringList files = settings.value(recent_key).toStringList();
    files.removeAll(file);
    files.prepend(file);
    settings.setValue(recent_key, files.mid(0, recent_files));
    show_recent();
}

void MainWindow::show_recent()
{
    actions_->recent->clear();
    for (const QString& file : QSettings().value(recent_key).toStringList()) {
        if (!QFileInfo::exists(file))
            continue;
        QAction* action = actions_->recent->addAction(QFileInfo(file).fileName());
        action->setData(file);
        action->setToolTip(file);
    }
    actions_->recent->setToolTipsVisible(true);
    actions_->recent->setEnabled(!actions_->recent->isEmpty());
}

} // namespace circuitloom::ui
