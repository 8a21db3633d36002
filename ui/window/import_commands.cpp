#include "ui/window/import_commands.h"

#include "core/base/error.h"
#include "ui/base/counted_text.h"
#include "ui/base/file_path.h"
#include "ui/session/experiment_session.h"
#include "ui/window/error_banner.h"
#include "ui/window/file_commands.h"
#include "ui/window/remote_commands.h"
#include "ui/window/window_actions.h"

#include <QAction>
#include <QDir>
#include <QElapsedTimer>
#include <QFileDialog>
#include <QLabel>

#include <utility>

namespace circuitloom::ui {

namespace {

constexpr int progress_interval = 33; // milliseconds; nobody reads faster
constexpr std::size_t most_named = 3; // damaged circuits in the banner; the run's notes have more

/// `into`: the file, where that is another one than what is open.
QString sentence_about(const std::vector<ImportedRun>& runs, const QString& into)
{
    int circuits = 0;
    QStringList notes;
    std::vector<UnusedCircuit> unused;
    for (const ImportedRun& run : runs) {
        circuits += run.iterations;
        unused.insert(unused.end(), run.unused.begin(), run.unused.end());
        for (const std::string& note : run.notes)
            if (const QString text = QString::fromStdString(note); !notes.contains(text))
                notes << text;
    }
    QString sentence = runs.size() == 1
        ? ImportCommands::tr("“%1” was imported, with %2.")
              .arg(QString::fromStdString(runs.front().name), circuits_text(circuits))
        : ImportCommands::tr(
            "%n run(s) was/were imported, with %1.", nullptr, static_cast<int>(runs.size()))
              .arg(circuits_text(circuits));
    if (!into.isEmpty())
        sentence += u' ' + ImportCommands::tr("The file is %1.").arg(into);
    for (std::size_t i = 0; i < unused.size() && i < most_named; ++i)
        sentence += u' '
            + ImportCommands::tr("%1 is not used: %2")
                  .arg(QString::fromStdString(unused[i].name),
                      QString::fromStdString(unused[i].why));
    if (unused.size() > most_named)
        sentence += u' '
            + ImportCommands::tr("%1 more are not used; the run's notes name them.")
                  .arg(unused.size() - most_named);
    if (!notes.isEmpty())
        sentence += u' ' + notes.join(u' ');
    return sentence;
}

} // namespace

ImportCommands::ImportCommands(QWidget& window, ExperimentSession& session, FileCommands& files,
    const RemoteCommands& remote, const WindowActions& actions, ErrorBanner& banner)
    : QObject(&window)
    , window_(window)
    , session_(session)
    , files_(files)
    , remote_(remote)
    , banner_(banner)
{
    connect(actions.import_circuits, &QAction::triggered, this, &ImportCommands::ask_files);
    connect(actions.import_folder, &QAction::triggered, this, &ImportCommands::ask_folder);
}

ImportCommands::~ImportCommands()
{
    cancelled_ = true;
}

void ImportCommands::ask_files()
{
    const QStringList files = QFileDialog::getOpenFileNames(&window_, tr("Import circuits"), {},
        tr("Circuits: graph JSON of EAP-IG, or log.jsonl (*.json *.jsonl);;All files (*)"));
    if (!files.isEmpty())
        import(files);
}

void ImportCommands::ask_folder()
{
    const QString folder = QFileDialog::getExistingDirectory(
        &window_, tr("Import a folder: a file of graph JSON for each step"));
    if (!folder.isEmpty())
        import(QStringList{ folder });
}

void ImportCommands::import(
    const QStringList& paths, const QString& name, std::optional<int> edges)
{
    if (std::exchange(busy_, true)) {
        banner_.show_error(tr("Another import is still going on; wait for its end, or cancel it."));
        return;
    }
    banner_.hide();
    cancelled_ = false;
    QString file = session_.file();
    if (!remote_.takes_runs()) {
        QDir().mkpath(session_.folder());
        file = session_.unused_name();
    }
    std::vector<std::filesystem::path> sources;
    for (const QString& path : paths)
        sources.push_back(path_of(path));
    ImportOptions options;
    options.name = name.toStdString();
    if (edges)
        options.series.top_n = static_cast<std::size_t>(*edges);
    options.progress = [this, since = QElapsedTimer()](
                           const std::string& run, int done, int total) mutable {
        if (cancelled_)
            throw Cancelled("The import was called off.");
        if (since.isValid() && since.elapsed() < progress_interval)
            return;
        since.start();
        QMetaObject::invokeMethod(this,
            [this, of = QString::fromStdString(run), done, total] {
                show_progress(of, done, total);
            });
    };
    progress_ = new QProgressDialog(tr("Reading circuits…"), tr("Cancel"), 0, 0, &window_);
    auto* label = new QLabel(progress_->labelText());
    label->setTextFormat(Qt::PlainText); // names of files come through it
    progress_->setLabel(label);
    progress_->setObjectName(QStringLiteral("importProgress"));
    progress_->setWindowTitle(tr("Import circuits"));
    progress_->setAttribute(Qt::WA_DeleteOnClose);
    progress_->setAutoClose(false);
    progress_->setAutoReset(false);
    progress_->setMinimumDuration(400);
    connect(progress_, &QProgressDialog::canceled, this, [this] { cancelled_ = true; });
    reading_.run(
        this,
        [sources, target = path_of(file), options] {
            return import_circuits(sources, target, options);
        },
        [this, file](const std::vector<ImportedRun>& runs) { take(file, runs); },
        [this](const QString& sentence) {
            end();
            if (!cancelled_)
                banner_.show_error(sentence);
        });
}

void ImportCommands::show_progress(const QString& run, int done, int total)
{
    if (!progress_)
        return;
    progress_->setLabelText(tr("Reading %1: circuit %2 of %3").arg(run).arg(done + 1).arg(total));
    progress_->setMaximum(total);
    progress_->setValue(done);
}

void ImportCommands::end()
{
    busy_ = false;
    delete progress_;
}

void ImportCommands::take(const QString& file, const std::vector<ImportedRun>& runs)
{
    end();
    if (!remote_.takes_runs())
        files_.open(file);
    const bool here = session_.file().isEmpty() || session_.file() == file;
    session_.select_once_read(file, runs.front().run);
    banner_.show_notice(sentence_about(runs, here ? QString() : file));
}

} // namespace circuitloom::ui
