#include "core/model/generation.h"

#include "core/base/random.h"
#include "core/model/key_value_cache.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace circuitloom {

namespace {

constexpr std::int32_t no_token = -1; ///< where logits are not numbers

std::int32_t draw(
    const double* log_probabilities, std::int64_t vocabulary, double temperature, Random& random)
{
    const double greatest = *std::max_element(log_probabilities, log_probabilities + vocabulary);
    std::vector<double> weights;
    double total = 0;
    for (std::int64_t id = 0; id < vocabulary; ++id) {
        weights.push_back(std::exp((log_probabilities[id] - greatest) / temperature));
        total += weights.back();
    }
    double left = random.unit() * total;
    for (std::size_t id = 0; id < weights.size(); ++id) {
        left -= weights[id];
        if (left < 0)
            return static_cast<std::int32_t>(id);
    }
    return static_cast<std::int32_t>(weights.size() - 1);
}

/// A text that is being continued.
struct OpenText
{
    const std::vector<std::int32_t>* prompt;
    GeneratedText* made;
    Random random;
    int limit; ///< of new tokens: the options' or what the context has room for
    bool ended = false;
};

class Generation
{
public:
    Generation(const Transformer& model, const GenerationOptions& options)
        : model_(model)
        , options_(options)
    {
    }

    /// Continues all of them to their ends.
    void run(std::vector<OpenText>& texts) const
    {
        std::size_t longest = 0;
        int limit = 0;
        for (const OpenText& text : texts) {
            longest = std::max(longest, text.prompt->size());
            limit = std::max(limit, text.limit);
        }
        const std::int64_t capacity = static_cast<std::int64_t>(longest) + limit;
        if (options_.pass || !can_cache(model_.config(), capacity)) {
            for (OpenText& text : texts)
                recompute(text);
            return;
        }
        continue_cached(texts, static_cast<std::int64_t>(longest), capacity, limit);
    }

private:
    void tell(int made) const
    {
        if (options_.progress)
            options_.progress(made);
    }

    /// The next token of each row of `hidden`, [text, d_model], or no_token. `texts` are those
    /// rows.
    std::vector<std::int32_t> next_tokens(
        const torch::Tensor& hidden, const std::vector<OpenText*>& texts) const
    {
        const auto logits = model_.unembed(hidden);
        std::vector<std::int32_t> next;
        if (options_.temperature <= 0) {
            const auto [greatest, token] = logits.max(-1); // NaN where any is
            const auto likeliest = token.masked_fill(greatest.isnan(), no_token).to(torch::kCPU);
            for (std::int64_t row = 0; row < likeliest.size(0); ++row)
                next.push_back(static_cast<std::int32_t>(likeliest.data_ptr<std::int64_t>()[row]));
            return next;
        }
        const auto values
            = torch::log_softmax(logits, -1).to(torch::kCPU, torch::kFloat64).contiguous();
        const std::int64_t vocabulary = values.size(1);
        for (std::size_t row = 0; row < texts.size(); ++row) {
            const double* of_row
                = values.data_ptr<double>() + static_cast<std::int64_t>(row) * vocabulary;
            next.push_back(std::isnan(*of_row) // then all of them are
                    ? no_token
                    : draw(of_row, vocabulary, options_.temperature, texts[row]->random));
        }
        return next;
    }

    void add(OpenText& text, std::int32_t id) const
    {
        if (id == no_token) {
            text.made->end = TextEnd::not_a_number;
            text.ended = true;
            return;
        }
        if (id == model_.config().eos_token
            || std::ranges::find(options_.stop_tokens, id) != options_.stop_tokens.end()) {
            text.made->end = TextEnd::stop_token;
            text.ended = true;
            return;
        }
        text.made->ids.push_back(id);
        if (static_cast<int>(text.made->ids.size()) < text.limit)
            return;
        text.ended = true;
        text.made->end
            = text.limit < options_.tokens ? TextEnd::context_full : TextEnd::token_limit;
    }

    /// With a whole pass for every token.
    void recompute(OpenText& text) const
    {
        std::vector<std::int32_t> ids = *text.prompt;
        while (!text.ended) {
            tell(static_cast<int>(text.made->ids.size()));
            const auto row = token_row(ids, model_);
            const auto hidden = options_.pass ? options_.pass(row) : model_.hidden(row);
            const auto last = hidden.select(1, hidden.size(1) - 1);
            add(text, next_tokens(last, { &text }).front());
            if (!text.ended)
                ids.push_back(text.made->ids.back());
        }
    }

