#include "core/demo/demo.h"
#include "core/evaluation/suite_scoring.h"
#include "core/model/checkpoint.h"
#include "core/tasks/demo_tasks.h"
#include "core/tokenizer/model_tokenizer.h"
#include "core/tuning/pretraining.h"
#include "tests/support/tiny_run.h"

#include <doctest/doctest.h>

#include <cmath>
#include <filesystem>
#include <vector>

using namespace circuitloom;
using testing::Folder;

namespace {

PretrainingSettings small()
{
    PretrainingSettings settings;
    settings.layers = 1;
    settings.heads = 2;
    settings.d_model = 16;
    settings.steps = 40;
    settings.batch = 16;
    settings.learning_rate = 1e-2;
    settings.warm_up = 5;
    return settings;
}

struct Trained
{
    std::vector<double> losses;
    std::vector<EvaluationRecord> results;
};

Trained train(const PretrainingSettings& settings, const std::filesystem::path& folder, int stop = 0)
{
    Trained trained;
    trained.results = train_demo_model(settings, folder, [&](int step, double loss) {
        trained.losses.push_back(loss);
        CHECK(step == static_cast<int>(trained.losses.size()));
        return step != stop;
    });
    return trained;
}

Transformer read(const std::filesystem::path& folder)
{
    return load_transformer(open_model_files(folder.string()), torch::kCPU, torch::kFloat32);
}

bool same_weights(const Transformer& a, const Transformer& b)
{
    const auto left = a.weights().all();
    const auto right = b.weights().all();
    REQUIRE(left.size() == right.size());
    for (std::size_t i = 0; i < left.size(); ++i)
        if (!torch::equal(*left[i], *right[i]))
            return false;
    return true;
}

} // namespace

TEST_CASE("a demo model starts at the loss of a guess, learns, and is what its folder holds")
{
    const Folder folder;
    const PretrainingSettings settings = small();
    const Trained trained = train(settings, folder / "model");
    REQUIRE(trained.losses.size() == 40);
    const ModelFiles files = open_model_files((folder / "model").string());
    const Tokenizer tokenizer = tokenizer_of(files);
    const double guess = std::log(tokenizer.vocabulary_size());
    CHECK(trained.losses.front() == doctest::Approx(guess).epsilon(0.05));
    CHECK(trained.losses.back() < 0.8 * guess);

    const Transformer model = read(folder / "model");
    CHECK(model.config().layers == 1);
    CHECK(model.config().heads == 2);
    CHECK(model.config().d_model == 16);
    CHECK(model.config().vocabulary == tokenizer.vocabulary_size());
    const auto names = demo::suite_names();
    REQUIRE(trained.results.size() == names.size());
    for (std::size_t i = 0; i < names.size(); ++i) {
        CAPTURE(names[i]);
        const PreparedSuite suite(demo_suite(names[i]), tokenizer, settings.max_positions, 0);
        CHECK(trained.results[i].suite == suite.name());
        CHECK(trained.results[i].step == settings.steps);
        CHECK(trained.results[i].value == suite.evaluate(model, 0).front().value);
    }
}

TEST_CASE("a demo model is its seed's, and ends where it is stopped")
{
    const Folder folder;
    PretrainingSettings settings = small();
    settings.steps = 4;
    const Trained first = train(settings, folder / "first");
    const Trained again = train(settings, folder / "again");
    CHECK(first.losses == again.losses);
    CHECK(same_weights(read(folder / "first"), read(folder / "again")));
    settings.seed = 2;
    train(settings, folder / "other");
    CHECK_FALSE(same_weights(read(folder / "first"), read(folder / "other")));

    settings.seed = 1;
    const Trained stopped = train(settings, folder / "stopped", 2);
    CHECK(stopped.losses == std::vector<double>(first.losses.begin(), first.losses.begin() + 2));
    CHECK_FALSE(same_weights(read(folder / "first"), read(folder / "stopped")));
}

TEST_CASE("the rate of a demo model rises in the warm-up")
{
    // AdamW's first step moves each parameter with a gradient by the rate, whatever the gradient.
    const Folder folder;
    PretrainingSettings settings = small();
    settings.weight_decay = 0;
    settings.steps = 1;
    settings.warm_up = 1;
    train(settings, folder / "whole");
    settings.warm_up = 4;
    train(settings, folder / "quarter");
    settings.learning_rate = 1e-30;
    train(settings, folder / "start");
    const auto moved = [&](const char* name) {
        const auto start = read(folder / "start");
        const auto end = read(folder / name);
        return (*start.weights().all().front() - *end.weights().all().front()).abs().max().item<double>();
    };
    CHECK(moved("whole") == doctest::Approx(1e-2).epsilon(1e-3));
    CHECK(moved("quarter") == doctest::Approx(1e-2 / 4).epsilon(1e-3));
}
