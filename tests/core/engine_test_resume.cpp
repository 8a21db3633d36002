#include "core/base/error.h"
#include "core/formats/safetensors.h"
#include "core/model/checkpoint.h"
#include "core/store/experiment_reader.h"
#include "core/engine/checkpoint_export.h"
#include "core/tuning/replay.h"
#include "core/run/run_estimate.h"
#include "core/tuning/run_memory.h"
#include "core/tuning/run_preparation.h"
#include "core/tuning/training_state.h"
#include "tests/support/program.h"
#include "tests/support/tiny_run.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <set>
#include <string>
#include <thread>
#include <vector>

using namespace circuitloom;
using testing::Folder;
using testing::resume;
using testing::tiny_run;
using testing::tune;
using testing::Watcher;

namespace {

/// Everything stored of a run, times aside.
struct Stored
{
    std::vector<Circuit> circuits;
    std::vector<std::vector<double>> iterations;
    std::vector<IterationCertainty> certainties;
    std::vector<CertainEdges> certain_edges; ///< of each iteration
    std::vector<std::vector<double>> steps;
    std::vector<EvaluationRecord> evaluations;
    std::vector<std::string> marks;
    std::string values; ///< of the checkpoint at the end
    std::vector<std::string> tensors; ///< likewise: names and bytes

    bool operator==(const Stored&) const = default;
};

Stored stored(const std::filesystem::path& file, RunId run)
{
    const ExperimentReader reader(file);
    Stored all;
    for (const IterationRecord& is : reader.iterations(run)) {
        all.circuits.push_back(reader.circuit(run, is.index));
        all.certain_edges.push_back(reader.edge_certainties(run, is.index));
        all.iterations.push_back(
            { static_cast<double>(is.index.value), static_cast<double>(is.step), is.loss, is.metric,
                is.tunable_ratio, static_cast<double>(is.tunable_count),
                static_cast<double>(is.edges), static_cast<double>(is.entered),
                static_cast<double>(is.tokens.value()) });
    }
    all.certainties = reader.certainties(run);
    for (const StepRecord& step : reader.steps(run))
        all.steps.push_back(
            { static_cast<double>(step.step), step.loss, step.metric, step.learning_rate });
    all.evaluations = reader.evaluations(run);
    for (const MarkRecord& mark : reader.marks(run))
        all.marks.push_back(std::to_string(mark.step) + " " + mark.label);
    const StoredCheckpoint end = reader.checkpoint(run, reader.checkpoints(run).back().id);
    CHECK(end.record.reason == CheckpointReason::end);
    all.values = end.values;
    for (const TensorView& tensor : end.tensors)
        all.tensors.push_back(tensor.name + ":"
            + std::string(reinterpret_cast<const char*>(tensor.bytes.data()), tensor.bytes.size()));
    return all;
}

/// An observer that throws stands for anything that ends a run between two commits.
struct Falling : Watcher
{
    void step_done(const StepRecord& step, double rate) override
    {
        Watcher::step_done(step, rate);
        if (step.step == fall_after)
            throw std::bad_alloc();
    }
    int fall_after = 0;
};

RunConfig hundred_steps(const Folder& folder)
{
    RunConfig config = tiny_run(folder);
    config.steps = 100;
    config.evaluate_every = 20;
    config.discover_every = 1;
    config.learning_rate = 0.02;
    config.checkpoint_every = 0;
    config.checkpoint_keep_optimizer = true; // so that what it remembers is compared too
    return config;
}

void check_split_equals_whole(const Folder& folder, RunConfig config, int leave_after = 50)
{
    const auto whole_file = folder / "whole.loom";
    const auto split_file = folder / "split.loom";
    std::filesystem::remove(whole_file);
    std::filesystem::remove(split_file);
    Watcher whole;
    REQUIRE(tune(config, whole_file, whole) == RunState::finished);

    Watcher first;
    first.stop_after = leave_after;
    REQUIRE(tune(config, split_file, first) == RunState::stopped);
    Watcher second;
    REQUIRE(resume(split_file, first.run, second) == RunState::finished);
    CHECK(second.run == first.run);
    CHECK(static_cast<int>(second.steps.size()) == config.steps - leave_after);
    CHECK((stored(whole_file, whole.run) == stored(split_file, first.run)));
}

} // namespace

