// What the main window's actions do: files, runs, exports.
#include "core/base/error.h"
#include "ui/circuit/circuit_panel.h"
#include "ui/curves/curves_panel.h"
#include "ui/export/circuit_picture.h"
#include "ui/export/curve_picture.h"
#include "ui/window/about_dialog.h"
#include "ui/window/error_banner.h"
#include "ui/window/main_window.h"
#include "ui/window/run_commands.h"

#include <QAction>
#include <QActionGroup>
#include <QFileDialog>
#include <QFileInfo>
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
    connect(on.export_circuit, &QAction::triggered, this, &MainWindow::ask_export_circuit);
    connect(on.export_curves, &QAction::triggered, this, &MainWindow::ask_export_curves);
    connect(on.quit, &QAction::triggered, this, &QWidget::close);

    connect(on.themes, &QActionGroup::triggered, this, [this](const QAction* action) {
        set_theme_choice(static_cast<ThemeChoice>(action->data().toInt()));
    });
    connect(on.fit, &QAction::triggered, circuit_->view(), &CircuitView::fit);
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

bool MainWindow::export_circuit(const QString& file)
{
    const RunHistory* run = session_->current();
    try {
        if (!run || playback_.current() < 0)
            throw InputError("There is no circuit to export yet.");
        PictureOptions options;
        options.caption = tr("%1, iteration %2 (step %3)")
                              .arg(QString::fromStdString(run->summary.description.name))
                              .arg(playback_.current())
                              .arg(playback_.current_step());
        options.highlight = circuit_->view()->highlight();
        save_circuit_picture(file, circuit_->view()->scene(), theme_, options);
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
