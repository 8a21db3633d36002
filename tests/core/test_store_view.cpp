#include "core/base/error.h"
#include "core/store/experiment_reader.h"
#include "core/store/run_writer.h"
#include "core/store/schema.h"
#include "core/store/stored_view.h"
#include "tests/support/older_file.h"
#include "tests/support/store_samples.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <string>

using namespace circuitloom;

namespace {

int files_in(const std::filesystem::path& folder)
{
    int count = 0;
    for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(folder))
        ++count;
    return count;
}

} // namespace

TEST_CASE("the view of a file is the one that was saved last, also while a run is written")
{
    const samples::TemporaryFolder folder;
    const auto file = folder / "run.loom";
    RunWriter writer(file, samples::description());
    writer.add_iteration(samples::iteration(0), samples::circuit(0));
    const ExperimentReader reader(file);
    CHECK(!reader.view().has_value());
    for (const char* content : { "{}", R"({"iteration": 3})", "" }) {
        const StoredView view{ writer.id(), content };
        CHECK(save_view(file, view));
        CHECK(reader.view() == view);
    }
    writer.add_iteration(samples::iteration(1), samples::circuit(1));
    CHECK(reader.iterations(writer.id()).size() == 2);
    // A copy takes it along.
    copy_experiment(file, folder / "copy.loom", false);
    CHECK(ExperimentReader(folder / "copy.loom").view() == reader.view());
}

TEST_CASE("to be looked at does not bring an older file up to date")
{
    const samples::TemporaryFolder folder;
    const auto file = folder / "old.loom";
    samples::make_version_3(file);
    const int files = files_in(folder.path());
    CHECK(!save_view(file, { RunId{ 3 }, "{}" }));
    CHECK(!ExperimentReader(file).view().has_value());
    CHECK(files_in(folder.path()) == files);
}

TEST_CASE("a view without a file, or one that is too long, is refused")
{
    const samples::TemporaryFolder folder;
    CHECK_THROWS_AS(save_view(folder / "missing.loom", { RunId{ 1 }, "{}" }), InputError);
    CHECK(!std::filesystem::exists(folder / "missing.loom"));
    const auto file = folder / "run.loom";
    create_experiment(file);
    CHECK_THROWS_AS(
        save_view(file, { RunId{ 1 }, std::string(longest_view_content + 1, ' ') }), InputError);
}
