#pragma once

#include "core/base/ids.h"
#include "core/store/experiment_reader.h"

#include <QObject>
#include <QString>

#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace circuitloom::ui {

/// Counts the openings of files, from 1: a file that is opened twice has two numbers.
using OpenFile = Id<struct OpenFileTag>;

/// A thread that reads .loom files: all that the session looks up in a file passes through here.
///
/// Every function is for the window's thread and returns at once; only the destructor waits, for
/// the reading under way. A Reading runs on the reader's thread, with the file's own read-only
/// connection. It returns what the window's thread is to do with what was read; that, or the
/// Failure with a sentence for the user, runs there later. After the destructor nothing runs any
/// more, and what waits for a file that was dropped is forgotten without a word.
///
/// In this order: what was wanted last of read_newest(), then open() and read() in turn, then what
/// read_when_idle() was given.
class FileReader : public QObject
{
    Q_OBJECT

public:
    using Delivery = std::function<void()>;
    using Reading = std::function<Delivery(const ExperimentReader&)>;
    using Failure = std::function<void(const QString& sentence)>;

    explicit FileReader(QObject* parent = nullptr);
    ~FileReader() override;

    /// Opens another file beside those that are open, and does the first reading in it. Where one
    /// of the two fails, the file is not open.
    OpenFile open(const QString& file, Reading first, Failure failed);
    /// What has not been read of the file yet is forgotten; a reading under way goes on to its end.
    void close(OpenFile file);

    void read(OpenFile file, Reading reading, Failure failed);
    /// Takes the place of an earlier one that has not begun.
    void read_newest(OpenFile file, Reading reading, Failure failed);
    /// Takes the place of earlier ones that have not begun. Failures are not told: whoever needs
    /// what could not be read will ask for it by another function.
    void read_when_idle(OpenFile file, std::vector<Reading> readings);

    /// For tests: runs on the reader's thread before each look into a file.
    void set_before_reading(std::function<void()> before);

private:
    struct Task
    {
        OpenFile file;
        std::optional<QString> to_open;
        Reading reading;
        Failure failed;
    };

    void work(std::stop_token stop);
    std::optional<Task> next_task(std::stop_token stop);
    void do_task(Task& task);
    void deliver(Delivery delivery);
    bool has_task() const;

    OpenFile last_; ///< the window's thread only
    std::map<OpenFile, std::unique_ptr<ExperimentReader>> open_; ///< the reader's thread only

    std::mutex mutex_; // guards what follows
    std::condition_variable_any changed_;
    std::optional<Task> newest_;
    std::deque<Task> in_turn_;
    std::deque<Task> when_idle_;
    std::vector<OpenFile> closed_; ///< their connections are still there
    std::function<void()> before_reading_;

    std::jthread thread_; // last, so that it ends before what it uses
};

} // namespace circuitloom::ui
