#include "core/tasks/encoded_choices.h"
#include "core/tasks/encoded_task.h"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <optional>
#include <string>
#include <vector>

using namespace circuitloom;

namespace {

using Ids = std::vector<std::int32_t>;

/// One character a token, but for `ab` and `cd`; with `<s>` in front where asked.
Tokenizer letters(bool start_token)
{
    nlohmann::json json = { { "model",
        { { "vocab",
              { { "<s>", 0 }, { "a", 1 }, { "b", 2 }, { "c", 3 }, { "d", 4 }, { "é", 5 },
                  { "ab", 6 }, { "cd", 7 }, { " ", 8 } } },
            { "merges", { "a b", "c d" } } } } };
    if (start_token) {
        json["added_tokens"] = { { { "id", 0 }, { "content", "<s>" }, { "special", true } } };
        json["post_processor"] = { { "type", "TemplateProcessing" },
            { "single",
                { { { "SpecialToken", { { "id", "<s>" } } } },
                    { { "Sequence", { { "id", "A" } } } } } },
            { "special_tokens", { { "<s>", { { "ids", { 0 } } } } } } };
    }
    return Tokenizer::from_json(json.dump(), "", "letters");
}

EncodedTask encode(const TaskExample& example, bool start_token = false, int max_tokens = 100)
{
    return encode_task({ example }, letters(start_token), max_tokens);
}

bool mentions(const std::string& text, const std::string& part)
{
    return text.find(part) != std::string::npos;
}

} // namespace

TEST_CASE("the scored token is the first at which target and alternative differ")
{
    const EncodedTask plain = encode({ "ccd", { TaskSpan{ 1, 2, "b" } }, {} });
    REQUIRE(plain.examples.size() == 1);
    CHECK(plain.dropped.empty());
    CHECK(plain.examples[0].ids == Ids{ 3, 7 });
    CHECK(plain.examples[0].targets == std::vector{ ScoredTarget{ 0, 7, 2 } }); // c|cd, c|b|d

    const EncodedTask shared = encode({ "édda", { TaskSpan{ 1, 3, "db" } }, {} });
    REQUIRE(shared.examples.size() == 1); // é d d a, é d b a: the first d is shared
    CHECK(shared.examples[0].targets == std::vector{ ScoredTarget{ 1, 4, 2 } });
}

TEST_CASE("a span that joins its neighbours is scored where the tokens part")
{
    // dab and daé: the target b has no token of its own, `ab` stands for it.
    const EncodedTask task = encode({ "dab", { TaskSpan{ 2, 3, "é" } }, {} });
    REQUIRE(task.examples.size() == 1);
    CHECK(task.examples[0].ids == Ids{ 4, 6 });
    CHECK(task.examples[0].targets == std::vector{ ScoredTarget{ 0, 6, 1 } });
}

TEST_CASE("without an alternative the target's own first token is scored")
{
    const EncodedTask task = encode({ "dcba", { TaskSpan{ 2, 3, {} }, TaskSpan{ 3, 4, {} } }, {} });
    REQUIRE(task.examples.size() == 1);
    CHECK(task.examples[0].targets
        == std::vector{ ScoredTarget{ 1, 2, -1 }, ScoredTarget{ 2, 1, -1 } });
}

TEST_CASE("every span replaces itself alone")
{
    const EncodedTask task
        = encode({ "dada", { TaskSpan{ 1, 2, "c" }, TaskSpan{ 3, 4, "b" } }, {} });
    REQUIRE(task.examples.size() == 1);
    CHECK(task.examples[0].ids == Ids{ 4, 1, 4, 1 });
    // The first becomes dcda: d|cd|a.
    CHECK(task.examples[0].targets
        == std::vector{ ScoredTarget{ 0, 1, 7 }, ScoredTarget{ 2, 1, 2 } });
}

