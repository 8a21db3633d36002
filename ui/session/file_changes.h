#pragma once

#include "core/store/records.h"
#include "ui/session/file_reader.h"

#include <QFileSystemWatcher>
#include <QObject>
#include <QString>
#include <QTimer>

#include <vector>

namespace circuitloom::ui {

/// Notices what others, another process above all, write to the open file: the operating system
/// tells of the file and of its write-ahead log, and every two seconds the file is asked, where
/// nobody tells (network folders), or nothing is written (a process that was killed).
///
/// For the window's thread; nothing waits for the disk.
class FileChanges : public QObject
{
    Q_OBJECT

public:
    /// `reader` must outlive it.
    explicit FileChanges(FileReader& reader, QObject* parent = nullptr);

    /// Watches `file`, open in the reader under this number, instead of the one before; none where
    /// the name is empty.
    void follow(OpenFile number, const QString& file);

Q_SIGNALS:
    /// The file was written to, or a run's writer lives no more. All its runs.
    void found(const std::vector<RunSummary>& runs);

private:
    struct Seen;
    void watch_paths();
    void look();

    FileReader& reader_;
    OpenFile number_;
    QString file_;
    QFileSystemWatcher watcher_;
    QTimer soon_; ///< between what the system tells and the look at the file
    QTimer poll_;
    std::shared_ptr<Seen> seen_; ///< the reader's thread only
    bool looking_ = false;
};

} // namespace circuitloom::ui
