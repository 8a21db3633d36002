#include "ui/session/experiment_writer.h"

#include "core/base/error.h"
#include "core/store/bookmarks.h"
#include "core/store/run_writer.h"
#include "ui/base/file_path.h"

#include <utility>

namespace circuitloom::ui {

void ExperimentWriter::write(std::function<void()> work, Done done)
{
    const auto tell = [this](const QString& sentence) { Q_EMIT failed(sentence); };
    thread_.run(
        this, std::move(work),
        [done = std::move(done), tell] {
            try {
                done();
            } catch (const Error& error) {
                tell(QString::fromStdString(error.what()));
            }
        },
        tell);
}

void ExperimentWriter::save_view(const QString& file, const StoredView& view)
{
    thread_.run(
        this, [file, view] { circuitloom::save_view(path_of(file), view); }, [] {},
        [](const QString&) {});
}

void ExperimentWriter::change(std::function<void()> work, Done done)
{
    ++changes_;
    write(std::move(work), std::move(done));
}

void ExperimentWriter::rename(const QString& file, RunId run, const std::string& name)
{
    change([file, run, name] { rename_run(path_of(file), run, name); });
}

void ExperimentWriter::set_notes(const QString& file, RunId run, const std::string& notes)
{
    change([file, run, notes] { set_run_notes(path_of(file), run, notes); });
}

void ExperimentWriter::delete_run(const QString& file, RunId run)
{
    change([file, run] { circuitloom::delete_run(path_of(file), run); });
}

void ExperimentWriter::add_bookmark(const QString& file, const Bookmark& bookmark, Done done)
{
    change(
        [file, bookmark] { circuitloom::add_bookmark(path_of(file), bookmark); }, std::move(done));
}

void ExperimentWriter::change_bookmark(const QString& file, const Bookmark& bookmark, Done done)
{
    change([file, bookmark] { circuitloom::change_bookmark(path_of(file), bookmark); },
        std::move(done));
}

void ExperimentWriter::remove_bookmark(const QString& file, const Bookmark& bookmark, Done done)
{
    change([file, id = bookmark.id] { circuitloom::remove_bookmark(path_of(file), id); },
        std::move(done));
}

} // namespace circuitloom::ui
