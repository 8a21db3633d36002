#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

namespace circuitloom {

/// A file under a temporary name beside its final one, which it takes with commit(): whoever looks
/// there sees the older file or the whole new one. Without commit() it is removed. Every function
/// throws ResourceError where the disk refuses.
class ReplacementFile
{
public:
    explicit ReplacementFile(const std::filesystem::path& file);
    ~ReplacementFile();
    ReplacementFile(const ReplacementFile&) = delete;
    ReplacementFile& operator=(const ReplacementFile&) = delete;

    void write(const void* data, std::size_t size);
    /// After it the bytes are on the disk.
    void commit();

private:
    [[noreturn]] void fail() const;

    std::string target_;
    std::string temporary_;
    int descriptor_;
    bool committed_ = false;
};

} // namespace circuitloom
