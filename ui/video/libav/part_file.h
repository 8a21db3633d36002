#pragma once

#include <QByteArray>
#include <QString>

#include <string>

namespace circuitloom::ui {

/// A file that takes its name only once it is whole: written beside it under another name, renamed
/// by commit(), removed where that never comes. For libraries that open files by a name; what is
/// written in one piece goes through ReplacementFile.
class PartFile
{
public:
    /// Throws ResourceError where it cannot be made.
    explicit PartFile(const QString& file);
    ~PartFile();
    PartFile(const PartFile&) = delete;
    PartFile& operator=(const PartFile&) = delete;

    const QString& file() const { return file_; }
    /// A name under which this very file, and no other one, is opened until commit().
    QByteArray part() const;
    /// After it the file is on the disk. Throws ResourceError where it cannot be renamed.
    void commit();

private:
    QString file_;
    std::string part_;
    int descriptor_;
    bool committed_ = false;
};

} // namespace circuitloom::ui