TEST_CASE("the first token is predicted only by a start token")
{
    const TaskExample example{ "da", { TaskSpan{ 0, 1, "c" } }, {} };
    const EncodedTask bare = encode(example);
    CHECK(bare.examples.empty());
    REQUIRE(bare.dropped.size() == 2);
    CHECK(mentions(bare.dropped[0], "nothing predicts"));
    CHECK(mentions(bare.dropped[1], "no target is left"));
    const EncodedTask started = encode(example, true);
    REQUIRE(started.examples.size() == 1);
    CHECK(started.examples[0].ids == Ids{ 0, 4, 1 });
    CHECK(started.examples[0].targets == std::vector{ ScoredTarget{ 0, 4, 3 } });
}

TEST_CASE("spans without a difference and spans beyond the limit are dropped, the rest stays")
{
    const EncodedTask same
        = encode({ "dad", { TaskSpan{ 1, 2, "a" }, TaskSpan{ 1, 2, "b" } }, {} });
    REQUIRE(same.examples.size() == 1);
    CHECK(same.examples[0].targets == std::vector{ ScoredTarget{ 0, 1, 2 } });
    REQUIRE(same.dropped.size() == 1);
    CHECK(mentions(same.dropped[0], "Example 1"));
    CHECK(mentions(same.dropped[0], "span 1"));
    // The text is a beginning of the text with the alternative: nothing to compare.
    CHECK(encode({ "da", { TaskSpan{ 1, 2, "ad" } }, {} }).examples.empty());

    const TaskExample spread{ "dadadada", { TaskSpan{ 1, 2, "b" }, TaskSpan{ 5, 6, "b" } }, {} };
    for (const int limit : { 5, 6 }) {
        const EncodedTask cut = encode(spread, false, limit);
        REQUIRE(cut.examples.size() == 1);
        CHECK(cut.examples[0].ids.size() == static_cast<std::size_t>(limit));
        CHECK(cut.examples[0].targets.size() == (limit == 6 ? 2 : 1));
        CHECK(cut.dropped.size() == (limit == 6 ? 0 : 1));
    }
}

TEST_CASE("choices begin where the prompt alone ends")
{
    const std::vector<ChoiceItem> items = { { "dc", { "a", "bé" }, 1 } };
    const EncodedChoices encoded = encode_choices(items, letters(false), 100);
    REQUIRE(encoded.items.size() == 1);
    CHECK(encoded.items[0].answer == 1);
    const std::vector<EncodedChoice>& choices = encoded.items[0].choices;
    REQUIRE(choices.size() == 2);
    CHECK(choices[0].ids == Ids{ 4, 3, 1 });
    CHECK(choices[0].first == 2);
    CHECK(choices[0].bytes == 1);
    CHECK(choices[1].ids == Ids{ 4, 3, 2, 5 });
    CHECK(choices[1].first == 2);
    CHECK(choices[1].bytes == 3);

    // The choice joins the prompt's last token.
    const EncodedChoices joined
        = encode_choices({ { "ddc", { "d", "a" }, 0 } }, letters(false), 100);
    REQUIRE(joined.items.size() == 1);
    CHECK(joined.items[0].choices[0].ids == Ids{ 4, 4, 7 });
    CHECK(joined.items[0].choices[0].first == 2);
}

TEST_CASE("an empty prompt needs a start token to score the first word")
{
    const std::vector<ChoiceItem> items = { { "", { "dad", "da" }, 0 } };
    const EncodedChoices bare = encode_choices(items, letters(false), 100);
    REQUIRE(bare.items.size() == 1);
    CHECK(bare.items[0].choices[0].first == 1);
    CHECK(bare.items[0].choices[0].ids.size() == 3);
    const EncodedChoices started = encode_choices(items, letters(true), 100);
    REQUIRE(started.items.size() == 1);
    CHECK(started.items[0].choices[0].first == 1);
    CHECK(started.items[0].choices[0].ids.size() == 4);
}

