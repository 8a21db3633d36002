#pragma once

#include <filesystem>
#include <string>

namespace circuitloom {

/// A new, empty file NAME.XXXXXX.part (a long NAME shortened) beside `file`, for a database that takes that name once it is
/// whole; gone with its maker, and with whatever SQLite put beside it. The maker holds a lock on it
/// while it lives: what a maker that was killed left behind is removed when the next one is made.
class UnfinishedFile
{
public:
    /// Throws InputError where the name is so long that SQLite could not keep its own files beside
    /// it, ResourceError where the folder or the disk refuses.
    explicit UnfinishedFile(const std::filesystem::path& file);
    ~UnfinishedFile();
    UnfinishedFile(const UnfinishedFile&) = delete;
    UnfinishedFile& operator=(const UnfinishedFile&) = delete;

    const std::string& name() const { return name_; }
    /// Gives it the permissions of other new files: until then its owner alone may read it.
    void share() const;
    /// share(), and the name of the file beside which it was made. False where another file has
    /// that name, which stays. Throws ResourceError where the folder or the disk refuses.
    bool take_name() const;

private:
    std::string target_;
    std::string name_;
    int descriptor_;
};

} // namespace circuitloom