TEST_CASE("100 steps are 50, a resume and 50: every score, figure and weight, bit for bit")
{
    const Folder folder;
    RunConfig config = hundred_steps(folder);
    SUBCASE("circuit, discovery at every step") { }
    SUBCASE("circuit, discovery at every third step")
    {
        config.discover_every = 3;
    }
    SUBCASE("smoothed scores")
    {
        config.smoothing_beta1 = 0.85;
        config.smoothing_beta2 = 0.9;
    }
    SUBCASE("resampled scores of each step's batch, smoothed")
    {
        config.resamples = 20;
        config.smoothing_beta1 = 0.85;
        config.smoothing_beta2 = 0.9;
    }
    SUBCASE("resampled scores of a probe, two batches to a step")
    {
        config.resamples = 20;
        config.score_on = ScoredOn::probe;
        config.probe_examples = 7;
        config.accumulate = 2;
    }
    SUBCASE("full fine-tuning")
    {
        config.method = TuningMethod::full;
    }
    SUBCASE("bfloat16, AdamW inside circuits that change")
    {
        config.dtype = Precision::bfloat16;
        config.optimizer = OptimizerKind::adamw;
        config.learning_rate = 0.003;
    }
    SUBCASE("LoRA, AdamW")
    {
        config.method = TuningMethod::lora;
        config.lora_rank = 2;
        config.optimizer = OptimizerKind::adamw;
        config.learning_rate = 0.003;
    }
    SUBCASE("a fixed circuit")
    {
        config.method = TuningMethod::fixed;
    }
    SUBCASE("AdamW inside circuits that change, two batches to a step")
    {
        config.optimizer = OptimizerKind::adamw;
        config.learning_rate = 0.003;
        config.accumulate = 2;
        config.clip_norm = 1;
        config.rate_schedule = Schedule::cosine;
    }
    SUBCASE("norms, embeddings and some nodes at random beside a growing circuit")
    {
        config.train_norms = true;
        config.train_embeddings = true;
        config.random_ratio = 0.2;
        config.top_n_schedule = Schedule::linear;
        config.top_n_start = 2;
        config.top_n_iterations = 70;
    }
    SUBCASE("random circuits")
    {
        config.method = TuningMethod::random;
    }
    SUBCASE("entries with the largest gradients, chosen once")
    {
        config.method = TuningMethod::gradient;
        config.discover_every = 7;
    }
    SUBCASE("entries redrawn from each fourth step's two batches, AdamW")
    {
        config.method = TuningMethod::gradient_redrawn;
        config.discover_every = 4;
        config.accumulate = 2;
        config.optimizer = OptimizerKind::adamw;
        config.learning_rate = 0.003;
    }
    SUBCASE("bfloat16, redrawn entries, norms beside")
    {
        config.method = TuningMethod::gradient_redrawn;
        config.discover_every = 3;
        config.dtype = Precision::bfloat16;
        config.train_norms = true;
    }
    SUBCASE("entries by Fisher information of a few examples")
    {
        config.method = TuningMethod::fisher;
        config.mask_examples = 5;
        config.discover_every = 10;
    }
    SUBCASE("a penalty on the metric, after a warm-up")
    {
        config.metric_penalty = 0.3;
        config.warm_up = 70;
    }
    SUBCASE("a metric that compares with the untouched model")
    {
        config.discovery.metric = MetricKind::kl;
        config.discovery.method = AttributionMethod::eap_ig;
        config.discover_every = 10;
    }
    check_split_equals_whole(folder, config);
}

