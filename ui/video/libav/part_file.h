#pragma once

#include <QString>

namespace circuitloom::ui {

/// A file that takes its name only once it is whole: written beside it under another name, renamed
/// by commit(), removed where that never comes.
class PartFile
{
public:
    explicit PartFile(const QString& file);
    ~PartFile();
    PartFile(const PartFile&) = delete;
    PartFile& operator=(const PartFile&) = delete;

    const QString& file() const { return file_; }
    /// The name of the file that is written to until commit().
    const QString& part() const { return part_; }
    /// Throws ResourceError where it cannot be renamed.
    void commit();

private:
    QString file_;
    QString part_;
};

} // namespace circuitloom::ui
