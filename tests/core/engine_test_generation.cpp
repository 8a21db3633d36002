// Continuations with cached keys and values, beside whole passes over the text for every token.
#include "core/base/error.h"
#include "core/model/checkpoint.h"
#include "core/model/generation.h"
#include "core/model/key_value_cache.h"

#include "tests/support/skip.h"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>

using namespace circuitloom;

namespace {

const std::filesystem::path data = CIRCUITLOOM_TEST_DATA;
using Ids = std::vector<std::int32_t>;

std::vector<std::string> tiny_models()
{
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(data))
        if (entry.path().filename().string().starts_with("tiny_"))
            names.push_back(entry.path().filename().string());
    return names;
}

Transformer tiny_model(const std::string& name)
{
    return load_transformer(open_model_files((data / name).string()), torch::kCPU, torch::kFloat64);
}

Ids random_ids(std::size_t count, int vocabulary, unsigned seed)
{
    std::mt19937 random(seed);
    Ids ids;
    while (ids.size() < count)
        ids.push_back(static_cast<std::int32_t>(random() % static_cast<unsigned>(vocabulary)));
    return ids;
}

/// Prompts of unlike lengths, not sorted.
std::vector<Ids> prompts_for(const Transformer& model)
{
    std::vector<Ids> prompts;
    unsigned seed = 1;
    for (const std::size_t length : { 3U, 8U, 1U, 6U, 8U })
        prompts.push_back(random_ids(length, model.config().vocabulary, seed++));
    return prompts;
}

torch::Tensor row_of(const Ids& ids)
{
    return torch::tensor(std::vector<std::int64_t>(ids.begin(), ids.end())).unsqueeze(0);
}

/// The likeliest continuation, from the logits of the whole text for every token.
Ids literal_continuation(const Transformer& model, Ids ids, int tokens)
{
    const torch::NoGradGuard no_grad;
    Ids made;
    while (static_cast<int>(made.size()) < tokens
        && static_cast<int>(ids.size()) < model.config().max_positions) {
        const auto next = static_cast<std::int32_t>(
            model.logits(row_of(ids))[0][-1].argmax().item<std::int64_t>());
        if (next == model.config().eos_token)
            break;
        made.push_back(next);
        ids.push_back(next);
    }
    return made;
}

std::vector<Ids> ids_of(const std::vector<GeneratedText>& texts)
{
    std::vector<Ids> ids;
    for (const GeneratedText& text : texts)
        ids.push_back(text.ids);
    return ids;
}

GenerationOptions greedy(int tokens)
{
    GenerationOptions options;
    options.tokens = tokens;
    return options;
}

} // namespace

TEST_CASE("a text that grows in the cache has the hidden states of the whole text")
{
    for (const std::string& name : tiny_models()) {
        CAPTURE(name);
        const torch::NoGradGuard no_grad;
        const Transformer model = tiny_model(name);
        const int positions = 12; // as many as can be cached in every family
        const Ids whole = random_ids(positions, model.config().vocabulary, 7);
        const std::int64_t padded = 4;
        // Row 0 has the whole text; row 1 has its first part behind padding.
        const std::int64_t before[] = { 0, padded };
        KeyValueCache cache(model, before, positions);
        const auto first = row_of(whole);
        const auto second = torch::cat(
            { torch::zeros({ 1, padded }, torch::kInt64), first.narrow(1, 0, positions - padded) },
            1);
        const auto both = torch::cat({ first, second });
        const auto expected = [&](std::int64_t row, std::int64_t columns) {
            const auto end = columns - before[row];
            return model.hidden(first.narrow(1, 0, end))[0][-1];
        };
        std::int64_t filled = 0;
        for (const std::int64_t added : { 6, 1, 3, 1, 1 }) {
            const auto found = cache.advance(both.narrow(1, filled, added));
            filled += added;
            for (std::int64_t row = 0; row < 2; ++row)
                CHECK((found[row] - expected(row, filled)).abs().max().item<double>() < 1e-10);
        }
        CHECK(filled == positions);
    }
}