TEST_CASE("a run can be left before its first step, and at each of several places")
{
    const Folder folder;
    RunConfig config = hundred_steps(folder);
    config.steps = 12;
    config.discover_every = 5;
    Watcher first;
    first.source.request_stop();
    CHECK(tune(config, folder / "split.loom", first) == RunState::stopped);
    // Not even the first evaluation was waited for.
    CHECK(ExperimentReader(folder / "split.loom").evaluations(first.run).empty());
    for (const int until : { 1, 5, 6, 11 }) {
        Watcher next;
        next.stop_after = until;
        CHECK(resume(folder / "split.loom", first.run, next) == RunState::stopped);
    }
    Watcher last;
    CHECK(resume(folder / "split.loom", first.run, last) == RunState::finished);
    Watcher whole;
    tune(config, folder / "whole.loom", whole);
    CHECK((stored(folder / "whole.loom", whole.run) == stored(folder / "split.loom", first.run)));
    CHECK_THROWS_AS(resume(folder / "split.loom", first.run, last), InputError);
}

TEST_CASE("a run that fell goes on from its latest checkpoint, and nothing is there twice")
{
    const Folder folder;
    RunConfig config = hundred_steps(folder);
    config.steps = 30;
    config.checkpoint_every = 10;
    config.evaluate_every = 7;
    Watcher whole;
    tune(config, folder / "whole.loom", whole);
    const auto reference = stored(folder / "whole.loom", whole.run);

    for (const int fall_after : { 4, 10, 25 }) {
        CAPTURE(fall_after);
        const auto file = folder / "fallen.loom";
        std::filesystem::remove(file);
        Falling falling;
        falling.fall_after = fall_after;
        CHECK_THROWS_AS(tune(config, file, falling), ResourceError);
        const RunSummary fallen = ExperimentReader(file).run(falling.run);
        CHECK(fallen.state == RunState::failed);
        CHECK(fallen.message.find("out of memory") != std::string::npos);
        CHECK(fallen.message.find("run.batch") != std::string::npos);
        CHECK(fallen.steps_done == fall_after);
        Watcher next;
        CHECK(resume(file, falling.run, next) == RunState::finished);
        CHECK(next.steps.front().step == fall_after / 10 * 10 + 1 - (fall_after == 10 ? 10 : 0));
        CHECK((stored(file, falling.run) == reference));
    }
}

TEST_CASE("by time the latest checkpoint alone stays, and a run that fell goes on from it")
{
    const Folder folder;
    RunConfig config = hundred_steps(folder);
    config.steps = 30;
    config.checkpoint_every = 0;
    Watcher whole;
    tune(config, folder / "whole.loom", whole);
    config.checkpoint_seconds = 1e-9; // always due, as long as writing them takes no time
    const auto file = folder / "fallen.loom";
    Falling falling;
    falling.fall_after = 20;
    CHECK_THROWS_AS(tune(config, file, falling), ResourceError);
    const auto left = ExperimentReader(file).checkpoints(falling.run);
    REQUIRE(left.size() == 1);
    CHECK(left.front().reason == CheckpointReason::recent);
    CHECK(left.front().step >= 1);
    Watcher next;
    CHECK(resume(file, falling.run, next) == RunState::finished);
    CHECK(next.steps.front().step == left.front().step + 1);
    CHECK((stored(file, falling.run) == stored(folder / "whole.loom", whole.run)));
    const auto at_the_end = ExperimentReader(file).checkpoints(falling.run);
    REQUIRE(at_the_end.size() == 1);
    CHECK(at_the_end.front().reason == CheckpointReason::end);
}

TEST_CASE("a pause leaves a checkpoint at once, and the run goes on from where it was")
{
    const Folder folder;
    RunConfig config = hundred_steps(folder);
    config.steps = 8;
    const auto file = folder / "run.loom";
    RunControl control;
    struct Pausing : Watcher
    {
        void step_done(const StepRecord& step, double rate) override
        {
            Watcher::step_done(step, rate);
            if (step.step == 3)
                control->pause();
        }
        RunControl* control = nullptr;
    };
    Pausing watcher;
    watcher.control = &control;
    std::vector<CheckpointRecord> seen;
    std::jthread other([&](std::stop_token end) {
        while (!end.stop_requested() && seen.empty()) {
            if (control.paused()) {
                const ExperimentReader reader(file);
                if (reader.runs().front().state == RunState::paused)
                    seen = reader.checkpoints(reader.runs().front().id);
            }
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        }
        control.resume();
    });
    CHECK(make_tuning_engine()->tune(config, file, watcher, control, watcher.source.get_token())
        == RunState::finished);
    other.join();
    REQUIRE(seen.size() == 1);
    CHECK(seen.front().reason == CheckpointReason::pause);
    CHECK(seen.front().step == 3);
    CHECK(ExperimentReader(file).steps(watcher.run).size() == 8);
}

