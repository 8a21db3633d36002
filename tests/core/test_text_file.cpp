#include "core/base/error.h"
#include "core/formats/text_file.h"
#include "core/tasks/capability_suite.h"
#include "tests/support/store_samples.h"

#include <doctest/doctest.h>

#include <fstream>
#include <string>
#include <string_view>
#include <vector>

using namespace circuitloom;
using namespace std::string_view_literals;

namespace {

std::string refusal(std::string_view bytes)
{
    try {
        text_of(std::string(bytes), "notes.txt");
    } catch (const InputError& cause) {
        return cause.what();
    }
    return {};
}

// As an editor saves Latin letters in UTF-16, without a mark.
std::string in_utf16(std::string_view text, bool big_endian)
{
    std::string bytes;
    for (const char c : text) {
        bytes += big_endian ? '\0' : c;
        bytes += big_endian ? c : '\0';
    }
    return bytes;
}

} // namespace

TEST_CASE("a text is the same whichever way its editor marks encoding and line ends")
{
    const std::string plain = "The key\nis caf\xC3\xA9\n";
    CHECK(text_of(plain, "f") == plain);
    CHECK(text_of("\xEF\xBB\xBF" + plain, "f") == plain);
    CHECK(text_of("The key\r\nis caf\xC3\xA9\r\n", "f") == plain);
    CHECK(text_of("\xEF\xBB\xBFThe key\ris caf\xC3\xA9\r", "f") == plain);
    CHECK(text_of("", "f").empty());
    CHECK(text_of("\r", "f") == "\n");
    // A mark within the text is a character like others.
    CHECK(text_of("a\xEF\xBB\xBF", "f") == "a\xEF\xBB\xBF");
}

TEST_CASE("what is no UTF-8 text is refused by its name, with what to do")
{
    const auto says = [](std::string_view bytes, std::string_view what) {
        const std::string refused = refusal(bytes);
        CAPTURE(refused);
        return refused.starts_with("notes.txt") && refused.find(what) != std::string::npos;
    };
    CHECK(text_of("GGUF is a format", "f") == "GGUF is a format");
    CHECK(says("PAR1\x15\0rest"sv, "is a Parquet file, no text; write it as JSON lines"));
    CHECK(says("GGUF\3\0\0\0"sv, "is a GGUF model, no text."));
    CHECK(says("SQLite format 3\0rest"sv, "an experiment"));
    CHECK(says("\x80\x04\x95", "a Python pickle"));
    CHECK(says("\xFF\xFEh\0i\0"sv, "iconv -f UTF-16"));
    CHECK(says("\xFE\xFF\0h\0i"sv, "iconv -f UTF-16"));
    CHECK(says("\xFF\xFE\0\0h\0\0\0"sv, "UTF-32"));
    CHECK(says(in_utf16("The key is near", false), "UTF-16LE"));
    CHECK(says(in_utf16("The key is near", true), "UTF-16BE"));
    CHECK(says("one\ntwo caf\xE9\n", "line 2 is not in UTF-8"));
    CHECK(says("\x1F\x8B\x08"sv, "gzip -dc"));
    CHECK(says("\x28\xB5\x2F\xFD"sv, "zstd"));
    CHECK(says("PK\x03\x04"sv, "ZIP"));
    CHECK(says("BZh9", "bzip2"));
    CHECK(says("\xFD" "7zXZ\0"sv, "xz"));
}

TEST_CASE("suites and tasks are read as text files, and as one list of objects")
{
    const samples::TemporaryFolder folder;
    const auto write = [&](const char* name, const std::string& bytes) {
        const auto file = folder / name;
        std::ofstream(file, std::ios::binary) << bytes;
        return file.string();
    };
    CHECK(load_suite("", write("a.txt", "\xEF\xBB\xBFone\r\ntwo")).text == "one\ntwo");
    CHECK_THROWS_WITH_AS(
        load_suite("", write("b.txt", "\xFF\xFE" + in_utf16("one", false))),
        doctest::Contains("UTF-16"), InputError);

    const std::string item = R"({"prompt": "a", "choices": ["b", "c"], "answer": 1})";
    const auto lines = load_suite("", write("l.jsonl", item + "\r\n" + item + "\r\n"));
    const auto list = load_suite("", write("l.json", "[\n" + item + ",\n" + item + "]"));
    CHECK(lines.items.size() == 2);
    CHECK((lines.items == list.items));
    CHECK_THROWS_WITH_AS(
        load_suite("", write("m.json", "[" + item + ", 3]")), doctest::Contains("[1]"), InputError);
}
