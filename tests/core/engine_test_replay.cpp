#include "core/base/error.h"
#include "core/engine/answers.h"
#include "core/store/experiment_reader.h"
#include "core/tuning/replay.h"
#include "core/tuning/tuned_model.h"
#include "tests/support/tiny_run.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <doctest/doctest.h>

#include <filesystem>
#include <map>

using namespace circuitloom;
using testing::Folder;
using testing::resume;
using testing::tiny_run;
using testing::tune;
using testing::Watcher;

namespace {

bool same_weights(const Transformer& a, const Transformer& b)
{
    const auto left = a.weights().all();
    const auto right = b.weights().all();
    bool same = left.size() == right.size();
    for (std::size_t i = 0; same && i < left.size(); ++i)
        same = torch::equal(*left[i], *right[i]);
    return same;
}

/// The weights that a run had after each step: it left a checkpoint of all.
std::map<int, Transformer> weights_of_run(const std::filesystem::path& file, RunId run)
{
    const ExperimentReader reader(file);
    std::map<int, Transformer> weights;
    for (const CheckpointRecord& record : reader.checkpoints(run))
        weights.emplace(record.step, tuned_model(reader, run, record.id).model);
    return weights;
}

/// Leaves the run only the checkpoints of these steps.
void thin_out(const std::filesystem::path& file, const std::string& steps)
{
    SQLite::Database database(file.string(), SQLite::OPEN_READWRITE);
    database.exec("DELETE FROM checkpoint WHERE step NOT IN (" + steps + ")");
}

RunConfig forty_steps(const Folder& folder)
{
    RunConfig config = tiny_run(folder);
    config.steps = 40;
    config.discover_every = 1;
    config.evaluate_every = 7;
    config.learning_rate = 0.02;
    config.checkpoint_every = 1;
    config.checkpoint_keep = 1000;
    config.checkpoint_keep_optimizer = true; // steps follow those that are kept
    return config;
}

/// Tunes into `file`, and compares what is rebuilt from it with what the run had.
void check_rebuilt(const RunConfig& config, const std::filesystem::path& file, bool resumed)
{
    Watcher first;
    if (resumed)
        first.stop_after = 23;
    REQUIRE(tune(config, file, first) == (resumed ? RunState::stopped : RunState::finished));
    if (resumed) {
        Watcher second;
        REQUIRE(resume(file, first.run, second) == RunState::finished);
    }
    auto had = weights_of_run(file, first.run);
    REQUIRE(had.size() == 40);
    thin_out(file, "15, 40");

    const ExperimentReader reader(file);
    Replay replay(file, first.run);
    int compared = 0;
    const auto iterations = reader.iterations(first.run);
    // A fixed circuit has few iterations, so the last one counts as well.
    for (std::size_t i = 0; i < iterations.size(); ++i) {
        const int step = iterations[i].step;
        if (i % 10 != 0 && i + 1 != iterations.size())
            continue;
        if (step == 0)
            continue; // the untouched model
        replay.go_to(step);
        CHECK(same_weights(replay.model(), had.at(step)));
        ++compared;
    }
    CHECK(compared >= 1);
    // Backwards, beyond a checkpoint and before all of them.
    for (const int step : { 40, 16, 7, 39 }) {
        replay.go_to(step);
        CHECK(same_weights(replay.model(), had.at(step)));
    }
}

} // namespace

