// A series whose checkpoints are not all fit for one run is observed as far as they are.
#include "core/base/error.h"
#include "core/engine/observe.h"
#include "core/model/checkpoint.h"
#include "core/store/experiment_reader.h"
#include "tests/support/store_samples.h"
#include "tests/support/tiny_task.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

using namespace circuitloom;
using namespace circuitloom::testing;

namespace {

namespace fs = std::filesystem;

/// Keeps what an observation tells.
class Listener : public ObservationObserver
{
public:
    void note(const std::string& line) override { notes.push_back(line); }
    void reading(const std::string& checkpoint, int done, int total) override
    {
        if (read.empty() || read.back() != checkpoint)
            read.push_back(checkpoint);
        CHECK(done + 1 == static_cast<int>(read.size()));
        CHECK(total >= static_cast<int>(read.size()));
        if (at_reading)
            at_reading();
    }
    void started(RunId, const std::string&, int) override { }
    void observing(const SeriesCheckpoint&, int, int) override { }

    bool told(const std::string& name, const std::string& what) const
    {
        for (const std::string& line : notes)
            if (line.starts_with(name) && line.find(what) != std::string::npos)
                return true;
        return false;
    }

    std::vector<std::string> notes;
    std::vector<std::string> read;
    std::function<void()> at_reading;
};

/// A folder with a tiny task and a series of tiny models.
class Series
{
public:
    Series() { write_tiny_task(folder_.path()); }

    fs::path folder(int step) const { return series() / ("checkpoint-" + std::to_string(step)); }
    fs::path file() const { return folder_ / "seen.loom"; }

    void add(int step, int layers, float final_norm = 1) const
    {
        const fs::path tiny = CIRCUITLOOM_TEST_DATA "/tiny_gpt2";
        ModelConfig config
            = load_transformer(open_model_files(tiny.string()), torch::kCPU, torch::kFloat32)
                  .config();
        config.layers = layers;
        Weights weights = random_weights(config, static_cast<std::uint64_t>(step), torch::kFloat32);
        weights.final_norm_weight.fill_(final_norm);
        save_transformer(Transformer(config, std::move(weights)), folder(step));
        fs::copy_file(tiny / "tokenizer.json", folder(step) / "tokenizer.json");
    }
    void add_three() const
    {
        for (const int step : { 100, 200, 300 })
            add(step, 2);
    }

    RunState observe(Listener& listener, std::stop_token stop = {}) const
    {
        ObserveRequest request;
        request.series = series().string();
        request.file = file();
        request.config.task = (folder_ / "task.jsonl").string();
        request.config.selection.n = 8;
        request.config.device = "cpu";
        RunControl control;
        return circuitloom::observe(request, listener, control, std::move(stop));
    }
    std::vector<int> steps() const
    {
        std::vector<int> steps;
        for (const IterationRecord& one : ExperimentReader(file()).iterations({ 1 }))
            steps.push_back(one.step);
        return steps;
    }

private:
    fs::path series() const { return folder_ / "series"; }

    samples::TemporaryFolder folder_;
};

constexpr float largest_scale = 3e38F; // finite, and what it is multiplied by is not

} // namespace

TEST_CASE("a checkpoint whose edge scores are not finite is named, and the next one is observed")
{
    const Series series;
    series.add(100, 2);
    series.add(200, 2, largest_scale);
    series.add(300, 2);
    Listener listener;
    CHECK(series.observe(listener) == RunState::finished);
    CHECK(series.steps() == std::vector{ 100, 300 });
    CHECK(listener.told("checkpoint-200", "its edge scores are not finite"));
    CHECK(ExperimentReader(series.file()).run({ 1 }).state == RunState::finished);
}

TEST_CASE("a series without a checkpoint that can be scored fails in a sentence of its own")
{
    const Series series;
    series.add(100, 2, largest_scale);
    series.add(200, 2, -largest_scale);
    series.add(300, 2, largest_scale / 2);
    Listener listener;
    CHECK_THROWS_WITH_AS(
        series.observe(listener), doctest::Contains("None of the checkpoints of"), InputError);
    CHECK(listener.notes.size() == 3);
    const RunSummary run = ExperimentReader(series.file()).run({ 1 });
    CHECK(run.state == RunState::failed);
    CHECK(run.message.find("None of the checkpoints of") != std::string::npos);
}

TEST_CASE("an observation goes on with checkpoints of its run's shape alone")
{
    const Series series;
    series.add(100, 4);
    series.add(200, 4);
    Listener first;
    CHECK(series.observe(first) == RunState::finished);
    fs::remove_all(series.folder(100));
    fs::remove_all(series.folder(200));
    series.add(300, 3);
    Listener second;
    CHECK(series.observe(second) == RunState::finished);
    CHECK(series.steps() == std::vector{ 100, 200 });
    CHECK(second.told("checkpoint-300", "3 layers"));
    CHECK(second.told("checkpoint-300", "instead of 4 layers"));
    // Nor is what has the run's shape compared with it.
    series.add(400, 4);
    Listener third;
    CHECK(series.observe(third) == RunState::finished);
    CHECK(series.steps() == std::vector{ 100, 200, 400 });
    CHECK(third.told("checkpoint-300", "3 layers"));
}

TEST_CASE("a stop that is requested while a series is read ends it at once")
{
    for (const bool before : { true, false }) {
        const Series series;
        series.add_three();
        fs::resize_file(series.folder(200) / "model.safetensors", 100); // a note, once it is read
        Listener listener;
        std::stop_source stop;
        if (before)
            stop.request_stop();
        else
            listener.at_reading = [&stop] { stop.request_stop(); };
        CHECK(series.observe(listener, stop.get_token()) == RunState::stopped);
        CHECK(listener.read.size() == (before ? 0 : 1));
        CHECK(listener.notes.empty());
        CHECK_FALSE(fs::exists(series.file()));
    }
}
