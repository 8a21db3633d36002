#include "ui/session/file_reader.h"

#include "ui/base/file_path.h"

#include <exception>
#include <utility>

namespace circuitloom::ui {

FileReader::FileReader(QObject* parent)
    : QObject(parent)
    , thread_([this](std::stop_token stop) { work(stop); })
{
}

// What was delivered and has not run yet goes with this object; see QCoreApplication::postEvent().
FileReader::~FileReader() = default;

OpenFile FileReader::open(const QString& file, Reading first, Failure failed)
{
    ++last_.value;
    {
        const std::lock_guard lock(mutex_);
        in_turn_.push_back({ last_, file, std::move(first), std::move(failed) });
    }
    changed_.notify_one();
    return last_;
}

void FileReader::close(OpenFile file)
{
    {
        const std::lock_guard lock(mutex_);
        closed_.push_back(file);
        const auto of_this = [file](const Task& task) { return task.file == file; };
        std::erase_if(in_turn_, of_this);
        std::erase_if(when_idle_, of_this);
        if (newest_ && of_this(*newest_))
            newest_.reset();
    }
    changed_.notify_one();
}

void FileReader::read(OpenFile file, Reading reading, Failure failed)
{
    {
        const std::lock_guard lock(mutex_);
        in_turn_.push_back({ file, {}, std::move(reading), std::move(failed) });
    }
    changed_.notify_one();
}

void FileReader::read_newest(OpenFile file, Reading reading, Failure failed)
{
    {
        const std::lock_guard lock(mutex_);
        newest_ = Task{ file, {}, std::move(reading), std::move(failed) };
    }
    changed_.notify_one();
}

void FileReader::read_when_idle(OpenFile file, std::vector<Reading> readings)
{
    {
        const std::lock_guard lock(mutex_);
        when_idle_.clear();
        for (Reading& reading : readings)
            when_idle_.push_back({ file, {}, std::move(reading), {} });
    }
    changed_.notify_one();
}

void FileReader::set_before_reading(std::function<void()> before)
{
    const std::lock_guard lock(mutex_);
    before_reading_ = std::move(before);
}

bool FileReader::has_task() const
{
    return newest_ || !in_turn_.empty() || !when_idle_.empty();
}

void FileReader::work(std::stop_token stop)
{
    while (std::optional<Task> task = next_task(stop))
        do_task(*task);
    open_.clear();
}

std::optional<FileReader::Task> FileReader::next_task(std::stop_token stop)
{
    std::unique_lock lock(mutex_);
    changed_.wait(lock, stop, [this] { return !closed_.empty() || has_task(); });
    while (!stop.stop_requested()) {
        for (const OpenFile file : std::exchange(closed_, {}))
            open_.erase(file);
        if (newest_)
            return std::exchange(newest_, std::nullopt);
        for (std::deque<Task>* tasks : { &in_turn_, &when_idle_ }) {
            if (tasks->empty())
                continue;
            Task task = std::move(tasks->front());
            tasks->pop_front();
            return task;
        }
        changed_.wait(lock, stop, [this] { return !closed_.empty() || has_task(); });
    }
    return std::nullopt;
}

void FileReader::do_task(Task& task)
{
    std::function<void()> before;
    {
        const std::lock_guard lock(mutex_);
        before = before_reading_;
    }
    try {
        if (before)
            before();
        if (task.to_open)
            open_[task.file] = std::make_unique<ExperimentReader>(path_of(*task.to_open));
        const auto open = open_.find(task.file);
        if (open == open_.end())
            return;
        deliver(task.reading(*open->second));
    } catch (const std::exception& error) {
        if (task.to_open)
            open_.erase(task.file);
        if (task.failed)
            deliver([failed = task.failed, sentence = QString::fromUtf8(error.what())] {
                failed(sentence);
            });
    }
}

void FileReader::deliver(Delivery delivery)
{
    if (delivery)
        QMetaObject::invokeMethod(this, std::move(delivery), Qt::QueuedConnection);
}

} // namespace circuitloom::ui