TEST_CASE("an evaluation that is stopped half-way is made when the run goes on")
{
    const Folder folder;
    RunConfig config = hundred_steps(folder);
    config.checkpoint_keep_best = true;
    config.stop_measure = "task.accuracy";
    config.stop_patience = 4;
    for (const int steps : { 60, 40 }) { // within the run, and after its last step
        config.steps = steps;
        check_split_equals_whole(folder, config, 40);
    }
    Watcher stopped;
    stopped.stop_after = 20;
    std::filesystem::remove(folder / "split.loom");
    CHECK(tune(config, folder / "split.loom", stopped) == RunState::stopped);
    CHECK(stopped.evaluations.back().step == 0);
    // A second stop in the same place changes nothing.
    Watcher again;
    again.source.request_stop();
    CHECK(resume(folder / "split.loom", stopped.run, again) == RunState::stopped);
    CHECK(again.evaluations.empty());
    Watcher last;
    CHECK(resume(folder / "split.loom", stopped.run, last) == RunState::finished);
    CHECK((stored(folder / "split.loom", stopped.run) == stored(folder / "whole.loom", { 1 })));
}

TEST_CASE("a last step that is the best leaves no more behind than another last step")
{
    const Folder folder;
    RunConfig config = tiny_run(folder);
    config.checkpoint_every = 4;
    config.checkpoint_keep_best = true;
    config.stop_measure = "task.logit-diff";
    config.stop_patience = 100;
    Watcher watcher;
    REQUIRE(tune(config, folder / "run.loom", watcher) == RunState::finished);
    const auto checkpoints = ExperimentReader(folder / "run.loom").checkpoints(watcher.run);
    REQUIRE(std::ranges::any_of(checkpoints, [&](const CheckpointRecord& one) {
        return one.step == config.steps && one.reason == CheckpointReason::best;
    }));
    for (const CheckpointRecord& one : checkpoints)
        CHECK_FALSE(one.optimizer);
}

TEST_CASE("a run pauses within an evaluation and goes on from there, also when it falls later")
{
    const Folder folder;
    RunConfig config = hundred_steps(folder);
    config.steps = 30;
    config.evaluate_every = 10;
    config.mark_accuracy = 0.01; // a mark that must not be there twice
    Watcher whole;
    tune(config, folder / "whole.loom", whole);
    const auto file = folder / "paused.loom";
    struct Pausing : Watcher
    {
        void started(RunId id, const std::string& device, int count) override
        {
            Watcher::started(id, device, count);
            if (pause_after == 0)
                control.pause();
        }
        void step_done(const StepRecord& step, double rate) override
        {
            Watcher::step_done(step, rate);
            if (step.step == pause_after)
                control.pause();
            if (step.step == 25)
                throw std::bad_alloc();
        }
        RunControl control;
        int pause_after = 0;
    };
    for (const int pause_after : { 0, 20 }) {
        CAPTURE(pause_after);
        std::filesystem::remove(file);
        Pausing watcher;
        watcher.pause_after = pause_after;
        std::vector<EvaluationRecord> evaluated;
        std::jthread other([&](std::stop_token end) {
            bool seen = false;
            while (!end.stop_requested() && !seen) {
                if (watcher.control.paused()) {
                    const ExperimentReader reader(file);
                    seen = reader.runs().front().state == RunState::paused;
                    evaluated = reader.evaluations(reader.runs().front().id);
                }
                std::this_thread::sleep_for(std::chrono::milliseconds(1));
            }
            watcher.control.resume();
        });
        CHECK_THROWS_AS(make_tuning_engine()->tune(
                            config, file, watcher, watcher.control, watcher.source.get_token()),
            ResourceError);
        other.join();
        CHECK(evaluated.empty() == (pause_after == 0));
        CHECK(std::ranges::none_of(
            evaluated, [&](const EvaluationRecord& one) { return one.step == pause_after; }));
        Watcher next;
        CHECK(resume(file, watcher.run, next) == RunState::finished);
        CHECK((stored(file, watcher.run) == stored(folder / "whole.loom", whole.run)));
    }
}