TEST_CASE("what stands before a choice without a prompt is the rule's")
{
    Tokenizer tokenizer = letters(false);
    tokenizer.set_prefix_token(0);
    const auto first_ids = [&](const Tokenizer& by, const char* prompt, BosRule rule) {
        const EncodedChoices encoded
            = encode_choices({ { prompt, { "da", "a" }, 0 } }, by, 100, rule);
        return encoded.items.empty() ? Ids{} : encoded.items[0].choices[0].ids;
    };
    CHECK(first_ids(tokenizer, "", BosRule::automatic) == Ids{ 0, 4, 1 });
    CHECK(first_ids(tokenizer, "", BosRule::always) == Ids{ 0, 4, 1 });
    CHECK(first_ids(tokenizer, "b", BosRule::automatic) == Ids{ 2, 4, 1 });
    CHECK(first_ids(tokenizer, "b", BosRule::always) == Ids{ 0, 2, 4, 1 });
    CHECK(first_ids(tokenizer, "b", BosRule::never) == Ids{ 2, 4, 1 });
    // A tokenizer that puts it there itself: never twice, and not at all where it never is to be.
    Tokenizer starting = letters(true);
    starting.set_prefix_token(0);
    for (const BosRule rule : { BosRule::automatic, BosRule::always }) {
        CHECK(first_ids(starting, "", rule) == Ids{ 0, 4, 1 });
        CHECK(first_ids(starting, "b", rule) == Ids{ 0, 2, 4, 1 });
    }
    CHECK(first_ids(starting, "b", BosRule::never) == Ids{ 2, 4, 1 });

    const std::vector<ChoiceItem> items = { { "", { "da", "ad" }, 0 }, { "b", { "a", "d" }, 0 } };
    const EncodedChoices with = encode_choices(items, tokenizer, 100);
    CHECK(with.items[0].choices[0].first == 1);
    CHECK_FALSE(with.items[0].choices[0].starts_unscored);
    CHECK(with.prefixed == 1);
    CHECK(with.unscored_starts == 0);
    const EncodedChoices without = encode_choices(items, tokenizer, 100, BosRule::never);
    CHECK(without.items[0].choices[0].starts_unscored);
    CHECK(without.prefixed == 0);
    CHECK(without.unscored_starts == 1);
    CHECK(without.items[1].index == 1);
    CHECK(encode_choices(items, starting, 100).prefixed == 0); // as ever
}

TEST_CASE("an answer in token ids stands behind the text's tokens as it is")
{
    const Tokenizer tokenizer = letters(true);
    const auto encoded = [&](TokenAnswer answer, std::optional<std::string> corrupted = {},
                             int most = 100) {
        return encode_example({ "da", {}, std::move(corrupted), answer }, tokenizer, most);
    };
    // a and b would be one token, ab.
    const ExampleEncoding plain = encoded({ 2, 4 }, "dd");
    CHECK(plain.left_out.empty());
    CHECK(plain.example.ids == Ids{ 0, 4, 1, 2 });
    CHECK(plain.example.targets == std::vector{ ScoredTarget{ 2, 2, 4 } });
    CHECK(plain.example.corrupted == Ids{ 0, 4, 4, 2 });
    CHECK(mentions(encoded({ 2, 4 }, "d").corrupted_problem, "more or fewer tokens"));
    CHECK(encoded({ 8, 4 }).doubts.size() == 1); // a space against a letter
    const auto reason = [&](TokenAnswer answer, int most = 100) {
        const ExampleEncoding left_out = encoded(answer, {}, most);
        CHECK(left_out.example.targets.empty());
        REQUIRE(left_out.left_out.size() == 1);
        return left_out.left_out[0].reason;
    };
    CHECK(mentions(reason({ 2, 9 }), "the token id 9 is beyond the tokenizer's 9 tokens"));
    CHECK(mentions(reason({ 2, 2 }), "the same token"));
    CHECK(mentions(reason({ 2, 4 }, 3), "beyond the first 3 tokens"));
    Tokenizer smaller = letters(true);
    smaller.set_model_vocabulary(4);
    CHECK_FALSE(encode_example({ "a", {}, {}, TokenAnswer{ 2, 5 } }, smaller, 100).left_out.empty());
}

