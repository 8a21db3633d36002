#include "core/base/error.h"
#include "core/base/random.h"
#include "core/run/worker.h"

#include <doctest/doctest.h>

#include <atomic>
#include <chrono>
#include <functional>
#include <stdexcept>
#include <thread>

using namespace circuitloom;

namespace {

/// For a busy machine.
constexpr std::chrono::minutes patience{ 5 };

using Tune = std::function<RunState(const RunConfig&, RunObserver&, RunControl&, std::stop_token)>;

/// Runs what the test gives it.
class FakeEngine : public TuningEngine
{
public:
    explicit FakeEngine(Tune tune)
        : tune_(std::move(tune))
        , home_(std::this_thread::get_id())
    {
    }
    ~FakeEngine() override { CHECK(std::this_thread::get_id() == home_); }

    RunState tune(const RunConfig& config, const std::filesystem::path&, RunObserver& observer,
        RunControl& control, std::stop_token stop) override
    {
        CHECK(std::this_thread::get_id() == home_);
        return tune_(config, observer, control, stop);
    }
    RunState resume(const std::filesystem::path&, RunId run, RunObserver& observer,
        RunControl& control, std::stop_token stop) override
    {
        RunConfig config;
        config.steps = 3;
        config.seed = static_cast<std::uint64_t>(run.value);
        return tune_(config, observer, control, stop);
    }
    RunState observe(const ObserveRequest& request, RunObserver& observer, RunControl& control,
        std::stop_token stop) override
    {
        observer.noted("observing " + request.series);
        return tune_(request.config, observer, control, stop);
    }
    /// Tells as many pieces of progress as `continuation` says, then answers with the text.
    Answer answer(
        const Question& question, const AnswerProgress& progress, std::stop_token stop) override
    {
        const auto& asked = std::get<NextTokenQuestion>(question);
        for (int i = 0; i < asked.continuation; ++i) {
            progress("counting", i, asked.continuation);
            if (stop.stop_requested())
                throw Cancelled("called off");
        }
        if (asked.text == "no")
            throw InputError("There is no such text.");
        NextTokenAnswer answer;
        answer.continued = asked.text;
        return answer;
    }
    std::string device_name() const override { return "abacus"; }

private:
    Tune tune_;
    std::thread::id home_;
};

Worker::EngineLoader loading(Tune tune)
{
    return [tune] { return std::make_unique<FakeEngine>(tune); };
}

/// One step after another until it is stopped, at most `config.steps` of them.
RunState steps(
    const RunConfig& config, RunObserver& observer, RunControl& control, std::stop_token stop)
{
    observer.preparing("loading the model");
    observer.started({ static_cast<std::int64_t>(config.seed) }, "abacus", config.steps);
    for (int step = 1; step <= config.steps; ++step) {
        if (!control.proceed(stop))
            return RunState::stopped;
        IterationRecord iteration;
        iteration.index = { step - 1 };
        observer.iteration_committed(iteration);
        observer.step_done({ step, 1.0, 0.0, 0.1 }, 30.0);
    }
    observer.evaluated({ { config.steps, "was/were", "accuracy", 1.0, 10 } });
    observer.marked({ config.steps, "reached", "95 %" });
    return RunState::finished;
}

RunConfig config_of(int step_count, std::uint64_t seed = 1)
{
    RunConfig config;
    config.steps = step_count;
    config.seed = seed;
    return config;
}

/// Waits until `is_so`, at most as long as `patience`.
template <class IsSo>
void wait_until(IsSo&& is_so)
{
    const auto end = std::chrono::steady_clock::now() + patience;
    while (!is_so()) {
        if (std::chrono::steady_clock::now() > end)
            FAIL("What the worker should do has not come in " << patience.count() << " minutes.");
        std::this_thread::yield();
    }
}

/// Gathers messages until `enough` says so.
struct Gathered
{
    std::vector<WorkerMessage> messages;

    template <class Kind>
    std::vector<Kind> of() const
    {
        std::vector<Kind> found;
        for (const WorkerMessage& message : messages)
            if (const auto* kind = std::get_if<Kind>(&message))
                found.push_back(*kind);
        return found;
    }
    template <class Kind>
    std::size_t count() const
    {
        return of<Kind>().size();
    }
    std::size_t ends() const { return count<message::Ended>() + count<message::Failed>(); }