TEST_CASE("what is kept: the latest, one from the middle of the run, and the best")
{
    const Folder folder;
    RunConfig config = hundred_steps(folder);
    config.steps = 40;
    config.checkpoint_every = 10;
    config.checkpoint_keep = 2;
    config.checkpoint_keep_best = true;
    config.evaluate_every = 7;
    Watcher watcher;
    tune(config, folder / "run.loom", watcher);
    const ExperimentReader reader(folder / "run.loom");
    // What should have been written when, from the evaluations that are stored.
    struct Written
    {
        int step;
        bool best;
        bool operator==(const Written&) const = default;
    };
    std::vector<Written> expected;
    double most = -1;
    for (int step = 0; step <= config.steps; ++step) {
        bool best = false;
        for (const EvaluationRecord& record : reader.evaluations(watcher.run))
            if (record.step == step && record.suite == "task" && record.measure == "accuracy") {
                best = record.value > most;
                most = std::max(most, record.value);
            }
        if (step > 0 && best) // the state before the first step is the model itself
            expected.push_back({ step, true });
        else if (step > 0 && step % 10 == 0)
            expected.push_back({ step, false });
    }
    // The first of the others at or after step 20, the last of them, and the newest best.
    const auto by_step = [](const Written& one, const Written& other) { return one.step < other.step; };
    std::set<Written, decltype(by_step)> chosen;
    const auto choose = [&](auto first, auto last, auto&& wanted) {
        const auto found = std::find_if(first, last, wanted);
        REQUIRE(found != last);
        chosen.insert(*found);
    };
    choose(expected.begin(), expected.end(),
        [](const Written& one) { return !one.best && one.step >= 20; });
    choose(expected.rbegin(), expected.rend(), [](const Written& one) { return !one.best; });
    choose(expected.rbegin(), expected.rend(), [](const Written& one) { return one.best; });
    const std::vector remaining(chosen.begin(), chosen.end());
    std::vector<Written> kept;
    for (const CheckpointRecord& one : reader.checkpoints(watcher.run))
        kept.push_back({ one.step, one.reason == CheckpointReason::best });
    CHECK((kept == remaining));
    CHECK(kept.back().step == 40);
}

TEST_CASE("a checkpoint holds only what the masks ever opened")
{
    const Folder folder;
    RunConfig config = hundred_steps(folder);
    config.selection.n = 2;
    config.steps = 3;
    Watcher small;
    tune(config, folder / "small.loom", small);
    config.method = TuningMethod::full;
    Watcher full;
    tune(config, folder / "full.loom", full);
    const ExperimentReader few(folder / "small.loom");
    const ExperimentReader all(folder / "full.loom");
    CHECK(few.checkpoints(small.run).back().bytes * 2 < all.checkpoints(full.run).back().bytes);
    // Momentum of every entry, in float32, and what differs of the weights. Both as they are take
    // twice the weights' bytes, and their names and shapes besides.
    const std::int64_t weights = 4 * all.run(full.run).description.parameters;
    CHECK(all.checkpoints(full.run).back().bytes > weights);
    CHECK(all.checkpoints(full.run).back().bytes < 2 * weights);
}

