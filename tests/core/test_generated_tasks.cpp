#include "core/architecture/model_files.h"
#include "core/base/error.h"
#include "core/base/utf8.h"
#include "core/tasks/encoded_task.h"
#include "core/tasks/generated/generated_task.h"
#include "core/tasks/generated/words.h"
#include "core/tasks/left_out.h"
#include "core/tasks/well_formed.h"
#include "core/tokenizer/model_tokenizer.h"
#include "tests/support/skip.h"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

using namespace circuitloom;

namespace {

using Ids = std::vector<std::int32_t>;
using Texts = std::vector<std::string>;

constexpr std::string_view names[] = { "ioi", "greater-than", "agreement", "pronoun-gender" };

Texts words_of(const std::string& text)
{
    Texts words;
    std::istringstream stream(text);
    for (std::string word; stream >> word;)
        words.push_back(word);
    return words;
}

/// How a byte-level vocabulary writes ASCII and the space before it.
std::string spelt(const std::string& text)
{
    std::string written;
    for (const char c : text)
        written += c == ' ' ? "\u0120" : std::string(1, c);
    return written;
}

/// How a tokenizer cuts numbers.
struct Numbers
{
    int digits = 1; ///< every number of at most so many is one token
    bool space = false; ///< the first has the space before it, as in GPT-2
    int longest = digits; ///< digits in one word
};

/// Byte-level, with every word of `texts` as one token, with and without a space before it.
Tokenizer word_tokenizer(const std::vector<TaskExample>& examples, Numbers numbers,
    const Texts& whole_numbers = {}, const std::set<std::string>& unknown = {})
{
    std::set<std::string> tokens;
    for (const TaskExample& example : examples)
        for (std::string word : words_of(example.text + " " + *example.corrupted)) {
            while (!word.empty() && std::ispunct(static_cast<unsigned char>(word.back())))
                word.pop_back();
            const bool number = std::any_of(word.begin(), word.end(), ::isdigit);
            if (!number && !unknown.contains(word)) {
                tokens.insert(spelt(word));
                tokens.insert(spelt(" " + word));
            }
        }
    for (int digits = 1, bound = 10; digits <= numbers.digits; ++digits, bound *= 10)
        for (int number = 0; number < bound; ++number) {
            std::string text = std::to_string(number);
            text.insert(0, static_cast<std::size_t>(digits) - text.size(), '0');
            tokens.insert(text);
            if (numbers.space)
                tokens.insert(spelt(" " + text));
        }
    tokens.insert(whole_numbers.begin(), whole_numbers.end());
    for (int character = '!'; character <= '~'; ++character)
        tokens.insert(std::string(1, static_cast<char>(character)));
    tokens.insert(spelt(" "));

    nlohmann::json vocabulary;
    int id = 0;
    for (const std::string& token : tokens)
        vocabulary[token] = id++;
    const std::string cut = std::string(numbers.space ? " ?" : "") + "\\p{N}{1,"
        + std::to_string(numbers.longest) + "}";
    const nlohmann::json json{
        { "pre_tokenizer",
            { { "type", "Sequence" },
                { "pretokenizers",
                    { { { "type", "Split" }, { "pattern", { { "Regex", cut } } },
                          { "behavior", "Isolated" } },
                        { { "type", "ByteLevel" }, { "add_prefix_space", false },
                            { "use_regex", true } } } } } },
        { "model",
            { { "type", "BPE" }, { "ignore_merges", true }, { "vocab", vocabulary },
                { "merges", nlohmann::json::array() } } }
    };
    return Tokenizer::from_json(json.dump(), "", "words");
}

/// Tokenizers with words and those of the models at hand.
std::map<std::string, Tokenizer> all_tokenizers()
{
    std::vector<TaskExample> examples;
    for (const std::string_view name : names)
        for (TaskExample& example : generate_task(name, 3000, 7))
            examples.push_back(std::move(example));
    std::map<std::string, Tokenizer> tokenizers;
    tokenizers.emplace("one digit", word_tokenizer(examples, { 1, false }));
    tokenizers.emplace("two digits", word_tokenizer(examples, { 2, false }));
    tokenizers.emplace("two digits and a space", word_tokenizer(examples, { 2, true }));
    tokenizers.emplace("three digits", word_tokenizer(examples, { 3, false }));
    tokenizers.emplace("four digits", word_tokenizer(examples, { 4, true }));
    for (const std::string& model :
        { std::string("demo"), CIRCUITLOOM_TEST_DATA + std::string("/tiny_gpt2"),
            CIRCUITLOOM_TEST_DATA + std::string("/tiny_llama") })
        tokenizers.emplace(model, tokenizer_of(open_model_files(model)));
    return tokenizers;
}

std::string prompt_of(const TaskExample& example)
{
    return example.text.substr(0, static_cast<std::size_t>(example.spans[0].start));
}
std::string target_of(const TaskExample& example)
{
    return example.text.substr(static_cast<std::size_t>(example.spans[0].start));
}
std::string with_alternative(const TaskExample& example)
{
    return prompt_of(example) + *example.spans[0].alternative;
}

/// The words at which two texts of as many words differ.
std::vector<std::pair<std::string, std::string>> changed_words(
    const std::string& text, const std::string& other)
{
    const Texts a = words_of(text);
    const Texts b = words_of(other);
    REQUIRE(a.size() == b.size());
    std::vector<std::pair<std::string, std::string>> changed;
    for (std::size_t i = 0; i < a.size(); ++i)
        if (a[i] != b[i])
            changed.emplace_back(a[i], b[i]);
    return changed;
}

bool is_name(const std::string& word)
{
    const auto& women = generated::words().women;
    const auto& men = generated::words().men;
    return std::find(women.begin(), women.end(), word) != women.end()
        || std::find(men.begin(), men.end(), word) != men.end();
}

} // namespace

