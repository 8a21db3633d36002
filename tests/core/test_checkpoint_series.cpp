// What a look at a series finds while others write it.
#include "core/base/error.h"
#include "core/formats/input_file.h"
#include "core/run/checkpoint_series.h"
#include "tests/support/program.h"
#include "tests/support/store_samples.h"

#include <doctest/doctest.h>

#include <cstddef>
#include <filesystem>
#include <fstream>
#include <span>
#include <string>

using namespace circuitloom;
using namespace circuitloom::testing;

namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t beginning = 100; // bytes: of a page that is there whatever comes after it

/// A folder of checkpoints that are copies of tiny models.
class Series
{
public:
    fs::path weights(int step) const { return folder(step) / "model.safetensors"; }
    fs::path folder(int step) const { return folder_ / ("checkpoint-" + std::to_string(step)); }
    fs::path path() const { return folder_.path(); }

    /// Its last bytes are those of its step.
    void add(int step, const std::string& model = "tiny_gpt2") const
    {
        fs::copy(std::string(CIRCUITLOOM_TEST_DATA "/") + model, folder(step));
        std::fstream file(weights(step), std::ios::binary | std::ios::in | std::ios::out);
        const auto number = static_cast<float>(step);
        file.seekp(static_cast<std::streamoff>(fs::file_size(weights(step)) - sizeof number));
        file.write(reinterpret_cast<const char*>(&number), sizeof number);
    }

private:
    samples::TemporaryFolder folder_;
};

std::vector<int> steps(const FoundSeries& found)
{
    std::vector<int> steps;
    for (const SeriesCheckpoint& one : found.used)
        steps.push_back(one.step);
    return steps;
}

} // namespace

TEST_CASE("a checkpoint that is shortened while it is read is not used, and the others are")
{
    const Series series;
    for (const int step : { 1, 2, 3 })
        series.add(step);
    int tensors = 0;
    const FoundSeries found = CheckpointSeries(series.path().string())
                                  .look({}, {}, [&](const std::string& name, int done, int total) {
                                      CHECK(total == 3);
                                      CHECK(name == "checkpoint-" + std::to_string(done + 1));
                                      // Once it is open, before its second tensor.
                                      if (done == 1 && ++tensors == 3)
                                          fs::resize_file(series.weights(2), beginning);
                                  });
    CHECK(steps(found) == std::vector{ 1, 3 });
    REQUIRE(found.unused.size() == 1);
    CHECK(found.unused[0].name == "checkpoint-2");
    CHECK(found.unused[0].why.find("shortened while it was read") != std::string::npos);
}

TEST_CASE("what was read and has not changed is not told as being read again")
{
    const Series series;
    series.add(1);
    CheckpointSeries looked(series.path().string());
    int told = 0;
    const auto tell = [&told](const std::string&, int, int) { ++told; };
    looked.look({}, {}, tell);
    CHECK(told > 1);
    told = 0;
    looked.look({}, {}, tell);
    CHECK(told == 0);
}

TEST_CASE("checkpoints are compared with the first that was observed, also where it is gone")
{
    const Series series;
    series.add(1);
    CheckpointSeries looked(series.path().string());
    CHECK(steps(looked.look()) == std::vector{ 1 });
    fs::remove_all(series.folder(1));
    series.add(2, "tiny_gpt2_scaled"); // with as many layers and heads
    series.add(3);
    const FoundSeries found = looked.look({ 1 });
    CHECK(steps(found) == std::vector{ 3 });
    REQUIRE(found.unused.size() == 1);
    CHECK(found.unused[0].name == "checkpoint-2");
    CHECK(found.unused[0].why.find("another shape than checkpoint-1") != std::string::npos);
    // Where nothing was observed, the first that is there counts.
    CHECK(steps(looked.look()) == std::vector{ 2 });
}

TEST_CASE("checkpoints whose graph is not the one that is wanted are not used")
{
    const Series series;
    series.add(1, "tiny_llama3");
    series.add(2);
    GraphShape wanted{ 2, 4, 4, 24, false };
    const FoundSeries found = CheckpointSeries(series.path().string()).look({}, {}, {}, wanted);
    CHECK(steps(found) == std::vector{ 2 });
    REQUIRE(found.unused.size() == 1);
    CHECK(found.unused[0].name == "checkpoint-1");
    CHECK(found.unused[0].why.find("3 layers") != std::string::npos);
}

TEST_CASE("a mapped file is read piece by piece as it lies on the disk")
{
    const samples::TemporaryFolder folder;
    std::string text;
    while (text.size() < 3'000'000)
        text += std::to_string(text.size()) + " ";
    std::ofstream(folder / "text", std::ios::binary) << text;
    const MappedFile mapped = map_input_file(folder / "text");
    std::string read;
    const auto take = [&read](std::span<const std::byte> piece) {
        read.append(reinterpret_cast<const char*>(piece.data()), piece.size());
    };
    CHECK(read_mapped(mapped.mapping, mapped.bytes.subspan(7, 2'500'000), take));
    CHECK(read == text.substr(7, 2'500'000));
    read.clear();
    CHECK_FALSE(read_mapped(mapped.mapping, std::as_bytes(std::span(text)), take));
    CHECK_FALSE(read_mapped(nullptr, mapped.bytes, take));
    CHECK(read.empty());
    fs::resize_file(folder / "text", 2'000'000);
    CHECK_THROWS_AS(read_mapped(mapped.mapping, mapped.bytes, take), InputError);
    CHECK(read == text.substr(0, 2'000'000));
}