TEST_CASE("a finished run keeps its weights alone, less than they take, and every bit of them")
{
    const Folder folder;
    RunConfig config = hundred_steps(folder);
    config.steps = 12;
    config.checkpoint_every = 5;
    config.checkpoint_keep = 3;
    config.evaluate_every = 0;
    SUBCASE("circuit") { }
    SUBCASE("full")
    {
        config.method = TuningMethod::full;
    }
    SUBCASE("full, bfloat16")
    {
        config.method = TuningMethod::full;
        config.dtype = Precision::bfloat16;
    }
    SUBCASE("AdamW")
    {
        config.optimizer = OptimizerKind::adamw;
    }
    SUBCASE("LoRA")
    {
        config.method = TuningMethod::lora;
    }
    Watcher with;
    tune(config, folder / "with.loom", with);
    config.checkpoint_keep_optimizer = false;
    Watcher without;
    REQUIRE(tune(config, folder / "without.loom", without) == RunState::finished);
    const ExperimentReader full(folder / "with.loom");
    const ExperimentReader light(folder / "without.loom");
    const auto kept = full.checkpoints(with.run);
    const auto left = light.checkpoints(without.run);
    REQUIRE(kept.size() == 3); // after 5, 10 and 12 steps
    REQUIRE(left.size() == 3);
    for (std::size_t i = 0; i < left.size(); ++i) {
        CHECK(kept[i].optimizer);
        CHECK_FALSE(left[i].optimizer);
        CHECK(left[i].bytes < kept[i].bytes * 3 / 4);
        const StoredCheckpoint a = full.checkpoint(with.run, kept[i].id, 1 << 24);
        const StoredCheckpoint b = light.checkpoint(without.run, left[i].id, 1 << 24);
        std::map<std::string, std::string> of_a;
        for (const TensorView& tensor : a.tensors)
            if (!tensor.name.starts_with(optimizer_tensors))
                of_a[tensor.name].assign(
                    reinterpret_cast<const char*>(tensor.bytes.data()), tensor.bytes.size());
        std::map<std::string, std::string> of_b;
        for (const TensorView& tensor : b.tensors)
            of_b[tensor.name].assign(
                reinterpret_cast<const char*>(tensor.bytes.data()), tensor.bytes.size());
        CHECK((of_a == of_b));
    }
    // As they are, the weights take four bytes each and their names and shapes besides: the bound is
    // missed wherever nothing is packed, and it holds by a wide margin where only the bytes of the
    // exponents are, which repeat themselves.
    if (config.method == TuningMethod::full && config.dtype == Precision::float32)
        CHECK(left.back().bytes < 4 * light.run(without.run).description.parameters);
    for (const auto& [run, name] : { std::pair(with.run, "with"), std::pair(without.run, "without") })
        export_tuned_model((folder / name).string() + ".loom", run, std::nullopt, folder / name,
            ElementType::f32, ExportedPart::whole);
    CHECK(testing::bytes_of(folder / "with" / "model.safetensors")
        == testing::bytes_of(folder / "without" / "model.safetensors"));
    // A moment between two checkpoints that no step can follow is reached from the beginning.
    Replay from_start(folder / "without.loom", without.run);
    Replay from_checkpoint(folder / "with.loom", with.run);
    from_start.go_to(7);
    from_checkpoint.go_to(7);
    const auto all = from_start.model().weights().all();
    const auto others = from_checkpoint.model().weights().all();
    for (std::size_t i = 0; i < all.size(); ++i)
        CHECK(torch::equal(*all[i], *others[i]));
}

TEST_CASE("the model of another run, or a changed one, is not taken")
{
    const Folder folder;
    const auto model = folder / "model";
    std::filesystem::copy(std::string(CIRCUITLOOM_TEST_DATA) + "/tiny_gpt2", model);
    RunConfig config = hundred_steps(folder);
    config.model = model.string();
    config.steps = 4;
    Watcher first;
    first.stop_after = 2;
    tune(config, folder / "run.loom", first);
    {
        std::fstream weights(model / "model.safetensors",
            std::ios::in | std::ios::out | std::ios::binary | std::ios::ate);
        weights.seekp(-3, std::ios::end);
        weights.put('\1');
    }
    Watcher second;
    CHECK_THROWS_WITH_AS(resume(folder / "run.loom", first.run, second),
        doctest::Contains("files have changed"), InputError);
    CHECK_THROWS_AS(export_tuned_model(folder / "run.loom", first.run, std::nullopt, folder / "out",
                        ElementType::f32, ExportedPart::whole),
        InputError);
    CHECK(ExperimentReader(folder / "run.loom").run(first.run).state == RunState::stopped);
}

