// The curves of a training as TensorBoard's event files hold them. Beside these tests, files that
// TensorBoard's own writer made were read once.
#include "core/base/error.h"
#include "core/exchange/event_log.h"
#include "core/exchange/event_records.h"
#include "core/exchange/wire_bytes.h"
#include "tests/support/store_samples.h"

#include <doctest/doctest.h>

#include <bit>
#include <cmath>
#include <fstream>

using namespace circuitloom;
using samples::TemporaryFolder;

namespace {

/// A record around an event.
std::string framed(const std::string& event)
{
    const std::string length = little_endian(std::uint64_t{ event.size() });
    return length + little_endian(masked_crc32c(length)) + event
        + little_endian(masked_crc32c(event));
}

std::string with_length(int field, const std::string& bytes)
{
    return varint(static_cast<std::uint64_t>(field << 3 | 2)) + varint(bytes.size()) + bytes;
}

/// As TensorFlow 2 writes a scalar: a tensor of one number.
std::string tensor_event(int step, const std::string& tag, const std::string& tensor)
{
    return framed("\x10" + varint(static_cast<std::uint64_t>(step))
        + with_length(5, with_length(1, with_length(1, tag) + with_length(8, tensor))));
}

void put(const std::filesystem::path& file, const std::string& bytes)
{
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << bytes;
}

} // namespace

TEST_CASE("scalars of event files are read back as they were written")
{
    const std::string bytes = event_file_beginning(1.0) + scalar_event(1.5, 3, "train/loss", 2.5F)
        + scalar_event(2.5, 1'000'000'000'000, "eval/loss", -0.125F)
        + scalar_event(3.5, 4, "x", std::numeric_limits<float>::quiet_NaN());
    const auto scalars = event_scalars(bytes, "file");
    REQUIRE(scalars.size() == 3);
    CHECK(scalars[0].tag == "train/loss");
    CHECK(scalars[0].step == 3);
    CHECK(scalars[0].value == 2.5);
    CHECK(scalars[1].step == 1'000'000'000'000);
    CHECK(scalars[1].value == -0.125);
    CHECK(std::isnan(scalars[2].value));
}

TEST_CASE("a scalar may be a tensor of one number, and nothing else")
{
    const std::string as_float = little_endian(std::bit_cast<std::uint32_t>(1.5F));
    const std::string as_double = little_endian(std::bit_cast<std::uint64_t>(2.5));
    const std::string type = "\x08\x01"; // dtype, which the size of the content tells too
    const std::string bytes = tensor_event(1, "a", type + with_length(5, as_float))
        + tensor_event(2, "b", type + with_length(4, as_float))
        + tensor_event(3, "c", type + with_length(6, as_double))
        + tensor_event(4, "d", type + with_length(5, as_float + as_float))
        + tensor_event(5, "e", type);
    const auto scalars = event_scalars(bytes, "file");
    REQUIRE(scalars.size() == 3);
    CHECK(scalars[0].value == 1.5);
    CHECK(scalars[1].value == 1.5);
    CHECK(scalars[2].value == 2.5);
    CHECK(scalars[2].step == 3);
}

TEST_CASE("a file that is being written ends before its last record; a damaged one is refused")
{
    const std::string whole = event_file_beginning(1.0) + scalar_event(1.0, 1, "loss", 1.0F)
        + scalar_event(1.0, 2, "loss", 2.0F);
    const std::size_t last = scalar_event(1.0, 2, "loss", 2.0F).size();
    for (std::size_t missing = 1; missing <= last; ++missing)
        CHECK(event_scalars(std::string_view(whole).substr(0, whole.size() - missing), "f").size() == 1);
    for (std::size_t at = 0; at < whole.size(); ++at) {
        std::string damaged = whole;
        damaged[at] = static_cast<char>(damaged[at] ^ 0x10);
        CHECK_THROWS_WITH_AS(
            event_scalars(damaged, "run/events"), doctest::Contains("run/events is damaged"), InputError);
    }
}

