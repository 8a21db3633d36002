#pragma once

#include <filesystem>

namespace circuitloom {

/// A folder among the temporary files for what the processes of one run read and print, which goes
/// with this object. One that is kept for processes that go on goes when a later object is made, an
/// hour or more after this program has ended.
class ProcessFolder
{
public:
    /// Throws ResourceError where no folder can be made.
    ProcessFolder();
    ~ProcessFolder();
    ProcessFolder(const ProcessFolder&) = delete;
    ProcessFolder& operator=(const ProcessFolder&) = delete;

    std::filesystem::path operator/(const char* name) const { return path_ / name; }
    /// The processes go on without this program, and may not have read all of it yet.
    void keep() { kept_ = true; }

private:
    std::filesystem::path path_;
    bool kept_ = false;
};

} // namespace circuitloom
