#include "ui/session/file_opener.h"

#include <memory>
#include <utility>

namespace circuitloom::ui {

FileOpener::FileOpener(FileReader& reader, ExperimentWriter& writer)
    : reader_(reader)
    , writer_(writer)
{
}

void FileOpener::cancel()
{
    ++calls_;
    reader_.close(end());
}

void FileOpener::open(const QString& file, std::optional<RunId> preferred,
    std::function<void()> also_read, Opened opened, FileReader::Failure failed)
{
    cancel();
    pending_ = true;
    const Request request{ file, preferred, std::move(also_read), std::move(opened),
        std::move(failed) };
    writer_.write([] {},
        [this, call = calls_, request] {
            if (call == calls_)
                begin_reading(request);
        });
}

void FileOpener::begin_reading(const Request& request)
{
    reading_ = reader_.open(
        request.file,
        [this, call = calls_, preferred = request.preferred, also_read = request.also_read,
            opened = request.opened](const ExperimentReader& reader) -> FileReader::Delivery {
            const auto contents
                = std::make_shared<ExperimentContents>(read_contents(reader, preferred));
            if (also_read)
                also_read();
            return [this, call, opened, contents] {
                if (call == calls_)
                    opened(end(), *contents);
            };
        },
        [this, call = calls_, failed = request.failed](const QString& sentence) {
            if (call != calls_)
                return;
            end();
            failed(sentence);
        });
}

OpenFile FileOpener::end()
{
    pending_ = false;
    return std::exchange(reading_, {});
}

} // namespace circuitloom::ui