TEST_CASE("a damaged checkpoint is refused in words, and the run says why it failed")
{
    const Folder folder;
    RunConfig config = hundred_steps(folder);
    config.steps = 4;
    Watcher first;
    first.stop_after = 2;
    tune(config, folder / "run.loom", first);
    const ExperimentReader reader(folder / "run.loom");
    StoredCheckpoint whole = reader.checkpoint(first.run, reader.checkpoints(first.run).back().id);
    TrainingState state = unpack(whole);
    CHECK_THROWS_AS(state.tensor("no.such"), ResourceError);
    CHECK_THROWS_AS(state.value("no.such"), ResourceError);
    whole.values = "[]";
    CHECK_THROWS_AS(unpack(whole), ResourceError);
    whole.values = "{";
    CHECK_THROWS_AS(unpack(whole), ResourceError);
}

TEST_CASE("a tuned model is exported whole, or only what differs")
{
    const Folder folder;
    for (const char* name : { "tiny_gpt2", "tiny_llama" }) {
        CAPTURE(name);
        RunConfig config = hundred_steps(folder);
        config.model = std::string(CIRCUITLOOM_TEST_DATA "/") + name;
        config.selection.n = 3;
        config.steps = 5;
        const auto file = folder / (std::string(name) + ".loom").c_str();
        Watcher watcher;
        tune(config, file, watcher);
        const auto whole = folder / (std::string(name) + "-whole").c_str();
        const auto part = folder / (std::string(name) + "-part").c_str();
        export_tuned_model(
            file, watcher.run, std::nullopt, whole, ElementType::f32, ExportedPart::whole);
        export_tuned_model(
            file, watcher.run, std::nullopt, part, ElementType::f32, ExportedPart::difference);

        const ModelFiles before_files = open_model_files(config.model);
        const ModelFiles after_files = open_model_files(whole.string());
        Transformer before = load_transformer(before_files, torch::kCPU, torch::kFloat32);
        Transformer after = load_transformer(after_files, torch::kCPU, torch::kFloat32);
        const auto ids = torch::arange(8, torch::kInt64).unsqueeze(0);
        CHECK_FALSE(torch::equal(before.hidden(ids), after.hidden(ids)));

        // The tensors that differ are those of the difference, with the same bytes; the untouched
        // ones are the untouched model's.
        const Safetensors difference = Safetensors::open(part / "difference.safetensors");
        std::set<std::string> named;
        for (const TensorView& tensor : difference.tensors()) {
            named.insert(tensor.name);
            const TensorView* same = after_files.weights.find(tensor.name);
            REQUIRE(same);
            CHECK(std::ranges::equal(same->bytes, tensor.bytes));
        }
        CHECK(!named.empty());
        CHECK(named.size() < after_files.weights.tensors().size());
        for (const TensorView& tensor : after_files.weights.tensors()) {
            const TensorView* old = before_files.weights.find(tensor.name);
            REQUIRE(old);
            CHECK(std::ranges::equal(old->bytes, tensor.bytes) != named.contains(tensor.name));
        }
    }
    CHECK_THROWS_AS(export_tuned_model(folder / "tiny_gpt2.loom", { 1 }, 99, folder / "out",
                        ElementType::f32, ExportedPart::whole),
        InputError);
}

TEST_CASE("the same seed gives the same file twice, times aside")
{
    const Folder folder;
    RunConfig config = hundred_steps(folder);
    config.steps = 20;
    config.evaluate_every = 5;
    Watcher first;
    Watcher second;
    tune(config, folder / "first.loom", first);
    tune(config, folder / "second.loom", second);
    CHECK((stored(folder / "first.loom", first.run) == stored(folder / "second.loom", second.run)));
}

TEST_CASE("a run that cannot fit into memory is told both figures and what would make it fit")
{
    const std::vector<std::string> changes{ "run.batch=4", "run.accumulate=8" };
    CHECK(too_large(14'250'000'000, 8'000'000'000, "the CPU", 1, changes)
        == "This run needs about 14.2 GB for weights, gradients, optimizer and passes, but the CPU "
           "has 8.0 GB free. With run.batch=4 and run.accumulate=8 it would fit.");
    CHECK(too_large(14'250'000'000, 8'000'000'000, "the CPU", 1, {}).ends_with("a smaller model."));
    CHECK(too_large(14'250'000'000, 8'000'000'000, "the CPU", 2, {})
              .find("8.0 GB free for each of the 2 processes there.")
        != std::string::npos);
    CHECK(may_grow(14'250'000'000, 8'000'000'000, "the CPU", 1)
        == "If its circuits open all of the blocks in time, this run will need about 14.2 GB; the "
           "CPU has 8.0 GB free. It then ends with its latest checkpoint.");
}

