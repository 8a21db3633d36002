#include "core/base/error.h"
#include "core/formats/gguf.h"
#include "tests/support/gguf_builder.h"
#include "tests/support/store_samples.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <limits>
#include <string>
#include <vector>

using namespace circuitloom;

namespace {

const std::string data = CIRCUITLOOM_TEST_DATA;

Gguf read(const std::string& bytes)
{
    return Gguf::over(std::as_bytes(std::span(bytes)), "the test's bytes");
}

template <class Action>
std::string refusal_of(Action action)
{
    try {
        action();
    } catch (const InputError& error) {
        return error.what();
    }
    return {};
}

std::string refusal(const std::string& bytes)
{
    return refusal_of([&] { read(bytes); });
}

bool mentions(const std::string& text, const std::string& part)
{
    return text.find(part) != std::string::npos;
}

template <class Number>
std::string raw(Number number)
{
    return GgufBuilder::raw(number);
}

/// Every kind of value, and tensors of three types.
GgufBuilder sample()
{
    GgufBuilder file;
    file.text("general.architecture", "llama")
        .integer("whole", 7)
        .number("real", 1e-5F)
        .boolean("yes", true)
        .key("small", 1, raw(std::int8_t{ -3 }))
        .key("large", 11, raw(std::int64_t{ -5'000'000'000 }))
        .key("double", 12, raw(0.25))
        .texts("words", { "a", "", "wörd" })
        .numbers<std::int32_t>("kinds", 5, { 1, -2, 3 })
        .numbers<float>("scores", 6, { -1, 0.5F })
        .texts("none", {});
    file.counting("plain", { 3, 2 })
        .tensor("blocks", { 32, 2 }, 8, std::string(68, 'x'))
        .tensor("a.half", { 5 }, 1, std::string(10, 'h'));
    return file;
}

} // namespace

TEST_CASE("keys and tensors are read in place, in both versions")
{
    for (const std::uint32_t version : { 2U, 3U }) {
        GgufBuilder builder = sample();
        builder.version = version;
        const std::string bytes = builder.bytes();
        const Gguf file = read(bytes);
        CHECK(file.version() == static_cast<int>(version));
        const GgufMetadata& keys = file.metadata();
        CHECK(keys.text("general.architecture") == "llama");
        CHECK(keys.integer("whole", 0, 10) == 7);
        CHECK(keys.integer("small", -10, 10) == -3);
        CHECK(keys.integer("large", -6'000'000'000, 0) == -5'000'000'000);
        CHECK(keys.number("real", 0, 1) == 1e-5); // not the float's own 9.99999974…e-06
        CHECK(keys.number("double", 0, 1) == 0.25);
        CHECK(keys.number("whole", 0, 10) == 7);
        CHECK(keys.boolean_or("yes", false));
        CHECK(keys.boolean_or("absent", true));
        CHECK(keys.integer_or("absent", 4, 0, 1) == 4);
        CHECK(keys.text_or("absent", "x") == "x");
        CHECK(keys.texts("words", 3) == std::vector<std::string_view>{ "a", "", "wörd" });
        CHECK(keys.texts("none", 3).empty());
        CHECK(keys.integers("kinds", 3) == std::vector<std::int64_t>{ 1, -2, 3 });
        CHECK(keys.numbers("scores", 2) == std::vector<float>{ -1, 0.5F });

        REQUIRE(file.tensors().size() == 3);
        CHECK(file.tensors()[0].name == "a.half");
        CHECK(file.find("b") == nullptr);
        const TensorView* plain = file.find("plain");
        REQUIRE(plain != nullptr);
        CHECK(plain->type == ElementType::f32);
        CHECK(plain->shape == std::vector<std::int64_t>{ 2, 3 }); // the last is the fastest
        CHECK(plain->bytes.size() == 24);
        CHECK(file.find("blocks")->type == ElementType::q8_0);
        CHECK(file.find("blocks")->bytes.size() == 68);
        CHECK(file.find("blocks")->bytes[0] == std::byte{ 'x' });
        CHECK(file.find("a.half")->bytes[9] == std::byte{ 'h' });
    }
}

TEST_CASE("values of another type, length or range are refused by key")
{
    const std::string bytes = sample().key("text", 8, GgufBuilder::text_bytes("\xff")).bytes();
    const Gguf file = read(bytes);
    const GgufMetadata& keys = file.metadata();
    const std::vector<std::pair<std::string, std::string>> wrong = {
        { refusal_of([&] { keys.integer("absent", 0, 1); }), "absent is missing" },
        { refusal_of([&] { keys.text("whole"); }), "whole must be a text" },
        { refusal_of([&] { keys.text("text"); }), "text is not UTF-8" },
        { refusal_of([&] { keys.text("words"); }), "words is an array" },
        { refusal_of([&] { keys.integer("whole", 8, 9); }), "whole is 7; it must be from 8 to 9" },
        { refusal_of([&] { keys.integer("real", 0, 9); }), "real must be a whole number" },
        { refusal_of([&] { keys.number("double", 1, 2); }), "double is 0.25" },
        { refusal_of([&] { keys.boolean_or("whole", true); }), "whole must be true or false" },
        { refusal_of([&] { keys.texts("words", 2); }), "words has 3 entries; at most 2" },
        { refusal_of([&] { keys.texts("whole", 2); }), "whole must be an array" },
        { refusal_of([&] { keys.texts("kinds", 9); }), "kinds must be an array of texts" },
        { refusal_of([&] { keys.integers("scores", 9); }), "scores must be an array of whole" },
        { refusal_of([&] { keys.numbers("kinds", 9); }), "kinds must be an array of 32-bit" },
    };
    for (const auto& [message, part] : wrong) {
        CHECK(mentions(message, "the test's bytes"));
        INFO(message);
        CHECK(mentions(message, part));
    }
    const float no_number = std::numeric_limits<float>::quiet_NaN();
    const std::string nan
        = GgufBuilder().number("nan", no_number).numbers<float>("nans", 6, { no_number }).bytes();
    const Gguf other = read(nan);
    CHECK(mentions(refusal_of([&] { other.metadata().number("nan", 0, 1); }), "nan is"));
    CHECK(mentions(refusal_of([&] { other.metadata().numbers("nans", 9); }), "no number"));
}

TEST_CASE("malformed files are refused, naming the place")
{
    REQUIRE(refusal(sample().bytes()).empty());
    REQUIRE(refusal(GgufBuilder().bytes()).empty());
    const auto with = [](auto change) {
        GgufBuilder file = sample();
        change(file);
        return file.bytes();
    };
    using File = GgufBuilder&;
    const std::string text = GgufBuilder::text_bytes("x");
    const std::vector<std::pair<std::string, std::string>> wrong = {
        { "", "GGUF" },
        { "GGU", "GGUF" },
        { "GGML" + raw(std::uint32_t{ 3 }), "does not begin with GGUF" },
        { with([](File f) { f.version = 1; }), "version 1; 2 and 3" },
        { with([](File f) { f.version = 4; }), "version 4; 2 and 3" },
        { with([](File f) { f.version = 0; }), "version 0; 2 and 3" },
        { with([](File f) { f.version = 0x03000000; }), "big-endian" },
        // absurd counts
        { with([](File f) { f.tensor_count = UINT64_MAX; }), "number of tensors is 1844" },
        { with([](File f) { f.tensor_count = 60'000; }), "number of tensors is 60000, more than" },
        { with([](File f) { f.key_count = UINT64_MAX; }), "number of keys is 1844" },
        { with([](File f) { f.key_count = 60'000; }), "number of keys is 60000, more than" },
        { with([](File f) { f.key("k", 8, raw(UINT64_MAX)); }), "k needs 18446744073709551615" },
        { with([](File f) { f.key("k", 9, raw(std::uint32_t{ 8 }) + raw(UINT64_MAX)); }),
            "k is 18446744073709551615, more than" },
        { with([](File f) {
             f.key("k", 9, raw(std::uint32_t{ 12 }) + raw(std::uint64_t{ 1 } << 61));
         }),
            "k is 2305843009213693952, more than" },
        // keys
        { with([&](File f) { f.key("", 8, text); }), "key 11 must have 1 to 65535 bytes" },
        { with([&](File f) { f.key(std::string(70'000, 'k'), 8, text); }), "1 to 65535 bytes" },
        { with([&](File f) { f.key("\xff", 8, text); }), "of UTF-8" },
        { with([](File f) { f.integer("whole", 8); }), "whole comes twice" },
        { with([&](File f) { f.key("k", 13, text); }), "k has the unknown value type 13" },
        { with([](File f) { f.key("k", 9, raw(std::uint32_t{ 9 }) + raw(std::uint64_t{ 0 })); }),
            "k is an array of arrays" },
        { with([](File f) { f.key("k", 9, raw(std::uint32_t{ 77 }) + raw(std::uint64_t{ 0 })); }),
            "k has the unknown value type 77" },
        // alignment
        { with([](File f) { f.integer("general.alignment", 0); }), "general.alignment is 0" },
        { with([](File f) { f.integer("general.alignment", 48); }), "power of two" },
        { with([](File f) { f.text("general.alignment", "32"); }), "general.alignment must be" },
        { with([](File f) { f.integer("general.alignment", 1 << 20); }),
            "beyond the 0 bytes of tensors" },
        { with([](File f) { f.describe("t", { 1 }, 0, 4); }), "no multiple of the alignment, 32" },
        // tensors
        { with([](File f) { f.describe("t", { 1 }, 0, 1 << 20); }), "tensor t reaches beyond" },
        { with([](File f) { f.describe("t", { 1 }, 0, UINT64_MAX - 31); }), "t reaches beyond" },
        { with([](File f) { f.describe("t", { 1000 }, 0, 0); }), "t reaches beyond" },
        { with([](File f) { f.describe("t", { 4 }, 0, 0); }), "overlaps" },
        { with([](File f) { f.describe("t", { 4 }, 0, 32); }), "overlaps" },
        { with([](File f) { f.counting("plain", { 1 }); }), "tensor plain comes twice" },
        { with([](File f) { f.counting("", { 1 }); }), "must have a name" },
        { with([](File f) { f.counting(std::string(300, 't'), { 1 }); }), "must have a name" },
        { with([](File f) { f.counting("\xc0", { 1 }); }), "UTF-8" },
        { with([](File f) {
             f.describe("t", { 1, 1, 1, 1, 1 }, 0, 0);
         }),
            "t has 5 dimensions" },
        { with([](File f) { f.describe("t", { UINT64_MAX }, 0, 0); }), "t has a dimension of" },
        // 2^62 × 4 bytes would wrap to 0.
        { with([](File f) { f.describe("t", { 1ULL << 62 }, 0, 0); }), "t has more bytes" },
        { with([](File f) {
             f.describe("t", { 1ULL << 32, 1ULL << 32 }, 0, 0);
         }),
            "t has more elements" },
        { with([](File f) { f.describe("t", { 33 }, 8, 0); }), "t has rows of 33 elements" },
        { with([](File f) {
             f.describe("t", { 32, 8 }, 12, 0);
         }),
            "multiple of the 256" },
        { with([](File f) { f.describe("t", { 256 }, 16, 0); }), "t is of ggml's type IQ2_XXS" },
        { with([](File f) { f.describe("t", { 256 }, 19, 0); }), "t is of ggml's type IQ1_S;" },
        { with([](File f) { f.describe("t", { 256 }, 34, 0); }), "t is of ggml's type TQ1_0" },
        { with([](File f) { f.describe("t", { 256 }, 35, 0); }), "t is of ggml's type TQ2_0" },
        { with([](File f) { f.describe("t", { 256 }, 40, 0); }), "t is of ggml's type NVFP4" },
        { with([](File f) { f.describe("t", { 256 }, 4, 0); }), "t is of ggml's type Q4_2" },
        { with([](File f) { f.describe("t", { 256 }, 14, 0); }), "t reaches beyond" },
        { with([](File f) { f.describe("t", { 256 }, 1000, 0); }), "t is of ggml's type 1000" },
    };
    for (const auto& [bytes, part] : wrong) {
        const std::string message = refusal(bytes);
        INFO(message);
        INFO(part);
        CHECK(mentions(message, "the test's bytes"));
        CHECK(mentions(message, part));
    }
}

TEST_CASE("another alignment and empty tensors are read")
{
    GgufBuilder file;
    file.alignment = 64;
    file.integer("general.alignment", 64)
        .counting("a", { 3 })
        .counting("b", { 2 })
        .counting("empty", { 0, 4 })
        .counting("scalar", {});
    const std::string bytes = file.bytes();
    const Gguf read_back = read(bytes);
    CHECK(read_back.find("b")->bytes.size() == 8);
    CHECK(read_back.find("b")->bytes.data() - read_back.find("a")->bytes.data() == 64);
    CHECK(read_back.find("empty")->bytes.empty());
    CHECK(read_back.find("scalar")->bytes.size() == 4);
}

TEST_CASE("any truncation or changed byte is refused or read, never more")
{
    const std::string good = sample().bytes();
    REQUIRE(refusal(good).empty());
    const std::size_t padding = 32;
    for (std::size_t i = 0; i < good.size(); ++i) {
        // Behind the last tensor there is only padding.
        if (i + padding < good.size())
            CHECK_FALSE(refusal(good.substr(0, i)).empty());
        for (int byte = 0; byte < 256; ++byte) {
            std::string damaged = good;
            damaged[i] = static_cast<char>(byte);
            const std::span<const std::byte> all = std::as_bytes(std::span(damaged));
            try {
                const Gguf file = read(damaged);
                for (const TensorView& tensor : file.tensors()) {
                    if (tensor.bytes.empty())
                        continue;
                    REQUIRE(tensor.bytes.data() >= all.data());
                    REQUIRE(tensor.bytes.data() + tensor.bytes.size() <= all.data() + all.size());
                }
            } catch (const InputError&) {
                continue;
            }
        }
    }
}

TEST_CASE("files of llama.cpp's library are mapped; what is no file is refused")
{
    const Gguf file = Gguf::open(data + "/gguf/tiny_llama.gguf");
    CHECK(file.version() == 3);
    CHECK(file.mappings().size() == 1);
    CHECK(file.tensors().size() == 35);
    CHECK_THROWS_AS(Gguf::open(data + "/gguf/absent.gguf"), InputError);
    CHECK_THROWS_AS(Gguf::open(data), InputError);
    CHECK_THROWS_AS(Gguf::open("/dev/zero"), InputError);
    CHECK(mentions(refusal_of([] { Gguf::open(data + "/tiny_llama/model.safetensors"); }), "GGUF"));
}

namespace {

/// Parts of a split model in a folder, as llama.cpp's gguf-split writes them.
class SplitModel
{
public:
    /// Each part has one tensor, `t0`, `t1`, …, of the numbers 0 and 1.
    explicit SplitModel(std::uint16_t parts)
        : parts_(parts)
    {
        for (std::uint16_t part = 0; part < parts; ++part)
            write(part, part, "t" + std::to_string(part));
    }
    std::filesystem::path part(int number, const std::string& stem = "m") const
    {
        return folder_ / (stem + "-0000" + std::to_string(number + 1) + "-of-0000"
            + std::to_string(parts_) + ".gguf");
    }
    void write(int place, std::uint16_t number, const std::string& tensor, std::int32_t tensors = 3)
    {
        GgufBuilder file;
        if (number == 0)
            file.text("general.architecture", "llama");
        file.key("split.no", 2, raw(number))
            .key("split.count", 2, raw(parts_))
            .key("split.tensors.count", 5, raw(tensors))
            .counting(tensor, { 2 });
        std::ofstream(part(place), std::ios::binary) << file.bytes();
    }

private:
    samples::TemporaryFolder folder_;
    std::uint16_t parts_;
};

} // namespace

TEST_CASE("any part of a split model stands for the whole")
{
    const SplitModel model(3);
    for (int part = 0; part < 3; ++part) {
        const Gguf file = Gguf::open(model.part(part));
        CHECK(file.metadata().text("general.architecture") == "llama");
        REQUIRE(file.tensors().size() == 3);
        CHECK(file.tensors()[2].name == "t2");
        CHECK(file.tensors()[2].bytes.size() == 8);
        CHECK(file.mappings().size() == 3);
    }
}

TEST_CASE("a split model that is not whole is refused with what is missing")
{
    SplitModel model(3);
    std::filesystem::remove(model.part(1));
    const std::string missing = refusal_of([&] { Gguf::open(model.part(2)); });
    CAPTURE(missing);
    CHECK(mentions(missing, "part 3 of 3"));
    CHECK(mentions(missing, "missing beside it: m-00002-of-00003.gguf."));

    model.write(1, 2, "t1");
    CHECK(mentions(refusal_of([&] { Gguf::open(model.part(0)); }), "part 3 of 3"));
    model.write(1, 1, "t0");
    CHECK(mentions(refusal_of([&] { Gguf::open(model.part(0)); }), "t0 comes twice"));
    model.write(1, 1, "t1");
    model.write(0, 0, "t0", 4);
    CHECK(mentions(refusal_of([&] { Gguf::open(model.part(0)); }), "split.tensors.count"));

    std::filesystem::rename(model.part(2), model.part(2).parent_path() / "other.gguf");
    const std::string renamed
        = refusal_of([&] { Gguf::open(model.part(2).parent_path() / "other.gguf"); });
    CHECK(mentions(renamed, "-00003-of-00003.gguf"));
}
