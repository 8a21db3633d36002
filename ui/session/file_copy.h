#pragma once

#include "core/base/ids.h"

#include <QString>

#include <array>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <utility>
#include <vector>

namespace circuitloom::ui {

class ExperimentFile;

/// A copy of the open file, without the runs that were removed; and whether what was copied has
/// been changed since, here or by somebody else.
///
/// For the window's thread. The copying itself is done in turn with what is written to the file, on
/// the thread for that.
class FileCopy
{
public:
    using Made = std::function<void(const FileCopy&)>;

    /// Copies the file that is open to `to`, replacing what is there; then `made` is called. Where
    /// that fails, it is not, and the file's failed() comes. `file` must outlive the copy.
    static void make(ExperimentFile& file, const QString& to, Made made);

    const QString& from() const { return from_; }
    const QString& to() const { return to_; }
    bool outdated() const;

private:
    /// Size and time of the database and of its log: others after every commit, whoever made it.
    using Stamp = std::array<std::pair<std::uintmax_t, std::filesystem::file_time_type>, 2>;

    FileCopy(ExperimentFile& file, const QString& to);
    static Stamp stamp_of(const QString& file);
    /// On the thread that writes. Throws Error.
    void copy();

    ExperimentFile* file_;
    QString from_;
    QString to_;
    std::vector<RunId> left_out_;
    int changes_; ///< that were asked for by then
    Stamp stamp_{}; ///< before the copying
};

} // namespace circuitloom::ui