TEST_CASE("the weights of every tenth iteration are rebuilt bit for bit, for every method")
{
    const Folder folder;
    RunConfig config = forty_steps(folder);
    SUBCASE("circuit") { }
    SUBCASE("circuit, found at every third step from several batches, AdamW")
    {
        config.discover_every = 3;
        config.accumulate = 2;
        config.optimizer = OptimizerKind::adamw;
        config.learning_rate = 0.003;
        config.smoothing_beta1 = 0.85;
        config.smoothing_beta2 = 0.9;
        config.random_ratio = 0.2;
    }
    SUBCASE("resampled scores of a probe")
    {
        config.resamples = 10;
        config.score_on = ScoredOn::probe;
        config.probe_examples = 7;
    }
    SUBCASE("full")
    {
        config.method = TuningMethod::full;
    }
    SUBCASE("lora")
    {
        config.method = TuningMethod::lora;
        config.lora_rank = 2;
    }
    SUBCASE("fixed")
    {
        config.method = TuningMethod::fixed;
    }
    SUBCASE("random")
    {
        config.method = TuningMethod::random;
    }
    SUBCASE("entries of largest Taylor score, chosen once")
    {
        config.method = TuningMethod::taylor;
        config.mask_examples = 6;
    }
    SUBCASE("redrawn entries")
    {
        config.method = TuningMethod::gradient_redrawn;
        config.discover_every = 3;
    }
    for (const bool resumed : { false, true }) {
        INFO((resumed ? "after a resume" : "in one go"));
        check_rebuilt(config, folder / (resumed ? "resumed.loom" : "whole.loom"), resumed);
    }
}

TEST_CASE("a run of before integration_points is rebuilt with the points that it had")
{
    const Folder folder;
    RunConfig config = forty_steps(folder);
    config.steps = 12;
    config.discovery.method = AttributionMethod::eap_ig;
    config.discovery.integration_steps = 2;
    config.discovery.points = IntegrationPoints::right;
    SUBCASE("the embedding moves") { }
    SUBCASE("each layer's outputs move, which was called activations")
    {
        config.discovery.path = IntegrationPath::outputs;
    }
    const auto file = folder / "older.loom";
    Watcher watcher;
    REQUIRE(tune(config, file, watcher) == RunState::finished);
    auto had = weights_of_run(file, watcher.run);
    thin_out(file, "0");
    {
        // As the version before wrote it.
        std::string text = to_json(config);
        const auto replace = [&text](const std::string& part, const std::string& by) {
            const auto at = text.find(part);
            if (at != std::string::npos)
                text.replace(at, part.size(), by);
        };
        replace("\"integration_points\":\"right\",", "");
        replace("\"integration_path\":\"outputs\"", "\"integration_path\":\"activations\"");
        SQLite::Database database(file.string(), SQLite::OPEN_READWRITE);
        SQLite::Statement update(database, "UPDATE run SET configuration = ?");
        update.bind(1, text);
        REQUIRE(update.exec() == 1);
    }
    const std::string run = file.string() + ":" + std::to_string(watcher.run.value) + "@s";
    ModelSource source;
    for (const int step : { 5, 12 })
        CHECK(same_weights(
            *source.get(parse_model_reference(run + std::to_string(step)), {}).model, had.at(step)));
}

TEST_CASE("a reference names the model of an iteration, a step, the start or the end")
{
    const Folder folder;
    RunConfig config = forty_steps(folder);
    config.discover_every = 4;
    const auto file = folder / "x.loom";
    Watcher watcher;
    REQUIRE(tune(config, file, watcher) == RunState::finished);
    auto had = weights_of_run(file, watcher.run);
    thin_out(file, "40");
    const std::string run = file.string() + ":" + std::to_string(watcher.run.value) + "@";
    ModelSource source;
    const torch::NoGradGuard whoever_asks; // wants no gradients; the replay does
    const auto model = [&](const std::string& moment) {
        return source.get(parse_model_reference(run + moment), {});
    };
    CHECK(model("3").shown.step == 12);
    CHECK(same_weights(*model("3").model, had.at(12)));
    CHECK(same_weights(*model("s13").model, had.at(13)));
    CHECK(model("end").shown.step == 40);
    CHECK(same_weights(*model("end").model, had.at(40)));
    CHECK(same_weights(*model("start").model, *source.get(config.model, {}).model));
    CHECK_FALSE(same_weights(*model("0").model, *model("end").model));

    CHECK_THROWS_AS(model("11"), InputError); // 0 to 10
    CHECK_THROWS_AS(model("s41"), InputError);
    CHECK_THROWS_AS(source.get(parse_model_reference(file.string() + ":9@start"), {}), InputError);
    CHECK_THROWS_AS(source.get(parse_model_reference("none.loom:1@start"), {}), InputError);
}

