#include "core/base/error.h"
#include "core/formats/safetensors.h"

#include <doctest/doctest.h>

#include <array>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <random>
#include <string>
#include <vector>

using namespace circuitloom;

namespace {

/// A directory that is gone at the end of the test.
class TemporaryDirectory
{
public:
    TemporaryDirectory()
        : path_(std::filesystem::temp_directory_path()
            / ("circuitloom-safetensors-" + std::to_string(std::random_device{}())))
    {
        std::filesystem::create_directory(path_);
    }
    ~TemporaryDirectory()
    {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    std::filesystem::path operator/(const char* name) const { return path_ / name; }
    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

/// A file's bytes: the length of the header, the header, the tensors.
std::string file_bytes(const std::string& header, std::size_t data_bytes)
{
    const std::uint64_t size = header.size();
    std::string bytes(sizeof size, '\0');
    std::memcpy(bytes.data(), &size, sizeof size);
    bytes += header;
    for (std::size_t i = 0; i < data_bytes; ++i)
        bytes += static_cast<char>(i);
    return bytes;
}

Safetensors read(const std::string& bytes)
{
    return Safetensors::over(std::as_bytes(std::span(bytes)), "the test's bytes");
}

std::string refusal(const std::string& bytes)
{
    try {
        read(bytes);
    } catch (const InputError& error) {
        return error.what();
    }
    return {};
}

std::string one_tensor(const std::string& dtype, const std::string& shape,
    const std::string& offsets, std::size_t data_bytes = 16)
{
    return file_bytes("{\"w\":{\"dtype\":\"" + dtype + "\",\"shape\":" + shape
            + ",\"data_offsets\":" + offsets + "}}",
        data_bytes);
}

bool mentions(const std::string& text, const std::string& part)
{
    return text.find(part) != std::string::npos;
}

} // namespace

TEST_CASE("tensors are views into the bytes")
{
    const std::string bytes
        = file_bytes(R"({"__metadata__":{"format":"pt"},)"
                     R"("b":{"dtype":"F32","shape":[2,1],"data_offsets":[6,14]},)"
                     R"("a":{"dtype":"BF16","shape":[3],"data_offsets":[0,6]},)"
                     R"("scalar":{"dtype":"BOOL","shape":[],"data_offsets":[14,15]},)"
                     R"("none":{"dtype":"I64","shape":[0,5],"data_offsets":[14,14]}})",
            15);
    const Safetensors file = read(bytes);
    REQUIRE(file.tensors().size() == 4);
    CHECK(file.tensors()[0].name == "a");
    CHECK(file.find("c") == nullptr);
    const TensorView* b = file.find("b");
    REQUIRE(b != nullptr);
    CHECK(b->type == ElementType::f32);
    CHECK(b->shape == std::vector<std::int64_t>{ 2, 1 });
    REQUIRE(b->bytes.size() == 8);
    CHECK(static_cast<int>(b->bytes[0]) == 6);
    CHECK(static_cast<int>(b->bytes[7]) == 13);
    CHECK(file.find("scalar")->shape.empty());
    CHECK(file.find("none")->bytes.empty());
}

TEST_CASE("malformed files are refused, naming the tensor and the field")
{
    REQUIRE(refusal(one_tensor("F32", "[2,2]", "[0,16]")).empty());
    const std::vector<std::pair<std::string, std::string>> wrong = {
        { one_tensor("F33", "[2,2]", "[0,16]"), "F33" },
        { one_tensor("F32", "[2,3]", "[0,16]"), "data_offsets" },
        { one_tensor("F32", "[2,2]", "[0,17]"), "data_offsets" },
        { one_tensor("F32", "[2,2]", "[16,0]"), "data_offsets" },
        { one_tensor("F32", "[2,2]", "[-1,15]"), "data_offsets" },
        { one_tensor("F32", "[2,2]", "[0]"), "data_offsets" },
        { one_tensor("F32", "[2,2]", "[0,1e1]"), "data_offsets" },
        { one_tensor("F32", "[2,2]", "\"0,16\""), "data_offsets" },
        { one_tensor("F32", "[2,2]", "[0,18446744073709551615]"), "data_offsets" },
        { one_tensor("F32", "[-2,-2]", "[0,16]"), "shape" },
        { one_tensor("F32", "[2.0,2]", "[0,16]"), "shape" },
        { one_tensor("F32", "4", "[0,16]"), "shape" },
        // 2^62 × 4 bytes wraps to 0, 2^62 + 4 elements would wrap to 16 bytes.
        { one_tensor("F32", "[4611686018427387904]", "[0,0]", 0), "data_offsets" },
        { one_tensor("F32", "[4611686018427387908]", "[0,16]"), "data_offsets" },
        { one_tensor("F32", "[4294967296,4294967296]", "[0,0]", 0), "data_offsets" },
        { one_tensor("F32", "[18446744073709551615]", "[0,16]"), "shape" },
        { one_tensor("F32", "[2,2]", "[0,16]", 20), "longer than its tensors" },
        { file_bytes(R"({"w":3})", 0), "object" },
        { file_bytes(R"({"w":{}})", 0), "dtype" },
        { file_bytes("[]", 0), "object" },
        { file_bytes("{", 0), "JSON" },
        { file_bytes("{\"\xff\":1}", 0), "JSON" },
        { file_bytes("", 0), "JSON" },
        { "1234567", "too short" },
        { one_tensor("F32", "[NaN,2]", "[0,16]"), "JSON" },
        { one_tensor("F32", "[1e999]", "[0,16]"), "too large" },
        { file_bytes(R"({"w":{"dtype":"U8","shape":[0],"data_offsets":[0,0]},"w":{}})", 0),
            "the key w comes twice" },
        { file_bytes(R"({"w":{"dtype":"U8","dtype":"F32","shape":[0],"data_offsets":[0,0]}})", 0),
            "w: the key dtype comes twice" },
    };
    for (const auto& [bytes, part] : wrong) {
        INFO(bytes);
        CHECK(mentions(refusal(bytes), "the test's bytes"));
        CHECK(mentions(refusal(bytes), part));
    }
}

TEST_CASE("overlapping tensors and gaps are refused")
{
    const auto two = [](const std::string& first, const std::string& second) {
        return file_bytes("{\"a\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":" + first
                + "},\"b\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":" + second + "}}",
            8);
    };
    CHECK(refusal(two("[0,4]", "[4,8]")).empty());
    CHECK(refusal(two("[4,8]", "[0,4]")).empty());
    CHECK(mentions(refusal(two("[0,4]", "[3,7]")), "overlap"));
    CHECK(mentions(refusal(two("[0,4]", "[0,4]")), "overlap"));
    CHECK(mentions(refusal(two("[1,5]", "[0,4]")), "overlap"));
}