    template <class Enough>
    void until(Worker& worker, Enough&& enough)
    {
        wait_until([&] {
            if (enough())
                return true;
            take(worker);
            return false;
        });
    }
    void take(Worker& worker)
    {
        for (WorkerMessage& message : worker.drain())
            messages.push_back(std::move(message));
    }
    void until_ends(Worker& worker, std::size_t number)
    {
        until(worker, [&] { return ends() >= number; });
    }
};

} // namespace

TEST_CASE("messages come in the order in which things happened")
{
    Worker worker(loading(steps));
    worker.start(config_of(5, 77), "x.loom");
    Gathered got;
    got.until_ends(worker, 1);

    std::vector<std::size_t> kinds;
    for (const WorkerMessage& message : got.messages)
        kinds.push_back(message.index());
    const auto index_of = [](const WorkerMessage& message) { return message.index(); };
    std::vector<std::size_t> expected{ index_of(message::EngineReady{}),
        index_of(message::Preparing{}), index_of(message::Started{}) };
    for (int step = 0; step < 5; ++step) {
        expected.push_back(index_of(message::IterationCommitted{}));
        expected.push_back(index_of(message::StepDone{}));
    }
    expected.push_back(index_of(message::Evaluated{}));
    expected.push_back(index_of(message::Marked{}));
    expected.push_back(index_of(message::Ended{}));
    CHECK(kinds == expected);

    CHECK(got.of<message::EngineReady>().front().device == "abacus");
    CHECK(got.of<message::Started>().front().run == RunId{ 77 });
    CHECK(got.of<message::Started>().front().steps == 5);
    CHECK(got.of<message::Ended>().front().state == RunState::finished);
    const auto done = got.of<message::StepDone>();
    for (std::size_t i = 0; i < done.size(); ++i)
        CHECK(done[i].step.step == static_cast<int>(i) + 1);
    CHECK_FALSE(worker.busy());
}