TEST_CASE("a rebuilding is told step by step and can be called off; the next one goes on")
{
    const Folder folder;
    RunConfig config = forty_steps(folder);
    config.checkpoint_every = 0;
    const auto file = folder / "x.loom";
    Watcher watcher;
    REQUIRE(tune(config, file, watcher) == RunState::finished);
    ModelSource source;
    const ModelReference reference = RunMoment{ file, watcher.run, RunMoment::Kind::step, 30 };
    std::stop_source stop;
    std::vector<int> told;
    CHECK_THROWS_AS(source.get(
                        reference, {},
                        [&](const std::string&, int done, int total) {
                            CHECK(total == 30);
                            told.push_back(done);
                            if (done == 20)
                                stop.request_stop();
                        },
                        stop.get_token()),
        Cancelled);
    CHECK(told.back() == 20);
    told.clear();
    source.get(reference, {}, [&](const std::string&, int done, int) { told.push_back(done); });
    CHECK(told.front() == 21);
    CHECK(told.back() == 30);
}

TEST_CASE("models are kept within the memory allowed, the one used longest ago goes first")
{
    const Folder folder;
    RunConfig config = forty_steps(folder);
    config.checkpoint_every = 0;
    const auto file = folder / "x.loom";
    Watcher watcher;
    REQUIRE(tune(config, file, watcher) == RunState::finished);
    const auto at = [&](int step) {
        return ModelReference(RunMoment{ file, watcher.run, RunMoment::Kind::step, step });
    };
    ModelSource measured;
    const std::int64_t one = measured.get(at(1), {}).model->weights().count() * 4;
    ModelSource source(2 * one);
    const auto* first = source.get(at(1), {}).model.get();
    const auto second = source.get(at(2), {}).model;
    CHECK(source.get(at(1), {}).model.get() == first);
    source.get(at(3), {}); // step 2 goes
    CHECK(source.get(at(1), {}).model.get() == first);
    CHECK(source.get(at(2), {}).model != second);
    CHECK(same_weights(*source.get(at(2), {}).model, *second));
}

TEST_CASE("no step is taken from a checkpoint without what the optimizer remembers")
{
    const Folder folder;
    RunConfig config = forty_steps(folder);
    config.checkpoint_every = 10;
    config.checkpoint_keep_optimizer = false;
    SUBCASE("momentum")
    {
        config.momentum = 0.9;
    }
    SUBCASE("AdamW")
    {
        config.optimizer = OptimizerKind::adamw;
    }
    const auto file = folder / "x.loom";
    Watcher watcher;
    REQUIRE(tune(config, file, watcher) == RunState::finished);
    std::map<int, bool> checkpoints;
    for (const CheckpointRecord& record : ExperimentReader(file).checkpoints(watcher.run))
        checkpoints[record.step] = record.optimizer;
    REQUIRE(checkpoints == std::map<int, bool>{ { 10, false }, { 20, false }, { 30, false }, { 40, false } });
    Replay direct(file, watcher.run);
    direct.go_to(25);
    for (const int first : { 10, 20, 24 }) {
        CAPTURE(first);
        Replay by_way(file, watcher.run);
        by_way.go_to(first);
        by_way.go_to(25);
        CHECK(same_weights(by_way.model(), direct.model()));
    }
}

