#include "ui/session/file_copy.h"

#include "core/store/run_writer.h"
#include "ui/base/file_path.h"
#include "ui/session/experiment_file.h"

#include <memory>
#include <system_error>

namespace circuitloom::ui {

FileCopy::FileCopy(ExperimentFile& file, const QString& to)
    : file_(&file)
    , from_(file.name())
    , to_(to)
    , left_out_(file.removed_runs())
    , changes_(file.writer().changes())
{
}

void FileCopy::make(ExperimentFile& file, const QString& to, Made made)
{
    const std::shared_ptr<FileCopy> copy(new FileCopy(file, to));
    file.writer().write([copy] { copy->copy(); }, [copy, made = std::move(made)] { made(*copy); });
}

void FileCopy::copy()
{
    stamp_ = stamp_of(from_);
    copy_experiment(path_of(from_), path_of(to_), true);
    for (const RunId run : left_out_)
        delete_run(path_of(to_), run);
}

bool FileCopy::outdated() const
{
    return file_->writer().changes() != changes_ || file_->removed_runs() != left_out_
        || stamp_of(from_) != stamp_;
}

FileCopy::Stamp FileCopy::stamp_of(const QString& file)
{
    Stamp stamp{};
    const std::array<const char*, 2> suffixes{ "", "-wal" };
    for (std::size_t i = 0; i < suffixes.size(); ++i) {
        const std::filesystem::path part = path_of(file + QString::fromLatin1(suffixes[i]));
        std::error_code ignored; // of one that is not there
        stamp[i] = { std::filesystem::file_size(part, ignored),
            std::filesystem::last_write_time(part, ignored) };
    }
    return stamp;
}

} // namespace circuitloom::ui
