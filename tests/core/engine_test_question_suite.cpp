// Suites of questions that a model answers in words.
#include "core/base/error.h"
#include "core/evaluation/question_suite.h"
#include "core/evaluation/suite_scoring.h"
#include "core/model/checkpoint.h"
#include "core/tasks/worded_task.h"
#include "core/tokenizer/model_tokenizer.h"
#include "core/tuning/objective.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

using namespace circuitloom;

namespace {

struct Demo
{
    ModelFiles files = open_model_files("demo");
    Transformer model = load_transformer(files, torch::kCPU, torch::kFloat64);
    ChatPrompt chat{ files };
};

/// The likeliest tokens after the question, from a whole pass for each.
std::string literal_answer(const Demo& demo, const std::string& question, int most)
{
    const torch::NoGradGuard no_grad;
    auto ids = demo.chat.question(question);
    std::vector<std::int32_t> made;
    const auto& ends = demo.chat.ends();
    while (static_cast<int>(made.size()) < most
        && static_cast<int>(ids.size()) < demo.model.config().max_positions) {
        const auto next = static_cast<std::int32_t>(
            demo.model
                .logits(torch::tensor(std::vector<std::int64_t>(ids.begin(), ids.end()))
                            .unsqueeze(0))[0][-1]
                .argmax()
                .item<std::int64_t>());
        if (next == demo.model.config().eos_token || std::ranges::find(ends, next) != ends.end())
            break;
        made.push_back(next);
        ids.push_back(next);
    }
    return demo.chat.decode(made);
}

double value_of(const std::vector<EvaluationRecord>& records, const std::string& measure)
{
    for (const EvaluationRecord& record : records)
        if (record.measure == measure)
            return record.value;
    return std::nan("");
}

WordedQuestions questions_of(AnswerRule rule, const std::vector<std::string>& texts)
{
    WordedQuestions questions;
    questions.rule = rule;
    for (const std::string& text : texts)
        questions.questions.push_back({ text, { "True" }, "x" });
    return questions;
}

const std::vector<std::string> texts{ "the dogs near the cat", "the dog", "the cats the dogs see" };

} // namespace

TEST_CASE("a question's answer is the model's likeliest text, and judged by the rule")
{
    const Demo demo;
    WordedQuestions questions = questions_of(AnswerRule::span, texts);
    std::vector<std::string> expected;
    for (WordedQuestion& question : questions.questions) {
        expected.push_back(literal_answer(demo, question.question, 48));
        question.answers = { "nothing like it" };
    }
    questions.questions[1].answers = { "wrong", expected[1] };
    const QuestionSuite suite(questions, "q", demo.chat, demo.model.config().max_positions, 0);
    CHECK(suite.items() == 3);
    std::vector<GivenAnswer> given;
    int batches = 0;
    const auto records = suite.evaluate(
        demo.model, 7, [&batches] { ++batches; }, {}, Ranks::none(), &given);
    REQUIRE(given.size() == 3);
    for (std::size_t i = 0; i < given.size(); ++i) {
        CHECK(given[i].index == i);
        CHECK(given[i].text == expected[i]);
        CHECK(given[i].is_right == (i == 1));
    }
    CHECK(batches > 0);
    CHECK(value_of(records, "exact-match") == doctest::Approx(1.0 / 3));
    CHECK(value_of(records, "exact-match-loosely") == doctest::Approx(1.0 / 3));
    CHECK(value_of(records, "word-f1") >= 1.0 / 3);
    CHECK(records.front().suite == "q");
    CHECK(records.front().step == 7);
    CHECK(records.front().items == 3);
}

TEST_CASE("a pass in parts has fewer questions answered at once, and the same figures")
{
    const Demo demo;
    CapabilitySuite suite;
    suite.name = "q";
    suite.worded = questions_of(AnswerRule::span, texts);
    const PreparedSuite prepared(suite, demo.chat, demo.model.config().max_positions, 0);
    std::vector<int> passes;
    std::vector<double> figures;
    for (const int parts : { 1, 100 }) {
        passes.push_back(0);
        SuitePass pass;
        pass.parts = parts;
        pass.before_batch = [&passes] { ++passes.back(); };
        figures.push_back(value_of(prepared.evaluate(demo.model, 0, pass), "word-f1"));
    }
    CHECK(passes[1] > passes[0]);
    CHECK(figures[0] == doctest::Approx(figures[1]));
}