TEST_CASE("a run that trains is asked about as it is, between two of its steps")
{
    const Folder folder;
    RunConfig config = forty_steps(folder);
    const auto file = folder / "x.loom";
    /// Asks at step 17, on the run's own thread, which has the turn.
    struct Asking : Watcher
    {
        void step_done(const StepRecord& step, double rate) override
        {
            Watcher::step_done(step, rate);
            if (step.step != 17)
                return;
            NextTokenQuestion question;
            question.text = "abmn";
            question.model = RunMoment{ file, run, RunMoment::Kind::end, 0 };
            answer = std::get<NextTokenAnswer>(engine->answer(question, {}, {}));
        }
        std::filesystem::path file;
        TuningEngine* engine = nullptr;
        NextTokenAnswer answer;
    } watcher;
    const auto engine = make_tuning_engine();
    watcher.file = file;
    watcher.engine = engine.get();
    RunControl control;
    REQUIRE(engine->tune(config, file, watcher, control, {}) == RunState::finished);
    CHECK(watcher.answer.model.step == 17);

    NextTokenQuestion later;
    later.text = "abmn";
    later.model = RunMoment{ file, watcher.run, RunMoment::Kind::step, 17 };
    const auto rebuilt = std::get<NextTokenAnswer>(engine->answer(later, {}, {}));
    CHECK((rebuilt.likeliest == watcher.answer.likeliest));
}

TEST_CASE("a model that has changed since is refused by name")
{
    const Folder folder;
    RunConfig config = forty_steps(folder);
    const auto copy = folder / "model";
    std::filesystem::copy(config.model, copy, std::filesystem::copy_options::recursive);
    config.model = copy.string();
    const auto file = folder / "x.loom";
    Watcher watcher;
    REQUIRE(tune(config, file, watcher) == RunState::finished);
    std::filesystem::remove_all(copy);
    CHECK_THROWS_AS(Replay(file, watcher.run), InputError);
    std::filesystem::copy(std::string(CIRCUITLOOM_TEST_DATA) + "/tiny_llama", copy,
        std::filesystem::copy_options::recursive);
    CHECK_THROWS_AS(Replay(file, watcher.run), InputError);
}

TEST_CASE("a checkpoint whose values are of another kind is refused in words")
{
    const Folder folder;
    const auto file = folder / "run.loom";
    RunConfig config = forty_steps(folder);
    config.steps = 4;
    Watcher watcher;
    REQUIRE(tune(config, file, watcher) == RunState::finished);
    const ExperimentReader reader(file);
    SQLite::Database(file.string(), SQLite::OPEN_READWRITE)
        .exec("UPDATE checkpoint SET state = json_set(state, '$.tuner', 'text')");
    Replay replay(file, watcher.run);
    CHECK_THROWS_WITH_AS(
        replay.go_to(3, {}), doctest::Contains("The checkpoint is damaged"), ResourceError);
    CHECK_THROWS_WITH_AS(tuned_model(reader, watcher.run, std::nullopt),
        doctest::Contains("The checkpoint is damaged"), ResourceError);
}

TEST_CASE("a run whose model is gone is refused, and the one that was asked before answers on")
{
    const Folder folder;
    const auto other_model = folder / "model";
    std::filesystem::copy(CIRCUITLOOM_TEST_DATA "/tiny_llama", other_model);
    RunConfig config = tiny_run(folder);
    Watcher first;
    REQUIRE(tune(config, folder / "a.loom", first) == RunState::finished);
    config.model = other_model.string();
    Watcher other;
    REQUIRE(tune(config, folder / "b.loom", other) == RunState::finished);

    ModelSource source;
    const auto at = [&](const char* file, RunId run, int iteration) {
        return source
            .get(RunMoment{ folder / file, run, RunMoment::Kind::iteration, iteration },
                { "cpu", {} })
            .model;
    };
    REQUIRE(at("a.loom", first.run, 1));
    std::filesystem::remove_all(other_model);
    CHECK_THROWS_AS(at("b.loom", other.run, 1), InputError);
    const auto after = at("a.loom", first.run, 2);
    ModelSource fresh;
    const auto expected = fresh.get(
        RunMoment{ folder / "a.loom", first.run, RunMoment::Kind::iteration, 2 }, { "cpu", {} });
    CHECK(same_weights(*after, *expected.model));
}
