#include "core/store/bookmarks.h"
#include "core/store/checkpoint_thinning.h"
#include "core/store/experiment_reader.h"
#include "core/store/run_writer.h"
#include "tests/support/store_samples.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstring>
#include <vector>

// Which checkpoints of a run stay, and what those that went leave behind in the file.

using namespace circuitloom;
using samples::TemporaryFolder;

namespace {

using Steps = std::vector<int>;

/// What stays when checkpoints come one after another, every `every` steps up to `last`.
Steps kept_of(int every, int last, int keep, int planned = 1000)
{
    std::vector<KeptCheckpoint> all; // newest first
    for (int step = every; step <= last; step += every) {
        all.insert(all.begin(), { step, step, CheckpointReason::every, 80, false });
        const auto gone = checkpoints_to_drop(all, { .keep = keep }, planned);
        std::erase_if(
            all, [&](const auto& one) { return std::ranges::count(gone, one.id) > 0; });
    }
    Steps steps;
    for (const KeptCheckpoint& one : all)
        steps.insert(steps.begin(), one.step);
    return steps;
}

std::vector<std::byte> random_bytes(std::size_t size, int seed)
{
    Random random(static_cast<std::uint64_t>(seed));
    std::vector<std::byte> bytes(size);
    for (std::byte& byte : bytes)
        byte = static_cast<std::byte>(random.below(256));
    return bytes;
}

void add(RunWriter& writer, int step, const CheckpointPolicy& policy, std::size_t size = 80)
{
    const auto bytes = random_bytes(size, step);
    const TensorView tensor{ "difference.0", ElementType::u8, { static_cast<std::int64_t>(size) },
        bytes };
    CheckpointRecord record;
    record.step = step;
    writer.add_checkpoint(record, "{}", { &tensor, 1 }, policy);
}

Steps steps_of(const std::filesystem::path& file, RunId run)
{
    Steps steps;
    for (const CheckpointRecord& one : ExperimentReader(file).checkpoints(run))
        steps.push_back(one.step);
    return steps;
}

} // namespace

TEST_CASE("checkpoints are spread over the steps that a run is to take")
{
    CHECK(kept_of(50, 1000, 4) == Steps{ 250, 500, 750, 1000 });
    CHECK(kept_of(60, 960, 4) == Steps{ 300, 540, 780, 960 });
    // Halfway there are the places that were passed, and of the newest as many as are left.
    CHECK(kept_of(50, 600, 4) == Steps{ 250, 500, 550, 600 });
    CHECK(kept_of(50, 200, 4) == Steps{ 50, 100, 150, 200 });
    CHECK(kept_of(50, 1000, 1) == Steps{ 1000 });
    // Where nobody knows how long the run is, the newest stay.
    CHECK(kept_of(50, 1000, 3, 0) == Steps{ 900, 950, 1000 });
}

TEST_CASE("wherever a run stands, no more are kept than asked for, the newest among them, and gaps "
          "are small")
{
    for (const int every : { 1, 7, 30, 100 })
        for (const int keep : { 1, 2, 3, 5, 8 })
            for (const int last : { 100, 350, 700, 1000 }) {
                CAPTURE(every);
                CAPTURE(keep);
                CAPTURE(last);
                const Steps kept = kept_of(every, last, keep);
                CHECK(static_cast<int>(kept.size()) == std::min(keep, last / every));
                CHECK(kept.back() == last / every * every);
                int before = 0;
                for (const int step : kept) {
                    CHECK(step - before <= 1000 / keep + 1 + every);
                    before = step;
                }
            }
}

TEST_CASE("where there is no room for all, spread ones go before a bookmark's, and that before the best")
{
    using enum CheckpointReason;
    const std::vector<KeptCheckpoint> all{ { 5, 100, every, 100, false },
        { 4, 80, every, 100, false }, { 3, 60, best, 100, false }, { 2, 40, every, 100, true },
        { 1, 20, every, 100, false } };
    using Ids = std::vector<std::int64_t>;
    const auto dropped = [&](std::int64_t limit) {
        return checkpoints_to_drop(all, { .keep = 9, .limit = limit }, 100);
    };
    CHECK(dropped(0).empty());
    CHECK(dropped(500).empty());
    CHECK(dropped(499) == Ids{ 1 });
    CHECK(dropped(399) == Ids{ 4, 1 });
    CHECK(dropped(299) == Ids{ 4, 2, 1 });
    CHECK(dropped(199) == Ids{ 4, 3, 2, 1 });
    CHECK(dropped(99) == Ids{ 4, 3, 2, 1 }); // the newest stays, whatever its size
    CHECK(checkpoints_to_drop({}, {}, 100).empty());
}

TEST_CASE("the checkpoint before a bookmark stays as long as the bookmark does")
{
    const TemporaryFolder folder;
    const auto file = folder / "x.loom";
    RunDescription description = samples::description();
    description.steps = samples::iteration(36).step;
    RunWriter writer(file, description);
    for (int i = 0; i < 40; ++i)
        writer.add_iteration(samples::iteration(i), samples::circuit(i));
    const auto step_of = [&](int iteration) {
        return ExperimentReader(file).iterations(writer.id())[static_cast<std::size_t>(iteration)].step;
    };
    const CheckpointPolicy two{ .keep = 2 };
    add(writer, step_of(4), two);
    add(writer, step_of(8), two);
    Bookmark bookmark;
    bookmark.run = writer.id();
    bookmark.iteration = { 11 }; // between two checkpoints
    bookmark.name = "here";
    const Bookmark stored = add_bookmark(file, bookmark);
    for (const int at : { 12, 16, 20, 24, 28, 32 })
        add(writer, step_of(at), two);
    CHECK(steps_of(file, writer.id()) == Steps{ step_of(8), step_of(20), step_of(32) });
    remove_bookmark(file, stored.id);
    add(writer, step_of(36), two);
    CHECK(steps_of(file, writer.id()) == Steps{ step_of(20), step_of(36) });
}

TEST_CASE("a file never holds one more than it keeps, and is as short as what is left at the end")
{
    const TemporaryFolder folder;
    const auto file = folder / "x.loom";
    constexpr std::size_t size = 1 << 20;
    constexpr std::size_t besides = 1 << 18; // the catalogue, and pages that are not full
    {
        RunWriter writer(file, samples::description());
        for (int step = 1; step <= 12; ++step)
            add(writer, step, { .keep = 2 }, size);
        const auto large = std::filesystem::file_size(file);
        CHECK(large < 2 * size + besides);
        add(writer, 13, { .keep = 1 }, 80);
        writer.set_state(RunState::finished);
    }
    CHECK(std::filesystem::file_size(file) < besides);
    CHECK(steps_of(file, { 1 }) == Steps{ 13 });
}
