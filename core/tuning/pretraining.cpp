#include "core/tuning/pretraining.h"

#include "core/base/random.h"
#include "core/demo/demo.h"
#include "core/evaluation/suite_scoring.h"
#include "core/evaluation/task_metric.h"
#include "core/formats/replacement_file.h"
#include "core/model/checkpoint.h"
#include "core/tasks/demo_tasks.h"
#include "core/tokenizer/tokenizer.h"

#include <torch/optim/adamw.h>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace circuitloom {

namespace {

constexpr int batches_in_pool = 16;

ModelConfig demo_config(const PretrainingSettings& settings, int vocabulary)
{
    ModelConfig config;
    config.layers = settings.layers;
    config.heads = settings.heads;
    config.kv_heads = settings.heads;
    config.d_model = settings.d_model;
    config.head_dim = settings.d_model / settings.heads;
    config.mlp_width = 4 * settings.d_model;
    config.vocabulary = vocabulary;
    config.max_positions = settings.max_positions;
    config.bos_token = vocabulary - 1;
    config.eos_token = vocabulary - 1;
    return config;
}

// Batches of sentences of about equal length, so that little is spent on padding.
class CorpusBatches
{
public:
    CorpusBatches(const PretrainingSettings& settings)
        : settings_(settings)
        , tokenizer_(Tokenizer::from_json(demo::tokenizer_json(), {}, "the demo's tokenizer"))
        , random_(settings.seed)
    {
    }

    int vocabulary() const { return tokenizer_.vocabulary_size(); }

    ScoredBatch next()
    {
        if (order_.empty())
            refill();
        const std::size_t first = order_.back();
        order_.pop_back();
        std::vector<const EncodedExample*> batch;
        for (std::size_t i = 0; i < static_cast<std::size_t>(settings_.batch); ++i)
            batch.push_back(&pool_[first + i]);
        return make_batch(batch, torch::kCPU, torch::kFloat32);
    }

private:
    void refill()
    {
        const auto batch = static_cast<std::size_t>(settings_.batch);
        pool_.clear();
        while (pool_.size() < batch * batches_in_pool) {
            auto ids = tokenizer_.encode(demo::corpus_sentence(random_));
            ids.push_back(vocabulary() - 1); // <|endoftext|>
            if (ids.size() <= static_cast<std::size_t>(settings_.max_positions))
                pool_.push_back({ std::move(ids), {} });
        }
        std::ranges::stable_sort(
            pool_, {}, [](const EncodedExample& example) { return example.ids.size(); });
        for (std::size_t i = 0; i < batches_in_pool; ++i)
            order_.push_back(i * batch);
        random_.shuffle(order_);
    }

    PretrainingSettings settings_;
    Tokenizer tokenizer_;
    Random random_;
    std::vector<EncodedExample> pool_;
    std::vector<std::size_t> order_; ///< where the pool's unused batches start
};

// Linear warm-up, then half a cosine down to a twentieth of the peak.
double rate_at(const PretrainingSettings& settings, int step)
{
    if (step <= settings.warm_up)
        return settings.learning_rate * step / settings.warm_up;
    const double done = static_cast<double>(step - settings.warm_up)
        / std::max(1, settings.steps - settings.warm_up);
    return settings.learning_rate * (0.05 + 0.95 * 0.5 * (1 + std::cos(std::numbers::pi * done)));
}

Transformer train(const PretrainingSettings& settings, const PretrainingObserver& observer)
{
    CorpusBatches batches(settings);
    const ModelConfig config = demo_config(settings, batches.vocabulary());
    Transformer model(config, random_weights(config, settings.seed, torch::kFloat32));
    model.set_requires_grad(true);
    std::vector<torch::Tensor> parameters;
    for (auto* tensor : model.weights().all())
        parameters.push_back(*tensor);
    torch::optim::AdamW optimizer(parameters,
        torch::optim::AdamWOptions(settings.learning_rate)
            .betas({ 0.9, 0.98 })
            .weight_decay(settings.weight_decay));
    for (int step = 1; step <= settings.steps; ++step) {
        for (auto& group : optimizer.param_groups())
            static_cast<torch::optim::AdamWOptions&>(group.options()).lr(rate_at(settings, step));
        const ScoredBatch batch = batches.next();
        const auto loss = next_token_loss(model, model.hidden(batch.ids), batch);
        optimizer.zero_grad();
        loss.backward();
        optimizer.step();
        if (!observer(step, loss.item<double>()))
            break;
    }
    model.set_requires_grad(false);
    return model;
}

} // namespace

std::vector<EvaluationRecord> train_demo_model(const PretrainingSettings& settings,
    const std::filesystem::path& directory, const PretrainingObserver& observer)
{
    const Transformer model = train(settings, observer);
    std::error_code ignored; // of a folder that cannot be made, the files in it say so
    std::filesystem::create_directories(directory, ignored);
    write_whole(directory / "tokenizer.json", demo::tokenizer_json());
    write_whole(directory / "tokenizer_config.json",
        "{\"tokenizer_class\": \"PreTrainedTokenizerFast\", \"add_prefix_space\": true, "
        "\"eos_token\": \"<|endoftext|>\"}\n");
    save_transformer(model, directory);

    const auto tokenizer = Tokenizer::from_json(demo::tokenizer_json(), {}, "the demo's tokenizer");
    std::vector<EvaluationRecord> results;
    for (const std::string& name : demo::suite_names()) {
        const PreparedSuite suite(demo_suite(name), tokenizer, settings.max_positions, 0);
        results.push_back(suite.evaluate(model, settings.steps).front());
    }
    return results;
}

} // namespace circuitloom