TEST_CASE("items that cannot be scored are dropped with a reason")
{
    const std::vector<ChoiceItem> items
        = { { "", { "d", "da" }, 0 }, { "d", { "a", "aaaa" }, 0 }, { "d", { "a", "b" }, 0 } };
    const EncodedChoices encoded = encode_choices(items, letters(false), 4);
    CHECK(encoded.items.size() == 1);
    REQUIRE(encoded.dropped.size() == 2);
    CHECK(mentions(encoded.dropped[0], "item 1, choice 1"));
    CHECK(mentions(encoded.dropped[1], "item 2, choice 2"));
}

TEST_CASE("an answer that begins a word beside one that goes on with one is doubted")
{
    const Tokenizer tokenizer = letters(false);
    const auto doubts = [&](const char* text, int start, const char* alternative) {
        return encode_example({ text, { TaskSpan{ start, 4, alternative } }, {} }, tokenizer, 100)
            .doubts.size();
    };
    CHECK(doubts("c cd", 1, "b") == 1);
    CHECK(doubts("c cd", 2, " b") == 1);
    CHECK(doubts("c cd", 2, "b") == 0);
    const EncodedTask task = encode_task({ { "c cd", { TaskSpan{ 1, 4, "b" } }, {} },
                                             { "c cd", { TaskSpan{ 2, 4, "b" } }, {} } },
        tokenizer, 100);
    CHECK(task.examples.size() == 2);
    CHECK(task.doubts == 1);
    REQUIRE(task.notes.size() == 1);
    CHECK(mentions(task.notes[0], "1 target looks like a mistake"));
}

TEST_CASE("examples that lack an alternative or a corrupted prompt that fits are counted")
{
    const EncodedTask task
        = encode_task({ { "ccd", { TaskSpan{ 1, 2, "b" } }, "cca" },
                          { "acb", { TaskSpan{ 2, 3, "c" }, TaskSpan{ 1, 2, {} } }, "acbb" },
                          { "acb", { TaskSpan{ 2, 3, {} } }, {} } },
            letters(false), 100);
    REQUIRE(task.examples.size() == 3);
    CHECK(task.without_alternative.examples == 2);
    CHECK(task.without_alternative.first == "Example 2 (acb)");
    CHECK(task.without_corrupted.examples == 3); // `cd` is one token
    CHECK(task.notes.empty()); // whoever needs one says it
}

TEST_CASE("examples of the same tokens are shared, whatever their targets")
{
    const auto encoded = [](std::vector<TaskExample> examples) {
        return encode_task(examples, letters(false), 100);
    };
    const EncodedTask trained = encoded(
        { { "ccd", { TaskSpan{ 1, 2, "b" } }, {} }, { "acb", { TaskSpan{ 2, 3, "c" } }, {} } });
    CHECK(shared_examples(trained, trained) == 2);
    CHECK(shared_examples(trained, encoded({ { "acb", { TaskSpan{ 1, 2, "d" } }, {} } })) == 1);
    CHECK(shared_examples(trained, encoded({ { "acc", { TaskSpan{ 1, 2, "d" } }, {} } })) == 0);
    CHECK(shared_examples(trained, {}) == 0);
}

TEST_CASE("a token that the model has no embedding for leaves its example out")
{
    Tokenizer tokenizer = letters(false);
    tokenizer.set_model_vocabulary(7); // `cd` is 7
    const EncodedTask task = encode_task({ { "ccd", { TaskSpan{ 1, 2, "b" } }, {} },
                                             { "acb", { TaskSpan{ 2, 3, "c" } }, "acd" },
                                             { "acb", { TaskSpan{ 1, 3, "cd" } }, {} } },
        tokenizer, 100);
    REQUIRE(task.examples.size() == 1);
    CHECK(task.examples[0].corrupted.empty());
    REQUIRE(task.dropped.size() == 4);
    CHECK(mentions(task.dropped[0], "gives the token 7 (cd), but config.json says vocab_size is 7"));
    CHECK(mentions(task.dropped[2], "vocab_size"));
    const EncodedChoices choices = encode_choices({ { "c", { "b", "cd" }, 0 } }, tokenizer, 100);
    CHECK(choices.items.empty());
    REQUIRE(choices.dropped.size() == 1);
    CHECK(mentions(choices.dropped[0], "vocab_size"));
}