TEST_CASE("each rule has its figures, strict and loose")
{
    const Demo demo;
    const int context = demo.model.config().max_positions;
    const auto numbers = questions_of(AnswerRule::number, texts);
    const auto solved = QuestionSuite(numbers, "n", demo.chat, context, 2).evaluate(demo.model, 0);
    CHECK(value_of(solved, "solved") == 0);
    CHECK(value_of(solved, "solved-loosely") == 0);
    CHECK(solved.front().items == 2);
    const auto words = questions_of(AnswerRule::word, texts);
    const auto macro = QuestionSuite(words, "w", demo.chat, context, 0).evaluate(demo.model, 0);
    CHECK(macro.size() == 4);
    CHECK(value_of(macro, "macro-f1") == 0);
}

TEST_CASE("instructions are counted over the suite, and prompts whose instructions are all followed")
{
    const Demo demo;
    WordedQuestions questions = questions_of(AnswerRule::instructions, texts);
    Instruction none, never;
    none.name = "punctuation:no_comma";
    never.name = "length_constraints:number_words";
    never.count = 100'000;
    questions.questions[0].instructions = { none };
    questions.questions[1].instructions = { never, none };
    questions.questions[2].instructions = { never, never, none };
    questions.questions.push_back(questions.questions[2]);
    questions.questions[3].problem = "file.jsonl:4: it cannot be checked";
    const QuestionSuite suite(questions, "i", demo.chat, 40, 0);
    CHECK(suite.items() == 3);
    REQUIRE(suite.dropped().size() == 1);
    CHECK(suite.dropped()[0].find("file.jsonl:4") != std::string::npos);
    std::vector<GivenAnswer> given;
    const auto records = suite.evaluate(demo.model, 0, {}, {}, Ranks::none(), &given);
    for (const GivenAnswer& answer : given) {
        REQUIRE_FALSE(answer.text.empty());
        CHECK(answer.is_right == (answer.index == 0));
    }
    for (const char* rule : { "", "-loosely" }) {
        CHECK(value_of(records, std::string("solved") + rule) == doctest::Approx(1.0 / 3));
        CHECK(value_of(records, std::string("instructions-followed") + rule)
            == doctest::Approx(3.0 / 6));
    }
}

TEST_CASE("a question without room for an answer is left out by name, and all of them refused")
{
    const Demo demo;
    std::string longest;
    for (int i = 0; i < demo.model.config().max_positions; ++i)
        longest += " the dog";
    const auto questions = questions_of(AnswerRule::span, { longest, "the dog" });
    const QuestionSuite suite(questions, "q", demo.chat, demo.model.config().max_positions, 0);
    CHECK(suite.items() == 1);
    REQUIRE(suite.dropped().size() == 1);
    CHECK(suite.dropped()[0].find("question 1") == 0);
    CHECK_THROWS_AS(
        QuestionSuite(questions, "q", demo.chat, demo.model.config().max_positions, 1), InputError);

    CapabilitySuite read;
    read.name = "q";
    read.worded = questions;
    const PreparedSuite prepared = prepared_suite(
        read, demo.files, tokenizer_of(demo.files), demo.model.config().max_positions, 0);
    CHECK(prepared.items() == 1);
    CHECK(prepared.note().find("1 of 2 items is left out") != std::string::npos);
    CHECK(value_of(prepared.evaluate(demo.model, 0), "exact-match") == 0);
}

TEST_CASE("an ablated pass answers questions too")
{
    const Demo demo;
    const auto questions = questions_of(AnswerRule::span, { "the dogs" });
    const QuestionSuite suite(questions, "q", demo.chat, demo.model.config().max_positions, 0);
    std::vector<GivenAnswer> own, through;
    suite.evaluate(demo.model, 0, {}, {}, Ranks::none(), &own);
    suite.evaluate(
        demo.model, 0, {}, [&](const torch::Tensor& ids) { return demo.model.hidden(ids); },
        Ranks::none(), &through);
    CHECK(own[0].text == through[0].text);
}