TEST_CASE("a paused run takes no step until it is resumed")
{
    Worker worker(loading(steps));
    worker.start(config_of(1'000'000'000), "x.loom");
    Gathered got;
    got.until(worker, [&] { return got.count<message::StepDone>() > 3; });
    CHECK(worker.busy());
    worker.pause();
    CHECK(worker.paused());
    worker.drain();
    // The step that was under way may still be told, and no other, however long one listens.
    Gathered paused;
    for (int i = 0; i < 20; ++i) {
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
        paused.take(worker);
    }
    REQUIRE(paused.count<message::StepDone>() <= 1);
    REQUIRE(paused.count<message::IterationCommitted>() <= 1);
    CHECK(worker.busy());
    const std::size_t before = got.count<message::StepDone>() + 1; // that one may come only now
    worker.resume();
    CHECK_FALSE(worker.paused());
    got.until(worker, [&] { return got.count<message::StepDone>() > before; });
    worker.stop();
    got.until_ends(worker, 1);
    CHECK(got.of<message::Ended>().front().state == RunState::stopped);
}

TEST_CASE("a paused run can be stopped, and the next one starts unpaused")
{
    Worker worker(loading(steps));
    worker.start(config_of(1'000'000'000), "x.loom");
    Gathered got;
    got.until(worker, [&] { return got.count<message::StepDone>() > 0; });
    worker.pause();
    worker.stop();
    got.until_ends(worker, 1);
    CHECK(got.of<message::Ended>().front().state == RunState::stopped);
    CHECK_FALSE(worker.paused());
    worker.start(config_of(3), "x.loom");
    got.until_ends(worker, 2);
    CHECK(got.of<message::Ended>().back().state == RunState::finished);
}

TEST_CASE("runs follow one another; stop ends only the one under way")
{
    Worker worker(loading(steps));
    worker.start(config_of(1'000'000'000, 1), "x.loom");
    worker.start(config_of(4, 2), "x.loom");
    Gathered got;
    got.until(worker, [&] { return got.count<message::StepDone>() > 0; });
    worker.stop();
    got.until_ends(worker, 2);
    const auto started = got.of<message::Started>();
    REQUIRE(started.size() == 2);
    CHECK(started[0].run == RunId{ 1 });
    CHECK(started[1].run == RunId{ 2 });
    const auto ended = got.of<message::Ended>();
    CHECK(ended[0].state == RunState::stopped);
    CHECK(ended[1].state == RunState::finished);
    CHECK_FALSE(worker.busy());
}

TEST_CASE("a run to go on with waits for its turn and keeps its number")
{
    Worker worker(loading(steps));
    worker.start(config_of(4, 2), "x.loom");
    worker.resume_run("x.loom", { 41 });
    Gathered got;
    got.until_ends(worker, 2);
    const auto started = got.of<message::Started>();
    REQUIRE(started.size() == 2);
    CHECK(started[0].run == RunId{ 2 });
    CHECK(started[1].run == RunId{ 41 });
    CHECK(got.of<message::Ended>().back().state == RunState::finished);
    CHECK_FALSE(worker.busy());
}

TEST_CASE("stop before the engine is loaded empties the queue, and says so for each run")
{
    std::atomic<bool> go = false;
    Worker worker([&go] {
        go.wait(false);
        return std::make_unique<FakeEngine>(steps);
    });
    worker.start(config_of(3), "x.loom");
    worker.start(config_of(3), "x.loom");
    CHECK(worker.busy());
    worker.pause();
    CHECK_FALSE(worker.paused());
    worker.stop();
    CHECK_FALSE(worker.busy());
    go = true;
    go.notify_all();
    Gathered got;
    got.until_ends(worker, 2);
    CHECK(got.count<message::Ended>() == 2);
    CHECK(got.count<message::Started>() == 0);
    worker.start(config_of(3), "x.loom");
    got.until_ends(worker, 3);
    CHECK(got.of<message::Ended>().back().state == RunState::finished);
}

TEST_CASE("an exception becomes a sentence, and the next run is taken")
{
    Worker worker(loading([](const RunConfig& config, RunObserver& observer, RunControl& control,
                              std::stop_token stop) -> RunState {
        if (config.seed == 1)
            throw InputError("task.jsonl, line 3: there is no text.");
        if (config.seed == 2)
            throw std::runtime_error("CUDA out of memory");
        if (config.seed == 3)
            throw 42;
        return steps(config, observer, control, stop);
    }));
    for (const std::uint64_t seed : { 1U, 2U, 3U, 4U })
        worker.start(config_of(2, seed), "x.loom");
    Gathered got;
    got.until_ends(worker, 4);
    const auto failed = got.of<message::Failed>();
    REQUIRE(failed.size() == 3);
    CHECK(failed[0].what == "task.jsonl, line 3: there is no text.");
    CHECK(failed[1].what.find("CUDA out of memory") != std::string::npos);
    CHECK_FALSE(failed[2].what.empty());
    CHECK(got.of<message::Ended>().front().state == RunState::finished);
    CHECK_FALSE(worker.busy());
}

TEST_CASE("where the engine cannot be loaded, that is said at once and for every run")
{
    for (const bool throws : { true, false }) {
        Worker worker([throws]() -> std::unique_ptr<TuningEngine> {
            if (throws)
                throw ResourceError("libtorch.so is missing.");
            return nullptr;
        });
        Gathered got;
        got.until_ends(worker, 1);
        worker.start(config_of(2), "x.loom");
        worker.start(config_of(2), "x.loom");
        got.until_ends(worker, 3);
        CHECK(got.count<message::Failed>() == 3);
        CHECK(got.count<message::EngineReady>() == 0);
        for (const message::Failed& failed : got.of<message::Failed>())
            CHECK(failed.what == got.of<message::Failed>().front().what);
        if (throws)
            CHECK(got.of<message::Failed>().front().what == "libtorch.so is missing.");
        CHECK_FALSE(worker.busy());
    }
}

TEST_CASE("a worker can be destroyed while it loads, runs, is paused or has a queue")
{
    for (const bool pause : { false, true }) {
        std::atomic<bool> left = false;
        {
            Worker worker(loading([&left](const RunConfig& config, RunObserver& observer,
                                      RunControl& control, std::stop_token stop) {
                const RunState state = steps(config, observer, control, stop);
                left = true;
                return state;
            }));
            worker.start(config_of(1'000'000'000), "x.loom");
            worker.start(config_of(1'000'000'000), "x.loom");
            Gathered got;
            got.until(worker, [&] { return got.count<message::StepDone>() > 0; });
            if (pause)
                worker.pause();
        }
        CHECK(left);
    }
    for (int i = 0; i < 50; ++i) {
        Worker worker(loading(steps));
        worker.start(config_of(1'000'000'000), "x.loom");
    }
}

TEST_CASE("undrained, steps are merged into the newest one and nothing else is lost")
{
    constexpr int count = 20000;
    Worker worker(
        loading([](const RunConfig&, RunObserver& observer, RunControl&, std::stop_token) {
            for (int step = 1; step <= count; ++step) {
                observer.step_done({ step, 1.0, 0.0, 0.1 }, 30.0);
                if (step % 100 == 0) {
                    IterationRecord iteration;
                    iteration.index = { step / 100 };
                    observer.iteration_committed(iteration);
                }
            }
            return RunState::finished;
        }));
    worker.start(config_of(count), "x.loom");
    wait_until([&] { return !worker.busy(); });
    Gathered got;
    got.until_ends(worker, 1);
    const auto done = got.of<message::StepDone>();
    CHECK(done.size() < count / 2);
    CHECK(done.back().step.step == count);
    for (std::size_t i = 1; i < done.size(); ++i)
        CHECK(done[i - 1].step.step < done[i].step.step);
    const auto iterations = got.of<message::IterationCommitted>();
    REQUIRE(iterations.size() == count / 100);
    for (std::size_t i = 0; i < iterations.size(); ++i)
        CHECK(iterations[i].iteration.index.value == static_cast<int>(i) + 1);
}

TEST_CASE("commands from several threads at once")
{
    Worker worker(loading(steps));
    std::vector<std::thread> threads;
    for (int t = 0; t < 3; ++t)
        threads.emplace_back([&worker] {
            for (int i = 0; i < 20; ++i) {
                worker.start(config_of(20), "x.loom");
                worker.pause();
                worker.paused();
                worker.resume();
                worker.drain();
            }
        });
    for (std::thread& thread : threads)
        thread.join();
    wait_until([&] {
        worker.resume();
        worker.drain();
        return !worker.busy();
    });
    CHECK_FALSE(worker.paused());
}

TEST_CASE("start, resume, pause, go on, stop and destroy, in random order, a thousand times")
{
    Random random(2026);
    for (int round = 0; round < 1000; ++round) {
        Worker worker(loading(steps));
        const std::size_t commands = random.below(12);
        std::size_t expected = 0;
        std::size_t ended = 0;
        const auto drain = [&] {
            for (const WorkerMessage& message : worker.drain())
                ended += std::holds_alternative<message::Ended>(message) ? 1 : 0;
        };
        for (std::size_t i = 0; i < commands; ++i) {
            switch (random.below(7)) {
            case 0:
                worker.start(config_of(static_cast<int>(random.below(30))), "x.loom");
                ++expected;
                break;
            case 1:
                worker.resume_run("x.loom", { 5 });
                ++expected;
                break;
            case 2:
                worker.pause();
                break;
            case 3:
                worker.resume();
                break;
            case 4:
                worker.stop();
                break;
            case 5:
                drain();
                break;
            default:
                std::this_thread::yield();
            }
        }
        // Half of the workers are destroyed as they are; the others end every run they were given.
        if (random.chance(0.5))
            continue;
        wait_until([&] {
            worker.resume();
            return !worker.busy();
        });
        drain();
        CHECK(ended == expected);
    }
}

namespace {

NextTokenQuestion question(const std::string& text, int pieces = 0)
{
    NextTokenQuestion asked;
    asked.text = text;
    asked.continuation = pieces;
    return asked;
}

std::vector<std::string> answered(const Gathered& got)
{
    std::vector<std::string> texts;
    for (const message::Answered& one : got.of<message::Answered>())
        texts.push_back(std::get<NextTokenAnswer>(one.answer).continued);
    return texts;
}

} // namespace

TEST_CASE("questions are answered without a run, in the order of their askers")
{
    Worker worker(loading(steps));
    const QuestionId first = worker.ask("a", question("one"));
    const QuestionId second = worker.ask("b", question("two"));
    Gathered got;
    got.until(worker, [&] { return got.count<message::Answered>() == 2; });
    CHECK(answered(got) == std::vector<std::string>{ "one", "two" });
    CHECK(got.of<message::Answered>()[0].question == first);
    CHECK(got.of<message::Answered>()[1].question == second);
    CHECK(first < second);
}

TEST_CASE("a newer question of the same asker takes the place of one that is not answered")
{
    std::atomic<bool> go = false;
    Worker worker([&go] {
        go.wait(false);
        return std::make_unique<FakeEngine>(steps);
    });
    worker.ask("a", question("stale"));
    worker.ask("b", question("kept"));
    const QuestionId newest = worker.ask("a", question("fresh"));
    worker.ask("c", question("withdrawn"));
    worker.withdraw("c");
    go = true;
    go.notify_all();
    Gathered got;
    got.until(worker, [&] { return got.count<message::Answered>() == 2; });
    CHECK(answered(got) == std::vector<std::string>{ "fresh", "kept" });
    CHECK(got.of<message::Answered>()[0].question == newest);
}

TEST_CASE("also while it is being answered: the stale answer never comes")
{
    Worker worker(loading(steps));
    const QuestionId stale = worker.ask("a", question("stale", 1'000'000'000));
    Gathered got;
    got.until(worker, [&] { return got.count<message::Answering>() > 0; });
    CHECK(got.of<message::Answering>().front().question == stale);
    CHECK(got.of<message::Answering>().front().what == "counting");
    worker.ask("a", question("fresh"));
    got.until(worker, [&] { return got.count<message::Answered>() == 1; });
    CHECK(answered(got) == std::vector<std::string>{ "fresh" });
}

TEST_CASE("a question is answered between two steps of a run, and at once while it is paused")
{
    Worker worker(loading(steps));
    worker.start(config_of(1'000'000'000), "x.loom");
    Gathered got;
    got.until(worker, [&] { return got.count<message::StepDone>() > 0; });
    worker.ask("a", question("while it trains"));
    got.until(worker, [&] { return got.count<message::Answered>() == 1; });
    CHECK(worker.busy());
    const auto before = got.count<message::StepDone>();
    got.until(worker, [&] { return got.count<message::StepDone>() > before; });
    worker.pause();
    worker.ask("a", question("while it is paused"));
    got.until(worker, [&] { return got.count<message::Answered>() == 2; });
    worker.stop();
    got.until_ends(worker, 1);
    CHECK(got.of<message::Ended>().front().state == RunState::stopped);
}

TEST_CASE("a question that cannot be answered has a sentence, and the next one an answer")
{
    Worker worker(loading(steps));
    worker.ask("a", question("no"));
    worker.ask("b", question("yes"));
    Gathered got;
    got.until(worker, [&] { return got.count<message::Answered>() == 1; });
    REQUIRE(got.count<message::QuestionFailed>() == 1);
    CHECK(got.of<message::QuestionFailed>().front().what == "There is no such text.");
}

TEST_CASE("without an engine every question says why")
{
    Worker worker(
        []() -> std::unique_ptr<TuningEngine> { throw ResourceError("libtorch.so is missing."); });
    worker.ask("a", question("one"));
    Gathered got;
    got.until(worker, [&] { return got.count<message::QuestionFailed>() == 1; });
    CHECK(got.of<message::QuestionFailed>().front().what == "libtorch.so is missing.");
}

TEST_CASE("a worker can be destroyed while it answers, beside a run or alone")
{
    for (const bool trains : { false, true })
        for (int i = 0; i < 20; ++i) {
            Worker worker(loading(steps));
            if (trains)
                worker.start(config_of(1'000'000'000), "x.loom");
            worker.ask("a", question("endless", 1'000'000'000));
            worker.ask("b", question("endless", 1'000'000'000));
            if (i % 2 == 0) {
                Gathered got;
                got.until(worker, [&] { return got.count<message::Answering>() > 0; });
            }
        }
}
