#include "ui/session/history_reader.h"

#include <memory>
#include <utility>

namespace circuitloom::ui {

void HistoryReader::read(RunId run, Taken taken, FileReader::Failure failed)
{
    reader_.read(file_, reading(run, std::move(taken)), unless_left(std::move(failed)));
}

void HistoryReader::read_newest(RunId run, Taken taken, FileReader::Failure failed)
{
    reader_.read_newest(file_, reading(run, std::move(taken)), unless_left(std::move(failed)));
}

FileReader::Reading HistoryReader::reading(RunId run, Taken taken)
{
    return [this, file = file_, run, taken = std::move(taken)](
               const ExperimentReader& reader) -> FileReader::Delivery {
        auto history = std::make_shared<RunHistory>(load_history(reader, reader.run(run)));
        return [this, file, history, taken] {
            if (file == file_)
                taken(std::move(*history));
        };
    };
}

FileReader::Failure HistoryReader::unless_left(FileReader::Failure failed)
{
    return [this, file = file_, failed = std::move(failed)](const QString& sentence) {
        if (file == file_)
            failed(sentence);
    };
}

} // namespace circuitloom::ui