TEST_CASE("what nests too deep or is cut off within a record is passed over")
{
    const std::string value = with_length(1, "loss") + "\x15"; // of a number without its bytes
    const std::string bytes = framed("\x10\x01" + with_length(5, with_length(1, value)))
        + framed("\x10\x01\x2A\xFF\xFF\xFF\xFF\x0F") + framed(std::string(20, '\xFF'))
        + scalar_event(1.0, 7, "loss", 1.0F);
    const auto scalars = event_scalars(bytes, "file");
    REQUIRE(scalars.size() == 1);
    CHECK(scalars[0].step == 7);
}

TEST_CASE("event files of a folder are one training's log")
{
    const TemporaryFolder folder;
    put(folder / "runs/b/events.out.tfevents.2.host",
        event_file_beginning(1.0) + scalar_event(1.0, 4, "train/loss", 1.0F)
            + scalar_event(1.0, 2, "train/loss", 2.25F) // went back to a checkpoint
            + scalar_event(1.0, 4, "eval/accuracy", 0.5F));
    put(folder / "runs/a/events.out.tfevents.1.host",
        event_file_beginning(1.0) + scalar_event(1.0, 2, "train/loss", 2.0F)
            + scalar_event(1.0, 2, "train/learning_rate", 0.5F)
            + scalar_event(1.0, 2, "val_loss", 3.0F) + scalar_event(1.0, 2, "train/grad_norm", 9.0F)
            + scalar_event(1.0, -1, "train/loss", 9.0F));
    put(folder / "runs/notes.txt", "not one of them");
    const TrainerLog log = read_event_log(folder / "runs");
    REQUIRE(log.steps.size() == 2);
    CHECK(log.steps[0].step == 2);
    CHECK(log.steps[0].loss == 2.25);
    CHECK(log.steps[0].learning_rate == 0.5);
    CHECK(std::isnan(log.steps[0].metric));
    CHECK(log.steps[1].step == 4);
    CHECK(log.steps[1].learning_rate == 0);
    REQUIRE(log.evaluations.size() == 2);
    CHECK(log.evaluations[0].measure == "loss");
    CHECK(log.evaluations[0].value == 3.0);
    CHECK(log.evaluations[1].measure == "accuracy");
    CHECK(log.evaluations[1].step == 4);
    CHECK(log.left_out == std::vector<std::string>{ "train/grad_norm" });
    CHECK_THROWS_WITH_AS(
        read_event_log(folder / "none"), doctest::Contains("none"), InputError);
    std::filesystem::create_directory(folder / "empty");
    CHECK_THROWS_WITH_AS(
        read_event_log(folder / "empty"), doctest::Contains("no event files"), InputError);
}

TEST_CASE("a log that is shortened once it is open is refused, and read whole it says the same")
{
    const TemporaryFolder folder;
    const auto file = folder / "events.out.tfevents.1.host";
    std::string bytes = event_file_beginning(1.0);
    for (int step = 0; step < 2000; ++step)
        bytes += scalar_event(1.0, step, "train/loss", 1.0F);
    put(file, bytes);
    const MappedFile mapped = map_input_file(file);
    const auto scalars = event_scalars(mapped, "file");
    REQUIRE(scalars.size() == 2000);
    CHECK(scalars.back().step == 1999);
    std::filesystem::resize_file(file, 100);
    CHECK_THROWS_WITH_AS(event_scalars(mapped, "file"),
        doctest::Contains("shortened while it was read"), InputError);
}

TEST_CASE("each of very many other curves is left out once")
{
    const TemporaryFolder folder;
    constexpr int tags = 400'000; // so many that to look through all for each would take minutes
    std::string bytes = event_file_beginning(1.0);
    for (int i = 0; i < 2 * tags; ++i)
        bytes += scalar_event(1.0, 1, "norm/" + std::to_string(i % tags), 1.0F);
    put(folder / "events.out.tfevents.1.host", bytes);
    const TrainerLog log = read_event_log(folder / "events.out.tfevents.1.host");
    REQUIRE(log.left_out.size() == tags);
    CHECK(log.left_out[0] == "norm/0");
    CHECK(log.left_out.back() == "norm/" + std::to_string(tags - 1));
}
