#include "ui/window/export_commands.h"

#include "core/base/error.h"
#include "ui/circuit/circuit_view.h"
#include "ui/export/export_dialog.h"
#include "ui/session/experiment_session.h"
#include "ui/timeline/playback.h"
#include "ui/window/error_banner.h"
#include "ui/window/window_actions.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>

#include <memory>
#include <utility>

namespace circuitloom::ui {

ExportSource export_source_of(const RunHistory& run, const CircuitView& view, int chosen_iteration)
{
    const RunDescription& is = run.summary.description;
    const ColorChoice colors = view.state().colors;
    ExportSource source;
    source.origin = { is.model, run.summary.id.value, is.name, is.method };
    source.steps = iteration_steps(run);
    source.look.graph = run.graph;
    source.look.layout = view.scene().layout;
    source.look.scene = view.circuit().options();
    source.look.reference = colors == ColorChoice::since_previous ? CircuitLook::Reference::previous
                                                                  : CircuitLook::Reference::chosen;
    source.look.chosen = colors == ColorChoice::since_chosen ? chosen_iteration : 0;
    source.camera = view.state().camera;
    source.view = view.size();
    source.highlight = view.highlight();
    return source;
}

ExportCommands::ExportCommands(QWidget& window, const ExperimentSession& session, SourceOf source,
    const Playback& playback, const WindowActions& actions, ErrorBanner& banner)
    : QObject(&window)
    , window_(window)
    , session_(session)
    , source_(std::move(source))
    , playback_(playback)
    , actions_(actions)
    , banner_(banner)
{
    connect(actions_.export_circuit, &QAction::triggered, this,
        [this] { ask(ExportChoices::Kind::circuit); });
    connect(actions_.export_film, &QAction::triggered, this,
        [this] { ask(ExportChoices::Kind::film); });
    connect(actions_.export_curves, &QAction::triggered, this,
        [this] { ask(ExportChoices::Kind::curves); });
    connect(actions_.copy_circuit, &QAction::triggered, this, &ExportCommands::copy_circuit);
    show_state(false);
}

bool ExportCommands::attempt(const std::function<void()>& work)
{
    try {
        work();
    } catch (const Error& error) {
        banner_.show_error(QString::fromStdString(error.what()));
        return false;
    }
    return true;
}

bool ExportCommands::export_circuit(const QString& file)
{
    return attempt([&] {
        const std::optional<ExportSource> source = source_();
        if (!source || source->iteration < 0)
            throw InputError(tr("There is no circuit to export yet.").toStdString());
        ExportSettings settings;
        settings.page.title = QString::fromStdString(source->origin.name);
        ui::export_circuit(file, *source, settings);
    });
}

bool ExportCommands::export_curves(const QString& file)
{
    return attempt([&] {
        const std::optional<ExportSource> source = source_();
        if (!source)
            throw InputError(
                tr("There is no run whose curves could be exported yet.").toStdString());
        ExportSettings settings;
        settings.page.size = { 1400, 360 };
        settings.page.grows = true;
        ui::export_curves(file, *source, settings);
    });
}

void ExportCommands::ask(ExportChoices::Kind kind)
{
    const std::optional<ExportSource> source = source_();
    if (!source)
        return;
    attempt([&] {
        auto dialog = std::make_unique<ExportDialog>(*source, &window_);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        connect(&session_, &ExperimentSession::moved, dialog.get(), &ExportDialog::follow_file);
        dialog->choose_kind(kind);
        if (const std::optional<LoopRange>& loop = playback_.loop_range())
            dialog->choose_range(loop->first, loop->last);
        dialog.release()->show();
    });
}

void ExportCommands::copy_circuit()
{
    const std::optional<ExportSource> source = source_();
    if (!source || source->iteration < 0)
        return;
    attempt([&] {
        const EdgeAges* ages = source->look.ages.get();
        if (source->look.scene.mode == ColorMode::age
            && (!ages || ages->iterations() <= source->iteration))
            throw InputError(
                tr("How old the edges are is still being read; copy again in a moment.").toStdString());
        ExportSettings settings;
        settings.page.size = source->view;
        settings.stamped = false;
        QGuiApplication::clipboard()->setMimeData(circuit_for_clipboard(*source, settings));
        banner_.show_notice(tr("The circuit is on the clipboard, as a bitmap and as SVG."));
    });
}

void ExportCommands::show_state(bool has_run)
{
    const bool any = playback_.current() >= 0;
    actions_.export_circuit->setEnabled(any);
    actions_.copy_circuit->setEnabled(any);
    actions_.export_film->setEnabled(playback_.count() > 1);
    actions_.export_curves->setEnabled(has_run);
}

} // namespace circuitloom::ui