TEST_CASE("batches continue every family as whole passes do")
{
    for (const std::string& name : tiny_models()) {
        CAPTURE(name);
        const Transformer model = tiny_model(name);
        const auto prompts = prompts_for(model);
        std::vector<Ids> expected;
        for (const Ids& prompt : prompts)
            expected.push_back(literal_continuation(model, prompt, 10));
        CHECK(ids_of(generate(model, prompts, greedy(10))) == expected);
        GenerationOptions by_two = greedy(10);
        by_two.batch = 2;
        CHECK(ids_of(generate(model, prompts, by_two)) == expected);
        for (std::size_t i = 0; i < prompts.size(); ++i)
            CHECK(generate(model, { prompts[i] }, greedy(10)).front().ids == expected[i]);
        // A pass of one's own is asked for every token.
        GenerationOptions own = greedy(10);
        int passes = 0;
        own.pass = [&](const torch::Tensor& ids) { return ++passes, model.hidden(ids); };
        CHECK(ids_of(generate(model, prompts, own)) == expected);
        CHECK(passes >= 10);
    }
}

TEST_CASE("where memory is short, fewer texts are continued at once, to the same end")
{
    const Transformer model = tiny_model("tiny_llama");
    const std::vector<std::vector<std::int32_t>> prompts{ { 1, 2 }, { 3, 4 }, { 5, 6 }, { 7, 8 } };
    GenerationOptions options = greedy(5);
    int passes = 0;
    options.progress = [&passes](int) { ++passes; };
    const auto whole = generate(model, prompts, options);
    const int together = passes;
    for (const int parts : { 2, 1000 }) {
        options.batch = 4;
        options.parts = parts;
        passes = 0;
        const auto made = generate(model, prompts, options);
        CHECK(passes > together);
        for (std::size_t i = 0; i < prompts.size(); ++i)
            CHECK(made[i].ids == whole[i].ids);
    }
}

TEST_CASE("drawn tokens follow the seed, and not the other texts of the batch")
{
    const Transformer model = tiny_model("tiny_llama");
    const auto prompts = prompts_for(model);
    GenerationOptions options = greedy(9);
    options.temperature = 1.5;
    options.seed = 11;
    const auto together = ids_of(generate(model, prompts, options));
    CHECK(ids_of(generate(model, prompts, options)) == together);
    for (std::size_t i = 0; i < prompts.size(); ++i) {
        GenerationOptions alone = options;
        alone.seed = options.seed + i;
        CHECK(generate(model, { prompts[i] }, alone).front().ids == together[i]);
    }
    options.seed = 1000;
    CHECK(ids_of(generate(model, prompts, options)) != together);
    // Almost without temperature, what is drawn is the likeliest.
    options.temperature = 1e-6;
    CHECK(ids_of(generate(model, prompts, options)) == ids_of(generate(model, prompts, greedy(9))));
}

TEST_CASE("tokens are drawn as often as the model says")
{
    const Transformer model = tiny_model("tiny_gpt_neox");
    const Ids prompt = random_ids(4, model.config().vocabulary, 3);
    const auto chances = next_token_log_probabilities(model, prompt);
    const int draws = 4000;
    GenerationOptions options = greedy(1);
    options.temperature = 1;
    std::vector<int> counts(chances.size());
    for (const auto& text : generate(model, std::vector<Ids>(draws, prompt), options))
        ++counts[static_cast<std::size_t>(
            text.ids.empty() ? model.config().eos_token : text.ids.front())];
    for (std::size_t id = 0; id < chances.size(); ++id) {
        const double p = std::exp(chances[id]);
        // Five standard deviations of a binomial count.
        CHECK(std::abs(counts[id] - draws * p) <= 5 * std::sqrt(draws * p * (1 - p)) + 1);
    }
}

TEST_CASE("a text ends at a stop token, at the limit, or where the context is full")
{
    const Transformer model = tiny_model("tiny_gpt2");
    const Ids prompt = random_ids(5, model.config().vocabulary, 2);
    const GeneratedText free = generate(model, { prompt }, greedy(6)).front();
    REQUIRE(free.ids.size() == 6);
    CHECK(free.end == TextEnd::token_limit);

    GenerationOptions stopped = greedy(6);
    stopped.stop_tokens = { free.ids.at(3) };
    const auto first = std::ranges::find(free.ids, free.ids.at(3));
    const GeneratedText cut = generate(model, { prompt }, stopped).front();
    CHECK(cut.ids == Ids(free.ids.begin(), first));
    CHECK(cut.end == TextEnd::stop_token);

    const GeneratedText full = generate(model, { prompt }, greedy(1000)).front();
    if (full.end != TextEnd::stop_token) {
        CHECK(full.end == TextEnd::context_full);
        CHECK(full.ids.size() + prompt.size()
            == static_cast<std::size_t>(model.config().max_positions));
    }
    const Ids whole = random_ids(
        static_cast<std::size_t>(model.config().max_positions), model.config().vocabulary, 1);
    const auto both = generate(model, { whole, prompt }, greedy(6));
    CHECK(both[0].ids.empty());
    CHECK(both[0].end == TextEnd::context_full);
    CHECK(both[1].ids == free.ids);
}

