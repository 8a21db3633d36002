#include "core/formats/text_file.h"

#include "core/base/error.h"
#include "core/base/utf8.h"
#include "core/formats/file_kind.h"
#include "core/formats/input_file.h"

#include <algorithm>
#include <array>
#include <utility>

namespace circuitloom {

namespace {

using namespace std::string_view_literals;

struct Beginning
{
    std::string_view bytes;
    std::string_view name;
    std::string_view command; ///< what makes text of it
};

// Those of UTF-32 come first: one of them begins as one of UTF-16.
constexpr std::array other_encodings{
    Beginning{ "\xFF\xFE\0\0"sv, "UTF-32", "iconv -f UTF-32 -t UTF-8" },
    Beginning{ "\0\0\xFE\xFF"sv, "UTF-32", "iconv -f UTF-32 -t UTF-8" },
    Beginning{ "\xFF\xFE"sv, "UTF-16", "iconv -f UTF-16 -t UTF-8" },
    Beginning{ "\xFE\xFF"sv, "UTF-16", "iconv -f UTF-16 -t UTF-8" },
};
constexpr std::array compressed{
    Beginning{ "\x1F\x8B"sv, "gzip", "gzip -dc" },
    Beginning{ "\x28\xB5\x2F\xFD"sv, "Zstandard", "zstd -dc" },
    Beginning{ "\xFD" "7zXZ\0"sv, "xz", "xz -dc" },
    Beginning{ "BZh"sv, "bzip2", "bzip2 -dc" },
    Beginning{ "PK\x03\x04"sv, "a ZIP archive", "unzip -p" },
};
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
constexpr std::size_t looked_at = 256; // bytes, for an encoding that no mark names

std::string shown(std::string_view command, std::string_view origin)
{
    return std::string(command) + " '" + for_message(origin) + "' > NEW-FILE";
}

[[noreturn]] void refuse_encoding(
    std::string_view origin, std::string_view encoding, std::string_view command)
{
    throw InputError(std::string(origin) + ": the text is in " + std::string(encoding)
        + ", not in UTF-8; convert it first: " + shown(command, origin));
}

// A model, an experiment, a table of another program: its bytes are no text in any encoding.
void refuse_what_is_no_text(std::string_view bytes, std::string_view origin)
{
    const std::string_view first = bytes.substr(0, kind_bytes);
    const std::string_view kind = kind_of_bytes(first);
    // A text may begin with the letters GGUF; what is no text has control characters soon.
    const auto is_control = [](char c) { return static_cast<unsigned char>(c) < '\t'; };
    if (kind.empty() || kind == "a ZIP archive" || std::ranges::none_of(first, is_control))
        return;
    std::string advice;
    if (kind == "a Parquet file")
        advice = "; write it as JSON lines first, as with pandas: read_parquet('…').to_json('…', "
                 "orient='records', lines=True)";
    throw InputError(std::string(origin) + " is " + std::string(kind) + ", no text" + advice + ".");
}

void refuse_what_is_compressed(std::string_view bytes, std::string_view origin)
{
    for (const Beginning& kind : compressed)
        if (bytes.starts_with(kind.bytes))
            throw InputError(std::string(origin) + ": the file is compressed ("
                + std::string(kind.name) + "); unpack it first: " + shown(kind.command, origin));
}

// Latin letters have a zero for their other byte.
void refuse_unmarked_utf16(std::string_view bytes, std::string_view origin)
{
    const std::string_view first = bytes.substr(0, looked_at);
    std::array<std::size_t, 2> zeros{};
    for (std::size_t i = 0; i < first.size(); ++i)
        zeros[i % 2] += first[i] == '\0' ? 1 : 0;
    for (const std::size_t parity : { std::size_t{ 0 }, std::size_t{ 1 } })
        if (zeros[parity] > first.size() / 4 && zeros[1 - parity] < first.size() / 8)
            refuse_encoding(origin, "UTF-16",
                parity == 0 ? "iconv -f UTF-16BE -t UTF-8" : "iconv -f UTF-16LE -t UTF-8");
}

void require_utf8(std::string_view bytes, std::string_view origin)
{
    if (is_valid_utf8(bytes))
        return;
    std::size_t line = 1;
    for (std::size_t begin = 0; begin < bytes.size(); ++line) {
        const std::size_t end = std::min(bytes.find('\n', begin), bytes.size());
        if (!is_valid_utf8(bytes.substr(begin, end - begin)))
            break;
        begin = end + 1;
    }
    throw InputError(std::string(origin) + ": line " + std::to_string(line)
        + " is not in UTF-8. If the file is in Latin-1 or Windows-1252, convert it first: "
        + shown("iconv -f WINDOWS-1252 -t UTF-8", origin));
}

void join_line_ends(std::string& text)
{
    if (text.find('\r') == std::string::npos)
        return;
    std::size_t written = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool pair = text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n';
        if (!pair)
            text[written++] = text[i] == '\r' ? '\n' : text[i];
    }
    text.resize(written);
}

} // namespace

std::string text_of(std::string bytes, std::string_view origin)
{
    refuse_what_is_no_text(bytes, origin);
    refuse_what_is_compressed(bytes, origin);
    for (const Beginning& encoding : other_encodings)
        if (bytes.starts_with(encoding.bytes))
            refuse_encoding(origin, encoding.name, encoding.command);
    refuse_unmarked_utf16(bytes, origin);
    require_utf8(bytes, origin);
    if (bytes.starts_with(byte_order_mark))
        bytes.erase(0, byte_order_mark.size());
    join_line_ends(bytes);
    return bytes;
}

std::string read_text_file(const std::filesystem::path& file, std::size_t max_bytes)
{
    return text_of(read_input_file(file, max_bytes), file.string());
}

} // namespace circuitloom