    void continue_cached(
        std::vector<OpenText>& texts, std::int64_t longest, std::int64_t capacity, int limit) const
    {
        std::vector<OpenText*> open;
        std::vector<std::int64_t> padding;
        auto ids = torch::zeros({ std::ssize(texts), longest }, torch::kInt64);
        for (OpenText& text : texts) {
            const auto row = std::ssize(padding);
            padding.push_back(longest - std::ssize(*text.prompt));
            for (std::int64_t p = padding.back(); p < longest; ++p)
                ids.accessor<std::int64_t, 2>()[row][p]
                    = (*text.prompt)[static_cast<std::size_t>(p - padding.back())];
            open.push_back(&text);
        }
        KeyValueCache cache(model_, padding, capacity);
        auto hidden = (tell(0), cache.advance(ids.to(model_.device())));
        for (int made = 1; made <= limit; ++made) {
            const std::vector<std::int32_t> next = next_tokens(hidden, open);
            std::size_t left = 0;
            for (std::size_t i = 0; i < open.size(); ++i) {
                if (!open[i]->ended)
                    add(*open[i], next[i]);
                left += open[i]->ended ? 0 : 1;
            }
            if (left == 0)
                return;
            tell(made);
            hidden = cache.advance(last_tokens(cache, open, left, made));
        }
    }

    /// The last token of each text, int64 [text, 1], of which the cache has all but the last of
    /// `made`. Once half of the texts have ended, or the context has no position for another token
    /// of one, those that have ended leave the batch; until then they go on with a token that
    /// nobody reads.
    torch::Tensor last_tokens(
        KeyValueCache& cache, std::vector<OpenText*>& open, std::size_t left, int made) const
    {
        const bool has_full = std::ranges::any_of(open, [&](const OpenText* text) {
            return std::ssize(*text->prompt) + made > model_.config().max_positions;
        });
        if (has_full || 2 * left <= open.size()) {
            std::vector<std::int64_t> kept;
            std::vector<OpenText*> still_open;
            for (std::size_t i = 0; i < open.size(); ++i) {
                if (open[i]->ended)
                    continue;
                kept.push_back(static_cast<std::int64_t>(i));
                still_open.push_back(open[i]);
            }
            cache.keep(torch::tensor(kept).to(model_.device()));
            open = std::move(still_open);
        }
        std::vector<std::int64_t> last;
        for (const OpenText* text : open)
            last.push_back(text->ended ? 0 : text->made->ids.back());
        return torch::tensor(last).unsqueeze(1).to(model_.device());
    }

    const Transformer& model_;
    const GenerationOptions& options_;
};

/// How many texts of up to so many tokens a batch may have: those whose attention scores in the
/// first pass, and whose keys and values, take at most about half a gigabyte each.
std::size_t texts_at_once(const ModelConfig& config, std::int64_t longest, std::int64_t tokens)
{
    constexpr std::int64_t most_numbers = std::int64_t{ 1 } << 27;
    constexpr std::int64_t most_texts = 64;
    const std::int64_t scores = longest * longest * config.heads;
    const std::int64_t cached
        = 2 * (longest + tokens) * config.layers * config.kv_heads * config.head_dim;
    return static_cast<std::size_t>(
        std::clamp<std::int64_t>(most_numbers / std::max(scores, cached), 1, most_texts));
}

} // namespace

std::vector<GeneratedText> generate(const Transformer& model,
    const std::vector<std::vector<std::int32_t>>& prompts, const GenerationOptions& options)
{
    const torch::NoGradGuard no_grad;
    const ModelConfig& config = model.config();
    for (const auto& prompt : prompts)
        token_row(prompt, model);
    std::vector<std::size_t> order(prompts.size());
    std::iota(order.begin(), order.end(), std::size_t{ 0 });
    std::ranges::stable_sort(
        order, std::greater<>(), [&prompts](std::size_t i) { return prompts[i].size(); });

    std::vector<GeneratedText> made(prompts.size());
    const Generation generation(model, options);
    for (std::size_t first = 0; first < order.size();) {
        const auto longest = std::ssize(prompts[order[first]]);
        const std::size_t together = options.batch > 0
            ? static_cast<std::size_t>(options.batch)
            : texts_at_once(config, longest, options.tokens);
        const std::size_t batch
            = std::max<std::size_t>(1, together / static_cast<std::size_t>(options.parts));
        std::vector<OpenText> texts;
        for (const std::size_t end = std::min(order.size(), first + batch); first < end; ++first) {
            const std::size_t i = order[first];
            const int room = config.max_positions - static_cast<int>(prompts[i].size());
            OpenText text{ &prompts[i], &made[i], Random(options.seed + i),
                std::min(options.tokens, room) };
            if (text.limit > 0)
                texts.push_back(text);
            else
                made[i].end = options.tokens > 0 ? TextEnd::context_full : TextEnd::token_limit;
        }
        if (!texts.empty())
            generation.run(texts);
    }
    return made;
}

} // namespace circuitloom