TEST_CASE("a text that fills the context ends without those beside it that go on")
{
    for (const char* name : { "tiny_gpt2", "tiny_opt", "tiny_llama" }) {
        CAPTURE(name);
        const Transformer model = tiny_model(name);
        const ModelConfig& config = model.config();
        std::vector<Ids> prompts{ random_ids(
            static_cast<std::size_t>(config.max_positions) - 2, config.vocabulary, 1) };
        for (const unsigned seed : { 2U, 3U, 4U })
            prompts.push_back(random_ids(5, config.vocabulary, seed));
        const auto together = generate(model, prompts, greedy(10));
        int long_ones = 0;
        for (std::size_t i = 0; i < prompts.size(); ++i) {
            const GeneratedText alone = generate(model, { prompts[i] }, greedy(10)).front();
            CHECK(together[i].ids == alone.ids);
            CHECK(together[i].end == alone.end);
            long_ones += alone.ids.size() > 3 ? 1 : 0;
        }
        CHECK(together[0].end == TextEnd::context_full);
        REQUIRE(long_ones > 2); // so that the full one is never half of the batch
    }
}

TEST_CASE("what cannot be continued is refused before anything is computed")
{
    const Transformer model = tiny_model("tiny_gpt2");
    bool asked = false;
    GenerationOptions options = greedy(2);
    options.progress = [&](int) { asked = true; };
    CHECK_THROWS_AS(generate(model, { { 1, 2 }, {} }, options), InputError);
    CHECK_THROWS_AS(generate(model, { { 1, 100'000 } }, options), InputError);
    CHECK_THROWS_AS(generate(model, { Ids(1000, 1) }, options), InputError);
    CHECK_FALSE(asked);
    CHECK(generate(model, {}, options).empty());
}

TEST_CASE("the caller hears of every token and can end it")
{
    const Transformer model = tiny_model("tiny_llama");
    GenerationOptions options = greedy(5);
    std::vector<int> heard;
    options.progress = [&](int made) {
        heard.push_back(made);
        if (made == 2)
            throw Cancelled("enough");
    };
    CHECK_THROWS_AS(generate(model, { { 1, 2 } }, options), Cancelled);
    CHECK(heard == std::vector<int>{ 0, 1, 2 });
}

TEST_CASE("SmolLM2 continues prompts as transformers does" * doctest::test_suite("conditional"))
{
    const char* cache = std::getenv("CIRCUITLOOM_TEST_CACHE");
    const char* home = std::getenv("HOME");
    const auto file = (cache ? std::filesystem::path(cache)
                             : std::filesystem::path(home ? home : "") / ".cache/circuitloom-tests")
        / "SmolLM2-135M-Instruct.Q4_1.gguf";
    if (!std::filesystem::exists(file)) {
        testing::skip(file.string() + " is absent; tests/support/fetch_smollm2.sh fetches it");
        return;
    }
    // tests/support/make_generation_data.py
    std::ifstream stored(data / "gguf" / "smollm2_greedy.json");
    const auto expected = nlohmann::json::parse(stored);
    const Transformer model
        = load_transformer(open_model_files(file.string()), torch::kCPU, torch::kFloat32);
    std::vector<Ids> prompts, wanted;
    for (const auto& text : expected.at("texts")) {
        prompts.push_back(text.at("prompt").get<Ids>());
        wanted.push_back(text.at("made").get<Ids>());
    }
    REQUIRE(prompts.size() == 200);
    CHECK(ids_of(generate(model, prompts, greedy(expected.at("tokens").get<int>()))) == wanted);
}
