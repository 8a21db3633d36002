#include "ui/window/view_keeper.h"

#include "ui/circuit/circuit_view.h"
#include "ui/curves/curves_panel.h"
#include "ui/panels/panel_context.h"
#include "ui/session/experiment_session.h"
#include "ui/window/iteration_display.h"
#include "ui/window/runs_display.h"
#include "ui/window/window_actions.h"

#include <QAction>
#include <QActionGroup>
#include <QCryptographicHash>
#include <QDateTime>
#include <QSettings>
#include <QStringList>

namespace circuitloom::ui {

namespace {

const QString files_key = QStringLiteral("views/files"); // the newest first
constexpr qsizetype most_files = 60;
constexpr int between_notes = 10'000; // milliseconds

QString key_of(const QString& file)
{
    return QStringLiteral("views/")
        + QString::fromLatin1(
            QCryptographicHash::hash(file.toUtf8(), QCryptographicHash::Sha1).toHex());
}

void write_settings(const QString& file, const StoredView& view)
{
    QSettings settings;
    QStringList files = settings.value(files_key).toStringList();
    files.removeAll(file);
    files.prepend(file);
    for (const QString& old : files.mid(most_files))
        settings.remove(key_of(old));
    settings.setValue(files_key, files.mid(0, most_files));
    settings.setValue(key_of(file) + QStringLiteral("/run"), qint64{ view.run.value });
    settings.setValue(
        key_of(file) + QStringLiteral("/content"), QString::fromStdString(view.content));
}

std::optional<StoredView> read_settings(const QString& file)
{
    const QSettings settings;
    const QString content = settings.value(key_of(file) + QStringLiteral("/content")).toString();
    if (content.isEmpty())
        return std::nullopt;
    return StoredView{ { settings.value(key_of(file) + QStringLiteral("/run")).toLongLong() },
        content.toStdString() };
}

} // namespace

ViewKeeper::ViewKeeper(ExperimentSession& session, Playback& playback, CircuitView& view,
    RunsDisplay& runs, CurvesPanel& curves, IterationDisplay& iterations, PanelContext& panels,
    const WindowActions& actions, QObject* parent)
    : QObject(parent)
    , session_(session)
    , playback_(playback)
    , view_(view)
    , runs_(runs)
    , curves_(curves)
    , iterations_(iterations)
    , panels_(panels)
    , actions_(actions)
{
    connect(&session_, &ExperimentSession::leaving, this, &ViewKeeper::keep);
    connect(&session_, &ExperimentSession::file_changed, this, [this] {
        in_file_.reset();
        in_settings_.reset();
        disconnect(awaited_);
        restoring_ = false;
        left_ablations_ = panels_.ablations();
        panels_.set_ablations({}); // they are the file's
    });
    note_soon_.setInterval(between_notes);
    connect(&note_soon_, &QTimer::timeout, this, &ViewKeeper::note);
    note_soon_.start();
    connect(&session_, &ExperimentSession::opened, this, &ViewKeeper::restore);
    // It may have been the run that the view waits for, which then never comes.
    connect(&session_, &ExperimentSession::failed, this, [this] { restoring_ = false; });
    connect(&session_, &ExperimentSession::saved, this, [this](const QString&, bool copy_only) {
        if (copy_only)
            return;
        panels_.set_ablations(left_ablations_); // also where the copy has no view to restore
        restore();
    });
}

FileView ViewKeeper::current() const
{
    FileView view;
    view.iteration = playback_.current() == playback_.count() - 1 ? -1 : playback_.current();
    view.loop = playback_.loop_range();
    view.looping = playback_.looping();
    view.overlaid = runs_.overlaid();
    view.chosen = iterations_.chosen_iteration();
    view.width = view_.circuit().options().width;
    view.curves = curves_.view();
    view.sentence = panels_.sentence();
    view.candidates = panels_.candidates();
    view.ablations = panels_.ablations();
    view.compared = panels_.compared(session_.file());
    view.state = view_.state();
    view.state.camera = relative_to(view_.size(), view.state.camera);
    view.state.folding.supernodes.clear();
    return view;
}

std::optional<ViewKeeper::Look> ViewKeeper::now() const
{
    const RunHistory* run = session_.current();
    if (!run || restoring_)
        return std::nullopt;
    return Look{ run->summary.id, current() };
}

void ViewKeeper::keep()
{
    const std::optional<Look> look = now();
    if (!look)
        return;
    const StoredView stored{ look->run,
        file_view_text(look->view, QDateTime::currentMSecsSinceEpoch()) };
    // Settings that hold another view would count as the newer one.
    if (look != in_settings_ && (in_settings_ || look != in_file_))
        write_settings(session_.file(), stored);
    if (look != in_file_)
        session_.save_view(stored);
    in_file_ = in_settings_ = look;
}

void ViewKeeper::note()
{
    const std::optional<Look> look = now();
    if (!look || look == in_settings_ || (!in_settings_ && look == in_file_))
        return;
    write_settings(session_.file(),
        { look->run, file_view_text(look->view, QDateTime::currentMSecsSinceEpoch()) });
    in_settings_ = look;
}

void ViewKeeper::restore()
{
    std::optional<StoredView> stored = session_.stored_view();
    std::optional<ReadFileView> read = stored ? read_file_view(stored->content) : std::nullopt;
    if (read)
        in_file_ = Look{ stored->run, read->view };
    if (const auto other = read_settings(session_.file())) {
        const auto newer = read_file_view(other->content);
        if (newer)
            in_settings_ = Look{ other->run, newer->view };
        if (newer && (!read || newer->saved_ms > read->saved_ms)) {
            stored = other;
            read = newer;
        }
    }
    if (!read || !session_.run(stored->run))
        return;
    const RunHistory* shown = session_.current();
    if (shown && shown->summary.id == stored->run) {
        show(fitted_to(read->view, *shown->graph));
        return;
    }
    // Another run is shown until this one has been read.
    restoring_ = true;
    disconnect(awaited_);
    awaited_ = connect(
        &session_, &ExperimentSession::current_run_changed, this,
        [this, view = read->view, run = stored->run] {
            restoring_ = false;
            const RunHistory* now = session_.current();
            if (now && now->summary.id == run)
                show(fitted_to(view, *now->graph));
        },
        Qt::SingleShotConnection);
    session_.select(stored->run);
}

void ViewKeeper::show(const FileView& view)
{
    for (QAction* action : actions_.width_scales->actions())
        if (action->data().toInt() == static_cast<int>(view.width))
            action->trigger();
    actions_.loop->setChecked(view.looping);
    panels_.set_candidates(view.candidates); // an example's own come with the sentence
    panels_.set_sentence(view.sentence);
    panels_.set_ablations(view.ablations);
    panels_.set_compared(session_.file(), view.compared);
    for (const RunId run : view.overlaid)
        if (session_.run(run))
            runs_.overlay(run, true);
    curves_.set_view(view.curves);
    iterations_.set_chosen_iteration(view.chosen);
    ViewState state = view.state;
    state.camera = restored_in(view_.size(), state.camera);
    state.folding.supernodes = view_.state().folding.supernodes;
    view_.editor().restore(state);
    if (view.loop)
        playback_.set_loop_range(*view.loop);
    if (view.iteration >= 0)
        playback_.go_to(view.iteration);
}

} // namespace circuitloom::ui
