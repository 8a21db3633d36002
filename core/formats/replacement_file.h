#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

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

/// A whole file by it.
void write_whole(const std::filesystem::path& file, std::string_view bytes);

} // namespace circuitloom
