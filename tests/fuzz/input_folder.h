#pragma once

#include "tests/fuzz/fuzz_target.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

namespace circuitloom::fuzz {

/// An input whose first line says what kind of file the rest is.
struct MarkedInput
{
    std::string_view ending;
    std::string_view content;
};

inline MarkedInput marked(std::string_view input)
{
    const std::size_t line = input.find('\n');
    return { input.substr(0, line),
        line == std::string_view::npos ? std::string_view() : input.substr(line + 1) };
}

/// Where a target puts its input for what reads files by name: in memory, and gone with the program.
class InputFolder
{
public:
    InputFolder()
    {
        std::string name = (std::filesystem::exists("/dev/shm") ? "/dev/shm" : "/tmp");
        name += "/circuitloom-fuzz.XXXXXX";
        require(::mkdtemp(name.data()) != nullptr, "a folder can be made");
        path_ = name;
    }
    ~InputFolder()
    {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    InputFolder(const InputFolder&) = delete;
    InputFolder& operator=(const InputFolder&) = delete;

    std::filesystem::path write(std::string_view ending, std::string_view content) const
    {
        const std::filesystem::path file = path_ / ("file." + std::string(ending));
        std::ofstream out(file, std::ios::binary | std::ios::trunc);
        out.write(content.data(), static_cast<std::streamsize>(content.size()));
        require(static_cast<bool>(out.flush()), "the file can be written");
        return file;
    }

private:
    std::filesystem::path path_;
};

} // namespace circuitloom::fuzz
