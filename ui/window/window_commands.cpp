// What the main window's actions do: files, runs, exports.
#include "core/base/error.h"
#include "ui/circuit/circuit_panel.h"
#include "ui/curves/curves_panel.h"
#include "ui/export/curve_picture.h"
#include "ui/export/film_frames.h"
#include "ui/export/picture_writer.h"
#include "ui/window/about_dialog.h"
#include "ui/window/error_banner.h"
#include "ui/window/main_window.h"
#include "ui/window/run_commands.h"

#include <QAction>
#include <QActionGroup>
#include <QFileDialog>
#include <QFileInfo>
#include <QMenu>
#include <QMessageBox>
#include <QSettings>

#include <algorithm>
#include <array>

namespace circuitloom::ui {

namespace {

const QString recent_key = QStringLiteral("recent");
constexpr int recent_files = 10;
constexpr std::array speeds{ 1.0, 2.0, 4.0, 8.0, 15.0, 30.0, 60.0 };

} // namespace

void MainWindow::connect_actions()
{
    const WindowActions& on = *actions_;
    connect(on.new_experiment, &QAction::triggered, this, &MainWindow::new_experiment);
    connect(on.open, &QAction::triggered, this, &MainWindow::ask_open);
    connect(on.recent, &QMenu::triggered, this,
        [this](QAction* action) { open_file(action->data().toString()); });
    connect(on.save_as, &QAction::triggered, this, &MainWindow::ask_save);
    connect(on.export_circuit, &QAction::triggered, this, &MainWindow::ask_export_circuit);
    connect(on.export_curves, &QAction::triggered, this, &MainWindow::ask_export_curves);
    connect(on.quit, &QAction::triggered, this, &QWidget::close);

    connect(on.themes, &QActionGroup::triggered, this, [this](const QAction* action) {
        set_theme_choice(static_cast<ThemeChoice>(action->data().toInt()));
    });
    connect(on.fit, &QAction::triggered, circuit_->view(), &CircuitView::fit);
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

void MainWindow::connect_timeline_actions()
{
    const WindowActions& on = *actions_;
    connect(on.first, &QAction::triggered, &playback_, &Playback::first);
    connect(on.previous, &QAction::triggered, &playback_, &Playback::previous);
    connect(on.play, &QAction::triggered, &playback_, &Playback::toggle_play);
    connect(on.next, &QAction::triggered, &playback_, &Playback::next);
    connect(on.last, &QAction::triggered, &playback_, &Playback::last);
    connect(on.loop, &QAction::toggled, &playback_, &Playback::set_looping);
    connect(on.faster, &QAction::triggered, this, [this] {
        const auto faster = std::upper_bound(speeds.begin(), speeds.end(), playback_.speed());
        if (faster != speeds.end())
            playback_.set_speed(*faster);
    });
    connect(on.slower, &QAction::triggered, this, [this] {
        const auto here = std::lower_bound(speeds.begin(), speeds.end(), playback_.speed());
        if (here != speeds.begin())
            playback_.set_speed(*(here - 1));
    });
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
    if (!session_->training())
        return true;
    const auto waiting = static_cast<int>(session_->waiting().size());
    QString question
        = tr("Stop the run in training? What it has written so far stays in its file.");
    if (waiting > 0)
        question += u' ' + tr("The %n runs that wait are dropped.", "", waiting);
    const auto answer = QMessageBox::question(
        this, tr("A run is in training"), question, QMessageBox::Yes | QMessageBox::Cancel);
    if (answer != QMessageBox::Yes)
        return false;
    session_->stop_all();
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
    try {
        session_->open(file);
    } catch (const Error& error) {
        show_error(QString::fromStdString(error.what()));
        return false;
    }
    banner_->hide();
    remember_recent(session_->file());
    return true;
}

void MainWindow::save_file(const QString& file)
{
    session_->save_as(file);
}

bool MainWindow::export_circuit(const QString& file)
{
    const RunHistory* run = session_->current();
    try {
        if (!run || playback_.current() < 0)
            throw InputError("There is no circuit to export yet.");
        PageOptions options;
        options.title = QString::fromStdString(run->summary.description.name);
        options.stamp = iteration_stamp(playback_.current(), playback_.current_step());
        const CircuitView& view = *circuit_->view();
        const PicturePage page = circuit_page(
            { view.scene(), view.camera(), view.size(), view.selection() }, theme_, options);
        save_page(file, page, {}, { options.title, view.scene().graph, view.scene().layout });
    } catch (const Error& error) {
        show_error(QString::fromStdString(error.what()));
        return false;
    }
    return true;
}

bool MainWindow::export_curves(const QString& file)
{
    try {
        CurvePictureOptions options;
        options.cursor = curves_->cursor();
        save_curve_picture(file, plotted_runs(), theme_, options);
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

QString MainWindow::suggested_name(const QString& what) const
{
    const RunHistory* run = session_->current();
    QString name = run ? QString::fromStdString(run->summary.description.name) : what;
    for (QChar& letter : name) {
        if (!letter.isLetterOrNumber() && letter != u'-' && letter != u'_')
            letter = u'-';
    }
    return name + u'-' + what;
}

void MainWindow::ask_export_circuit()
{
    const QString name
        = suggested_name(tr("iteration-%1").arg(playback_.current())) + QStringLiteral(".png");
    const QString file = QFileDialog::getSaveFileName(this, tr("Export circuit"), name,
        tr("Pictures: PNG, SVG or PDF by the extension (*.png *.svg *.pdf)"));
    if (!file.isEmpty() && export_circuit(file))
        banner_->show_notice(tr("The circuit was written to %1.").arg(file));
}

void MainWindow::ask_export_curves()
{
    const QString name = suggested_name(tr("curves")) + QStringLiteral(".png");
    const QString file = QFileDialog::getSaveFileName(this, tr("Export curves"), name,
        tr("Pictures and data: PNG, SVG, PDF or CSV by the extension (*.png *.svg *.pdf *.csv)"));
    if (!file.isEmpty() && export_curves(file))
        banner_->show_notice(tr("The curves were written to %1.").arg(file));
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