TEST_CASE("the words have no repeats and no name is of both genders")
{
    const generated::Words& words = generated::words();
    std::set<std::string> seen;
    for (const Texts& list : { words.women, words.men, words.places, words.objects })
        for (const std::string& word : list)
            CHECK(seen.insert(word).second);
    std::set<std::string> nouns;
    for (const auto& list : { words.people, words.things })
        for (const generated::Forms& noun : list) {
            CHECK(nouns.insert(noun.singular).second);
            CHECK(nouns.insert(noun.plural).second);
        }
}

TEST_CASE("many different examples, the same for the same seed, none of them held out")
{
    for (const std::string_view name : names) {
        INFO(name);
        const std::vector<TaskExample> examples = generate_task(name, 2000, 1);
        REQUIRE(examples.size() == 2000);
        CHECK(examples == generate_task(name, 2000, 1));
        CHECK(examples != generate_task(name, 2000, 2));
        // Fewer are the first of more.
        const std::vector<TaskExample> few = generate_task(name, 10, 1);
        CHECK(std::equal(few.begin(), few.end(), examples.begin()));
        CHECK(generate_task(name, 0, 1).empty());
        std::set<std::string> texts;
        for (const TaskExample& example : examples)
            texts.insert(example.text);
        CHECK(texts.size() == 2000);
        for (const TaskExample& example : generate_task(std::string(name) + "-held-out", 1000, 1))
            CHECK_FALSE(texts.contains(example.text));
        CHECK(load_task(name) == generate_task(name, generated_examples, generated_seed));
    }
    CHECK(generated_tasks().size() == std::size(names));
    for (const GeneratedTask& task : generated_tasks())
        CHECK(is_generated_task(task.name));
    CHECK_FALSE(is_generated_task("demo/disagreement"));
    CHECK_FALSE(is_generated_task("-held-out"));
    CHECK_THROWS_AS(generate_task("ioi-held-in", 1, 1), InputError);
}

TEST_CASE("every example ends with its target and reads as a task file")
{
    for (const std::string_view name : names) {
        const std::vector<TaskExample> examples = generate_task(name, 2000, 3);
        CHECK(parse_task(to_jsonl(examples), "written") == examples);
        for (const TaskExample& example : examples) {
            REQUIRE(example.spans.size() == 1);
            CHECK(character_offsets(example.text).size() == example.text.size() + 1);
            CHECK(example.spans[0].end == static_cast<int>(example.text.size()));
            CHECK(target_of(example) != *example.spans[0].alternative);
            CHECK(example.corrupted->ends_with(target_of(example)));
            CHECK(example.text.find('{') == std::string::npos);
            CHECK(example.text.find("  ") == std::string::npos);
        }
    }
}