TEST_CASE("a run fits, fits at first, or not")
{
    RunEstimate estimate;
    estimate.first_memory.weights = 5;
    estimate.memory.weights = 8;
    CHECK(memory_fit(estimate, 8) == MemoryFit::fits);
    CHECK(memory_fit(estimate, 7) == MemoryFit::first_circuit);
    CHECK(memory_fit(estimate, 5) == MemoryFit::first_circuit);
    CHECK(memory_fit(estimate, 4) == MemoryFit::none);
    CHECK(memory_fit(estimate, 0) == MemoryFit::fits); // a system that does not tell
}

TEST_CASE("a run begins where its device has the memory, an equal part for each process there")
{
    struct Listener : Watcher
    {
        void preparing(const std::string& what) override { said += what + "\n"; }
        std::string said;
    };
    const Folder folder;
    RunConfig config = tiny_run(folder);
    config.selection.n = 1;
    config.batch = 12;
    config.evaluate_every = 0;
    const auto prepared = [&](std::int64_t free, int sharers) {
        Listener listener;
        RunPlace place;
        place.sharers = sharers;
        place.free = free;
        prepare_run(config, listener, place);
        return listener.said;
    };
    Watcher watcher;
    const PreparedRun run = prepare_run(config, watcher);
    TaskSize task;
    for (const EncodedExample& example : run.task.examples)
        task.longest = std::max(task.longest, static_cast<int>(example.ids.size()));
    const RunEstimate estimate = estimate_run(config, run.model.config(), task);
    const std::int64_t first = estimate.first_memory.total();
    const std::int64_t most = estimate.memory.total();
    REQUIRE(first < most);
    CHECK(prepared(most, 1).find("this run will need") == std::string::npos);
    CHECK(prepared(most - 1, 1).find("this run will need") != std::string::npos);
    CHECK(prepared(first, 1).find("this run will need") != std::string::npos);
    CHECK_THROWS_WITH_AS(prepared(first - 1, 1), doctest::Contains("would fit"), InputError);
    CHECK_THROWS_WITH_AS(prepared(1, 1), doctest::Contains("a smaller model"), InputError);
    CHECK(prepared(2 * most, 2).find("this run will need") == std::string::npos);
    CHECK_THROWS_WITH_AS(
        prepared(2 * (first - 1), 2), doctest::Contains("of the 2 processes there"), InputError);
    CHECK(prepared(0, 1).find("this run will need") == std::string::npos);
}

TEST_CASE("a process computes on its own device, and the run is stored with the one that was named")
{
    const Folder folder;
    RunConfig config = tiny_run(folder);
    config.device = "auto";
    Watcher watcher;
    RunPlace place;
    place.device = "cpu";
    const PreparedRun run = prepare_run(config, watcher, place);
    CHECK(run.model.device().is_cpu());
    CHECK(run.config.device == "auto");
    CHECK(run_config_from_json(run.description.configuration).device == "auto");
    // A word that cannot be used shows that it is the place's which counts.
    place.device = "nothing";
    CHECK_THROWS_AS(prepare_run(config, watcher, place), InputError);

    ProcessPlace third;
    third.rank = third.local_rank = 2;
    third.size = 4;
    third.local_size = 3;
    CHECK(run_place(config, third, 2).device == "cuda:0");
    CHECK(run_place(config, third, 2).sharers == 2);
    CHECK(run_place(config, third, 4).device == "cuda:2");
    CHECK(run_place(config, third, 4).sharers == 1);
    CHECK(run_place(config, third, 0).device_of(config) == "auto");
    CHECK(run_place(config, third, 0).sharers == 3);
    CHECK(run_place(config, third, 0).processes == 4);
    CHECK(run_place(config, ProcessPlace(), 2).device_of(config) == "auto");
    config.device = "cuda:1"; // of all of them
    CHECK(run_place(config, third, 2).device_of(config) == "cuda:1");
    CHECK(run_place(config, third, 2).sharers == 3);
}
