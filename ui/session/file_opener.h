#pragma once

#include "ui/session/experiment_contents.h"
#include "ui/session/experiment_writer.h"
#include "ui/session/file_reader.h"

#include <functional>
#include <optional>

namespace circuitloom::ui {

/// Reads what of a file is needed before it is shown, while another may be open and stays so.
///
/// For the window's thread; nothing waits. Of several files that are asked for the newest is read,
/// and nothing is told of the others.
class FileOpener
{
public:
    /// The reader has the file open under this number. Who is told so closes it.
    using Opened = std::function<void(OpenFile number, ExperimentContents& contents)>;

    /// Both must outlive it.
    FileOpener(FileReader& reader, ExperimentWriter& writer);

    /// After what is still being written, perhaps to the same file. `preferred`: see
    /// read_contents(). `also_read` runs on the reader's thread behind that; it may be empty.
    void open(const QString& file, std::optional<RunId> preferred, std::function<void()> also_read,
        Opened opened, FileReader::Failure failed);
    /// What was asked for is not wanted any more.
    void cancel();
    /// A file was asked for of which nothing has been told yet.
    bool pending() const { return pending_; }

private:
    struct Request
    {
        QString file;
        std::optional<RunId> preferred;
        std::function<void()> also_read;
        Opened opened;
        FileReader::Failure failed;
    };

    void begin_reading(const Request& request);
    /// Its number is the caller's from here on.
    OpenFile end();

    FileReader& reader_;
    ExperimentWriter& writer_;
    OpenFile reading_; ///< 0 for none
    int calls_ = 0; ///< drops all but the newest
    bool pending_ = false;
};

} // namespace circuitloom::ui