TEST_CASE("ioi: the name that came once is the target, corrupted with a stranger")
{
    int first = 0;
    for (const TaskExample& example : generate_task("ioi", 2000, 1)) {
        INFO(example.text);
        Texts people;
        for (std::string word : words_of(prompt_of(example))) {
            while (std::ispunct(static_cast<unsigned char>(word.back())))
                word.pop_back();
            if (is_name(word))
                people.push_back(word);
        }
        REQUIRE(people.size() == 3);
        const std::string giver = people[2];
        const std::string receiver = people[0] == giver ? people[1] : people[0];
        CHECK(people[0] != people[1]);
        CHECK(((people[0] == giver) != (people[1] == giver)));
        first += people[0] == receiver;
        CHECK(target_of(example) == " " + receiver);
        CHECK(*example.spans[0].alternative == " " + giver);
        const auto changed = changed_words(example.text, *example.corrupted);
        REQUIRE(changed.size() == 1);
        CHECK(changed[0].first == giver);
        CHECK(is_name(changed[0].second));
        CHECK(changed[0].second != receiver);
    }
    CHECK(first > 800); // both orders
    CHECK(first < 1200);
}

TEST_CASE("greater-than: the target is later than the start year, the alternative earlier")
{
    std::set<std::string> start_years;
    for (const TaskExample& example : generate_task("greater-than", 2000, 1)) {
        INFO(example.text);
        const std::string text = example.text;
        const std::size_t at = text.find_first_of("0123456789");
        const std::string start = text.substr(at, 4);
        const std::string century = start.substr(0, 2);
        start_years.insert(start);
        CHECK(prompt_of(example).ends_with(" " + century));
        const int year = std::stoi(start.substr(2));
        const int later = std::stoi(target_of(example));
        const int earlier = std::stoi(*example.spans[0].alternative);
        CHECK(target_of(example).size() == 2);
        CHECK(example.spans[0].alternative->size() == 2);
        CHECK(later > year);
        CHECK(earlier < year);
        // So that the tens alone decide.
        CHECK(later / 10 > year / 10);
        CHECK(earlier / 10 < year / 10);
        CHECK(later % 10 == earlier % 10);
        CHECK(*example.corrupted == std::string(text).replace(at, 4, century + "01"));
    }
    CHECK(start_years.size() > 500);
}

TEST_CASE("agreement: the verb follows the subject, corrupted in the other number")
{
    std::map<std::string, std::string> other_form;
    for (const auto& list : { generated::words().people, generated::words().things })
        for (const generated::Forms& noun : list) {
            other_form[noun.singular] = noun.plural;
            other_form[noun.plural] = noun.singular;
        }
    std::set<std::string> plurals;
    for (const auto& list : { generated::words().people, generated::words().things })
        for (const generated::Forms& noun : list)
            plurals.insert(noun.plural);
    const std::set<std::string> irregular{ " are", " were", " have" };
    int misled = 0;
    for (const TaskExample& example : generate_task("agreement", 2000, 1)) {
        INFO(example.text);
        const auto changed = changed_words(example.text, *example.corrupted);
        REQUIRE(changed.size() == 1);
        CHECK(changed[0].second == other_form.at(changed[0].first));
        const bool plural = plurals.contains(changed[0].first);
        const std::string verb = target_of(example);
        const std::string wrong = *example.spans[0].alternative;
        if (plural)
            CHECK((irregular.contains(verb) || wrong == verb + "s"));
        else
            CHECK((irregular.contains(wrong) || verb == wrong + "s"));
        // The subject is the first noun; another of the other number may come nearer the verb.
        const Texts words = words_of(prompt_of(example));
        int nouns = 0;
        for (const std::string& word : words)
            if (other_form.contains(word) && nouns++ == 0)
                CHECK(word == changed[0].first);
            else if (other_form.contains(word))
                misled += plurals.contains(word) != plural;
    }
    CHECK(misled > 300);
}

