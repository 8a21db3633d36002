#include "core/formats/file_kind.h"

#include <array>
#include <fstream>

namespace circuitloom {

namespace {

namespace fs = std::filesystem;
using namespace std::string_view_literals;

struct Kind
{
    std::string_view beginning;
    std::string_view name;
};

constexpr std::array kinds{
    Kind{ "GGUF"sv, "a GGUF model" },
    Kind{ "SQLite format 3\0"sv, "an experiment (a .loom file) or another SQLite database" },
    Kind{ "PAR1"sv, "a Parquet file" },
    Kind{ "\x93NUMPY"sv, "an array of NumPy" },
    Kind{ "\x89HDF"sv, "an HDF5 file" },
    Kind{ "ARROW1"sv, "an Arrow file" },
    Kind{ "\x80\x02"sv, "a Python pickle, as PyTorch writes it" },
    Kind{ "\x80\x03"sv, "a Python pickle" },
    Kind{ "\x80\x04"sv, "a Python pickle" },
    Kind{ "\x80\x05"sv, "a Python pickle" },
    Kind{ "\x89PNG"sv, "a picture" },
    Kind{ "%PDF"sv, "a PDF" },
};
constexpr std::string_view tar_mark = "ustar";
constexpr std::size_t tar_mark_at = 257;

// A length of 64 bits, little-endian and of a plausible size, then a JSON object.
bool is_safetensors(std::string_view beginning)
{
    return beginning.size() > 9 && beginning.substr(5, 3) == "\0\0\0"sv
        && (beginning.substr(8, 2) == "{\"" || beginning.substr(8, 2) == "{}");
}

} // namespace

std::string_view kind_of_bytes(std::string_view beginning)
{
    for (const Kind& kind : kinds)
        if (beginning.starts_with(kind.beginning))
            return kind.name;
    if (beginning.starts_with("PK\x03\x04")) {
        const std::string_view first = beginning.substr(0, kind_bytes);
        if (first.find("data.pkl") != std::string_view::npos)
            return "a PyTorch file (.pt, .bin)";
        if (first.find("[Content_Types].xml") != std::string_view::npos)
            return "a document or table of an office program";
        return "a ZIP archive";
    }
    if (is_safetensors(beginning))
        return "a safetensors file of weights";
    if (beginning.size() > tar_mark_at && beginning.substr(tar_mark_at).starts_with(tar_mark))
        return "a tar archive";
    return {};
}

std::string kind_of_file(const fs::path& file)
{
    std::error_code failure;
    if (fs::is_directory(file, failure))
        return "a folder";
    if (!fs::is_regular_file(file, failure))
        return fs::exists(file, failure) ? "no regular file" : "";
    std::string beginning(kind_bytes, '\0');
    std::ifstream stream(file, std::ios::binary);
    if (!stream)
        return {};
    stream.read(beginning.data(), static_cast<std::streamsize>(beginning.size()));
    beginning.resize(static_cast<std::size_t>(stream.gcount()));
    if (beginning.empty())
        return "an empty file";
    if (const std::string_view kind = kind_of_bytes(beginning); !kind.empty())
        return std::string(kind);
    const std::size_t first = beginning.find_first_not_of(" \t\r\n");
    if (beginning.find('\0') != std::string::npos || first == std::string::npos)
        return "a file of an unknown kind";
    return beginning[first] == '{' || beginning[first] == '[' ? "a JSON text" : "a text";
}

} // namespace circuitloom