TEST_CASE("pronoun bias is the mean of the occupations' means, from whole passes")
{
    const Demo demo;
    const Tokenizer tokenizer = tokenizer_of(demo.files);
    CapabilitySuite suite;
    suite.name = "bias";
    const std::vector<std::string> occupations{ "farmer", "farmer", "nurse" };
    for (std::size_t i = 0; i < texts.size(); ++i)
        suite.items.push_back({ texts[i], { " sees", " see" }, 0, occupations[i] });
    const PreparedSuite prepared
        = prepared_suite(suite, demo.files, tokenizer, demo.model.config().max_positions, 0);
    std::vector<ScoredItem> items;
    const auto records = prepared.evaluate(demo.model, 0, {}, &items);
    std::vector<double> r;
    for (const ScoredItem& item : items) {
        const double own = std::exp(item.choices[0].log_probability);
        const double p = own / (own + std::exp(item.choices[1].log_probability));
        r.push_back(std::max(p / .5 - 1, 0.0));
    }
    REQUIRE(r.size() == 3);
    CHECK(value_of(records, "pronoun-bias")
        == doctest::Approx(((r[0] + r[1]) / 2 + r[2]) / 2).epsilon(1e-9));
    for (ChoiceItem& item : suite.items)
        item.occupation.clear();
    CHECK(std::isnan(
        value_of(prepared_suite(suite, demo.files, tokenizer, demo.model.config().max_positions, 0)
                     .evaluate(demo.model, 0),
            "pronoun-bias")));
}

TEST_CASE("what follows a blank is scored after each option, from whole passes")
{
    const Demo demo;
    const Tokenizer tokenizer = tokenizer_of(demo.files);
    CapabilitySuite suite;
    suite.name = "blanks";
    suite.items = { { "the ", { " sees the cat", " sees the cat" }, 0 } };
    suite.items[0].lead_ins = { "dog", "dogs near the cat" };
    std::vector<ScoredItem> scored;
    prepared_suite(suite, demo.files, tokenizer, demo.model.config().max_positions, 0)
        .evaluate(demo.model, 0, {}, &scored);
    REQUIRE(scored.size() == 1);
    const torch::NoGradGuard no_grad;
    for (std::size_t c = 0; c < 2; ++c) {
        const std::string start = "the " + suite.items[0].lead_ins[c];
        const auto before = std::ssize(tokenizer.encode(start));
        const auto ids = tokenizer.encode(start + " sees the cat");
        const auto rows = torch::log_softmax(
            demo.model
                .logits(
                    torch::tensor(std::vector<std::int64_t>(ids.begin(), ids.end())).unsqueeze(0))[0],
            -1);
        double sum = 0;
        for (auto i = before; i < std::ssize(ids); ++i)
            sum += rows[i - 1][ids[static_cast<std::size_t>(i)]].item<double>();
        CHECK(scored[0].choices[c].log_probability == doctest::Approx(sum).epsilon(1e-9));
    }
}

TEST_CASE("the loss on targets alone is the mean over the answer's tokens, from whole passes")
{
    const Demo demo;
    WordedQuestions questions;
    questions.questions
        = { { "the dog", { "x" }, "sees the cat" }, { "the dogs", { "x" }, "see" } };
    const EncodedTask task = encode_worded_task(questions, demo.chat, 64);
    double expected = 0;
    for (std::size_t e = 0; e < task.examples.size(); ++e) {
        const EncodedExample& example = task.examples[e];
        const torch::NoGradGuard no_grad;
        const auto ids
            = torch::tensor(std::vector<std::int64_t>(example.ids.begin(), example.ids.end()));
        const auto rows = torch::log_softmax(demo.model.logits(ids.unsqueeze(0))[0], -1);
        const auto prompt = std::ssize(demo.chat.question(questions.questions[e].question));
        double sum = 0;
        const auto answer = std::ssize(example.ids) - prompt;
        for (std::int64_t i = prompt; i < std::ssize(example.ids); ++i)
            sum -= rows[i - 1][ids[i].item<std::int64_t>()].item<double>();
        expected += sum / static_cast<double>(answer);
    }
    const torch::NoGradGuard no_grad;
    const EncodedExample* const both[]{ &task.examples[0], &task.examples[1] };
    const ScoredBatch batch = make_batch(both, demo.model.device(), demo.model.dtype());
    const double found
        = training_loss(demo.model, demo.model.hidden(batch.ids), batch, LossKind::target_only)
              .item<double>();
    CHECK(found == doctest::Approx(expected / 2).epsilon(1e-9));
}