TEST_CASE("pronoun-gender: he or she by the person, corrupted with one of the other gender")
{
    const auto& women = generated::words().women;
    int she = 0;
    for (const TaskExample& example : generate_task("pronoun-gender", 2000, 1)) {
        INFO(example.text);
        const bool woman = target_of(example) == " she";
        she += woman;
        CHECK(target_of(example) == (woman ? " she" : " he"));
        CHECK(*example.spans[0].alternative == (woman ? " he" : " she"));
        const auto changed = changed_words(example.text, *example.corrupted);
        REQUIRE(changed.size() == 1);
        const auto female = [&women](const std::string& word) {
            return std::find(women.begin(), women.end(), word) != women.end();
        };
        CHECK(is_name(changed[0].first) == is_name(changed[0].second));
        if (is_name(changed[0].first)) {
            CHECK(female(changed[0].first) == woman);
            CHECK(female(changed[0].second) != woman);
        }
    }
    CHECK(she > 800);
    CHECK(she < 1200);
}

namespace {

void check_well_formed(const std::string& model, const Tokenizer& tokenizer)
{
    for (const std::string_view name : names) {
        const GeneratedExamples made = generate_task(name, 1000, 1, tokenizer);
        std::string reasons;
        for (const ReasonCount& reason : count_reasons(made.left_out))
            reasons += "; " + std::to_string(reason.count) + " × " + reason.reason;
        MESSAGE(model << ", " << name << ": " << made.examples.size() << " kept" << reasons);
        if (model.find("digit") != std::string::npos)
            CHECK(made.examples.size() == 1000);
        CHECK((made.examples.size() == 1000 || !made.left_out.empty()));
        const EncodedTask task = encode_task(made.examples, tokenizer, 100);
        CHECK(task.dropped.empty());
        CHECK(task.notes.empty());
        REQUIRE(task.examples.size() == made.examples.size());
        for (std::size_t i = 0; i < made.examples.size(); ++i) {
            const TaskExample& example = made.examples[i];
            const EncodedExample& encoded = task.examples[i];
            INFO(example.text);
            const Ids ids = tokenizer.encode(example.text);
            const Ids other = tokenizer.encode(with_alternative(example));
            REQUIRE(encoded.ids == ids);
            REQUIRE(encoded.targets.size() == 1);
            const auto scored = static_cast<std::size_t>(encoded.targets[0].position) + 1;
            REQUIRE(other.size() == ids.size());
            REQUIRE(scored < ids.size());
            CHECK(encoded.targets[0].target == ids[scored]);
            CHECK(encoded.targets[0].alternative == other[scored]);
            CHECK(ids[scored] != other[scored]);
            CHECK(encoded.corrupted.size() == ids.size());
            Ids put_right = other;
            put_right[scored] = ids[scored];
            CHECK(put_right == ids); // one token differs
            const auto at = static_cast<std::ptrdiff_t>(scored);
            CHECK(std::equal(ids.begin() + at, ids.end(), encoded.corrupted.begin() + at));
            CHECK(encoded.corrupted != ids);
            if (name == "greater-than") {
                // The scored tokens are as many digits, and they decide.
                const std::string later = tokenizer.decode(Ids{ ids[scored] });
                const std::string earlier = tokenizer.decode(Ids{ other[scored] });
                CHECK(later.size() == earlier.size());
                CHECK(later > earlier);
            }
        }
    }
}

} // namespace

TEST_CASE("whatever is kept is well formed, for every tokenizer")
{
    for (const auto& [model, tokenizer] : all_tokenizers())
        check_well_formed(model, tokenizer);
}

TEST_CASE("whatever is kept is well formed for the shared model stories260k"
    * doctest::test_suite("conditional"))
{
    const std::string model = CIRCUITLOOM_SHARED + std::string("/models/stories260k");
    if (!std::filesystem::exists(model)) {
        circuitloom::testing::skip("there is no " + model);
        return;
    }
    check_well_formed(model, tokenizer_of(open_model_files(model)));
}

TEST_CASE("how years are cut decides which token is scored")
{
    const std::vector<TaskExample> examples = generate_task("greater-than", 500, 1);
    const std::vector<std::pair<Numbers, std::size_t>> scored_digits = { { { 1, false }, 1 },
        { { 2, false }, 2 }, { { 2, true }, 2 }, { { 3, false }, 3 }, { { 4, false }, 4 } };
    for (const auto& [numbers, digits] : scored_digits) {
        const Tokenizer tokenizer = word_tokenizer(examples, numbers);
        for (const TaskExample& example : examples) {
            REQUIRE(why_ill_formed(example, tokenizer).empty());
            const ExampleEncoding encoding = encode_example(example, tokenizer, 100);
            CHECK(tokenizer.token_text(encoding.example.targets.at(0).target).size() == digits);
        }
    }
    // Where some years are one token and others are not, as in GPT-2, both must be of one kind.
    const TaskExample& example = examples.front();
    const std::string year = spelt(" " + words_of(example.text).back());
    const std::string other = spelt(" " + words_of(with_alternative(example)).back());
    const Numbers loose{ 1, true, 4 };
    CHECK(why_ill_formed(example, word_tokenizer(examples, loose, { year, other })).empty());
    for (const std::string& whole : { year, other })
        CHECK(why_ill_formed(example, word_tokenizer(examples, loose, { whole }))
            == "target and alternative have different numbers of tokens");
}

