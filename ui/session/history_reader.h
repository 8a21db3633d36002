#pragma once

#include "ui/session/file_reader.h"
#include "ui/session/run_history.h"

#include <functional>

namespace circuitloom::ui {

/// Reads whole histories of the open file's runs. What is written to a run later RunTail reads.
///
/// For the window's thread; nothing waits. What was read comes there, or a sentence for the user
/// where it cannot be read; neither once another file is followed.
class HistoryReader
{
public:
    using Taken = std::function<void(RunHistory)>;

    /// `reader` must outlive it.
    explicit HistoryReader(FileReader& reader)
        : reader_(reader)
    {
    }

    /// Another file, or none.
    void follow(OpenFile file) { file_ = file; }
    /// In turn with other readings.
    void read(RunId run, Taken taken, FileReader::Failure failed);
    /// Before all others, in place of an earlier one that has not begun.
    void read_newest(RunId run, Taken taken, FileReader::Failure failed);

private:
    FileReader::Reading reading(RunId run, Taken taken);
    FileReader::Failure unless_left(FileReader::Failure failed);

    FileReader& reader_;
    OpenFile file_;
};

} // namespace circuitloom::ui