TEST_CASE("a refusal is short and names file, tensor, field and limit, whatever the names are")
{
    const std::string name(100'000, 'n');
    const std::string long_name = refusal(file_bytes(
        "{\"" + name + "\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[0,9]}}", 4));
    CHECK(long_name.starts_with("the test's bytes: nnn"));
    CHECK(mentions(long_name, "data_offsets reach beyond the 4 bytes"));
    CHECK(long_name.size() < 1000);
    const std::string long_type = refusal(one_tensor(std::string(100'000, 'F'), "[4]", "[0,16]"));
    CHECK(long_type.starts_with("the test's bytes: w: dtype is FFF"));
    CHECK(mentions(long_type, "BF16, I64, I32, U8 and BOOL"));
    CHECK(long_type.size() < 1000);
    CHECK(refusal(one_tensor("U8", "[" + std::string(400, '1') + "]", "[0,1]"))
              .starts_with("the test's bytes: a number in the JSON is too large"));
    std::string ones = "1";
    for (int i = 0; i < 64; ++i)
        ones += ",1";
    CHECK(refusal(one_tensor("U8", "[" + ones + "]", "[0,1]"))
        == "the test's bytes: w: shape has more than 64 dimensions.");
}

TEST_CASE("a header longer than the file or the limit is refused before it is read")
{
    for (const std::uint64_t size :
        { std::uint64_t{ 9 }, std::uint64_t{ 100'000'001 }, UINT64_MAX }) {
        std::string bytes(sizeof size, '\0');
        std::memcpy(bytes.data(), &size, sizeof size);
        CHECK(mentions(refusal(bytes + "{}"), "header"));
        CHECK(mentions(refusal(bytes + "{}"), "the limit of 100000000"));
    }
    CHECK(mentions(refusal(file_bytes(std::string(1'000'000, '['), 0)), "nested"));
    std::string nested = "{\"a\":";
    for (int i = 0; i < 200'000; ++i)
        nested += "{\"a\":";
    CHECK(mentions(refusal(file_bytes(nested, 0)), "nested"));
}

TEST_CASE("any truncation or changed byte is refused or read, never more")
{
    const std::string good
        = file_bytes(R"({"a":{"dtype":"F32","shape":[2,2],"data_offsets":[0,16]},)"
                     R"("b":{"dtype":"F16","shape":[4],"data_offsets":[16,24]}})",
            24);
    REQUIRE(refusal(good).empty());
    for (std::size_t i = 0; i < good.size(); ++i) {
        CHECK_FALSE(refusal(good.substr(0, i)).empty());
        for (int byte = 0; byte < 256; ++byte) {
            std::string damaged = good;
            damaged[i] = static_cast<char>(byte);
            try {
                const Safetensors file = read(damaged);
                const std::span<const std::byte> all = std::as_bytes(std::span(damaged));
                for (const TensorView& tensor : file.tensors()) {
                    REQUIRE(tensor.bytes.data() >= all.data());
                    REQUIRE(tensor.bytes.data() + tensor.bytes.size() <= all.data() + all.size());
                }
            } catch (const InputError&) {
                continue;
            }
        }
    }
}

TEST_CASE("what is written is read back bit for bit")
{
    const TemporaryDirectory directory;
    const std::array<float, 6> weights = { 0.5F, -1.25F, 3e-30F, 0, 1e30F, 7 };
    const std::array<std::int64_t, 2> counts = { -1, INT64_MAX };
    const std::vector<TensorView> tensors = {
        { "layer \"0\".wéight", ElementType::f32, { 2, 3 }, std::as_bytes(std::span(weights)) },
        { "a", ElementType::i64, { 2 }, std::as_bytes(std::span(counts)) },
        { "empty", ElementType::f64, { 0 }, {} },
    };
    const auto path = directory / "model.safetensors";
    for (int times = 0; times < 2; ++times) // the second time it replaces the first
        write_safetensors(path, tensors, { { "format", "pt" } });
    const Safetensors file = Safetensors::open(path);
    CHECK(file.tensors().size() == 3);
    for (const TensorView& tensor : tensors) {
        const TensorView* found = file.find(tensor.name);
        REQUIRE(found != nullptr);
        CHECK(found->type == tensor.type);
        CHECK(found->shape == tensor.shape);
        CHECK(std::vector(found->bytes.begin(), found->bytes.end())
            == std::vector(tensor.bytes.begin(), tensor.bytes.end()));
    }
    const std::byte* data = file.find(tensors.front().name)->bytes.data();
    CHECK(reinterpret_cast<std::uintptr_t>(data) % 8 == 0);

    int files = 0;
    for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(directory.path()))
        ++files;
    CHECK(files == 1); // nothing temporary is left
}

TEST_CASE("what cannot be written leaves the old file as it was")
{
    const TemporaryDirectory directory;
    const auto path = directory / "model.safetensors";
    std::ofstream(path) << "old";
    const std::array<float, 2> weights = { 1, 2 };
    const TensorView right = { "w", ElementType::f32, { 2 }, std::as_bytes(std::span(weights)) };
    const TensorView wrong = { "w", ElementType::f32, { 3 }, std::as_bytes(std::span(weights)) };
    CHECK_THROWS_AS(write_safetensors(path, std::vector{ wrong }), InputError);
    CHECK_THROWS_AS(write_safetensors(path, std::vector{ right, right }), InputError);
    CHECK_THROWS_AS(write_safetensors(directory / "absent/model.safetensors", std::vector{ right }),
        ResourceError);
    std::ifstream input(path);
    std::string text;
    std::getline(input, text);
    CHECK(text == "old");
}

TEST_CASE("what is no regular file is refused")
{
    const TemporaryDirectory directory;
    CHECK_THROWS_AS(Safetensors::open(directory / "absent"), InputError);
    CHECK_THROWS_AS(Safetensors::open(directory.path()), InputError);
    CHECK_THROWS_AS(Safetensors::open("/dev/zero"), InputError);
    std::ofstream(directory / "empty").flush();
    CHECK_THROWS_AS(Safetensors::open(directory / "empty"), InputError);
    std::filesystem::create_symlink(directory / "loop", directory / "loop");
    CHECK_THROWS_AS(Safetensors::open(directory / "loop"), InputError);
}