TEST_CASE("what is left out says why")
{
    const std::vector<TaskExample> examples = generate_task("ioi", 3000, 7);
    const Tokenizer without_mary = word_tokenizer(examples, {}, {}, { "Mary", "John" });
    const GeneratedExamples made = generate_task("ioi", 1000, 1, without_mary);
    CHECK(made.examples.size() == 1000);
    REQUIRE_FALSE(made.left_out.empty());
    for (const TaskExample& example : made.examples) {
        CHECK(target_of(example) != " Mary");
        CHECK(target_of(example) != " John");
    }
    for (const LeftOut& part : made.left_out) {
        CHECK(part.where.starts_with("Example "));
        CHECK_FALSE(part.reason.empty());
    }
    // Both are four letters long: one text may stand for the other, but not one token for another.
    const auto reason
        = [&without_mary](TaskExample example) { return why_ill_formed(example, without_mary); };
    const TaskExample good{ "Then Anna and Emma met at the park, and Emma gave a book to Anna",
        { { 59, 64, " Emma" } },
        "Then Anna and Emma met at the park, and Lisa gave a book to Anna" };
    REQUIRE(target_of(good) == " Anna");
    CHECK(reason(good).empty());
    TaskExample bad = good;
    bad.spans[0].alternative = " Mary";
    CHECK(reason(bad) == "target and alternative have different numbers of tokens");
    bad.spans[0].alternative = std::nullopt;
    CHECK(reason(bad) == "the target has no alternative");
    bad = good;
    bad.corrupted->replace(bad.corrupted->find("Lisa"), 4, "Mary");
    CHECK(reason(bad) == "the corrupted text has another number of tokens");
    bad.corrupted = good.text;
    CHECK(reason(bad) == "the corrupted text has the same tokens");
    bad.corrupted = with_alternative(good);
    CHECK(reason(bad) == "the corrupted text differs at the target");
    bad.corrupted = std::nullopt;
    CHECK(reason(bad) == "there is no corrupted text");
    TaskExample first{ "Anna met", { { 0, 4, "Emma" } }, "Anna gave" };
    CHECK(reason(first) == "the target is the first token, which nothing predicts");
    TaskExample two{ "met Mary met", { { 3, 8, " John" } }, "gave Mary met" };
    CHECK(reason(two) == "target and alternative are not one token each");
}

TEST_CASE("a ready-made task is named like a file")
{
    const std::vector<TaskExample> examples = generate_task("ioi", 3000, 7);
    const Tokenizer tokenizer = word_tokenizer(examples, {}, {}, { "Mary" });
    const EncodedTask task = load_encoded_task("ioi", tokenizer, 100);
    CHECK(task.examples.size() == generated_examples);
    CHECK_FALSE(task.dropped.empty());
    CHECK(task.dropped.size() < 10); // one for each reason
    const EncodedTask held_out = load_encoded_task("ioi-held-out", tokenizer, 100);
    CHECK_FALSE(held_out.examples.empty());
    std::set<Ids> seen;
    for (const EncodedExample& example : task.examples)
        seen.insert(example.ids);
    for (const EncodedExample& example : held_out.examples)
        CHECK_FALSE(seen.contains(example.ids));
    const Tokenizer bytes = word_tokenizer({}, {});
    try {
        load_encoded_task("pronoun-gender", bytes, 100); // he and she have two and three letters
        FAIL("no error");
    } catch (const InputError& error) {
        CHECK(std::string(error.what()).find("pronoun-gender has no example") != std::string::npos);
        CHECK(std::string(error.what()).find("sentences of the ready-made task")
            != std::string::npos);
    }
}
