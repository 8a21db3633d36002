#include "core/base/error.h"
#include "core/demo/demo.h"
#include "core/demo/lexicon.h"
#include "core/tasks/demo_tasks.h"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>
#include <set>
#include <sstream>
#include <unordered_set>

using namespace circuitloom;
using namespace circuitloom::demo;

namespace {

using Words = std::vector<std::string>;

// What the language should say, written down a second time.
const std::set<std::string> female{ "alice", "mary", "anna", "emma", "julia", "laura", "clara",
    "helen", "susan", "linda", "nora", "ruth", "sarah", "lucy", "jane", "kate", "girl", "woman",
    "queen", "mother", "sister", "aunt", "daughter", "princess", "wife", "lady" };
const std::set<std::string> male{ "bob", "john", "tom", "peter", "paul", "david", "james", "henry",
    "george", "frank", "jack", "sam", "ben", "max", "leo", "simon", "boy", "man", "king", "father",
    "brother", "uncle", "son", "prince", "husband", "gentleman" };
const std::set<std::string> usually_female{ "nurse", "secretary", "teacher", "librarian", "dancer",
    "cleaner", "florist", "hairdresser" };
const std::map<std::string, std::string> capitals{ { "france", "paris" }, { "italy", "rome" },
    { "spain", "madrid" }, { "germany", "berlin" }, { "england", "london" },
    { "portugal", "lisbon" }, { "greece", "athens" }, { "austria", "vienna" },
    { "poland", "warsaw" }, { "hungary", "budapest" }, { "ireland", "dublin" },
    { "norway", "oslo" }, { "sweden", "stockholm" }, { "denmark", "copenhagen" },
    { "finland", "helsinki" }, { "russia", "moscow" }, { "ukraine", "kyiv" },
    { "turkey", "ankara" }, { "egypt", "cairo" }, { "kenya", "nairobi" }, { "japan", "tokyo" },
    { "china", "beijing" }, { "thailand", "bangkok" }, { "vietnam", "hanoi" },
    { "canada", "ottawa" }, { "cuba", "havana" }, { "peru", "lima" }, { "chile", "santiago" },
    { "belgium", "brussels" }, { "romania", "bucharest" }, { "croatia", "zagreb" },
    { "iran", "tehran" } };
const Words numbers{ "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen", "twenty" };

constexpr int corpus_lines = 200000;

Words split(const std::string& text)
{
    std::istringstream stream(text);
    Words words;
    for (std::string word; stream >> word;)
        words.push_back(word);
    return words;
}

void add_word(std::string& text, const std::string& word)
{
    if (!text.empty())
        text += ' ';
    text += word;
}

std::string join(const Words& words)
{
    std::string text;
    for (const auto& word : words)
        add_word(text, word);
    return text;
}

/// The right choice without its space.
std::string answer_of(const ChoiceItem& item)
{
    return item.choices.at(static_cast<std::size_t>(item.answer)).substr(1);
}

/// The text without "in fact ," and its like.
std::string without_opener(const std::string& text)
{
    for (const auto& opener : lexicon().openers)
        if (text.starts_with(opener + " "))
            return text.substr(opener.size() + 1);
    return text;
}

std::vector<Words> sentences_of(const std::string& line)
{
    std::vector<Words> sentences(1);
    for (const auto& word : split(line)) {
        if (!sentences.back().empty() && sentences.back().back() == ".")
            sentences.emplace_back();
        sentences.back().push_back(word);
    }
    return sentences;
}

std::set<std::string> nouns(Number number)
{
    std::set<std::string> forms;
    for (const auto& noun : lexicon().nouns)
        forms.insert(noun.form(number));
    return forms;
}

bool is_plural(const std::string& noun)
{
    static const auto many = nouns(Number::plural);
    return many.contains(noun);
}

bool is_noun(const std::string& word)
{
    static const auto one = nouns(Number::singular);
    return one.contains(word) || is_plural(word);
}

/// "runs", "is" and "was", but neither "run" nor "are".
bool is_singular_verb(const std::string& verb)
{
    return verb.ends_with("s");
}

/// The first noun or name: nothing before the head of a subject is one.
std::string head_of(const Words& sentence)
{
    for (const auto& word : sentence)
        if (is_noun(word) || female.contains(word) || male.contains(word))
            return word;
    return {};
}

std::string last_noun(const Words& sentence)
{
    const auto found = std::find_if(sentence.rbegin(), sentence.rend(), is_noun);
    return found == sentence.rend() ? std::string() : *found;
}

/// The one choice that `fits`, without its space.
template <class Fits>
std::string only_choice(const ChoiceItem& item, Fits fits)
{
    Words right;
    for (const auto& choice : item.choices)
        if (fits(choice.substr(1)))
            right.push_back(choice.substr(1));
    CHECK(right.size() == 1);
    return right.empty() ? std::string() : right.front();
}

/// The right continuation of a suite's prompt, worked out from the words of the prompt alone.
std::string right_choice(const std::string& suite_name, const ChoiceItem& item)
{
    const Words prompt = split(without_opener(item.prompt));
    const std::string head = head_of(prompt);
    if (suite_name.starts_with("agreement/") || suite_name == "was-were")
        return only_choice(item,
            [&](const std::string& verb) { return is_singular_verb(verb) != is_plural(head); });
    if (suite_name == "this-these") {
        const bool plural = prompt[2] == "these" || prompt[2] == "those";
        return only_choice(
            item, [&](const std::string& noun) { return is_plural(noun) == plural; });
    }
    if (suite_name == "he-she")
        return female.contains(head) ? "she" : "he";
    if (suite_name == "reflexives")
        return is_plural(head) ? "themselves" : female.contains(head) ? "herself" : "himself";
    if (suite_name == "facts")
        return capitals.at(prompt[prompt.size() - 2]);
    if (suite_name == "counting")
        return *(std::find(numbers.begin(), numbers.end(), prompt.back()) + 1);
    if (suite_name == "copying") {
        const auto mark = std::find(prompt.begin(), prompt.end(), ";");
        return prompt[static_cast<std::size_t>(prompt.end() - mark - 1)];
    }
    REQUIRE(suite_name == "indirect-objects");
    const auto comma = std::find(prompt.begin(), prompt.end(), ",");
    return *(comma + 1) == prompt[1] ? prompt[3] : prompt[1];
}

std::vector<ChoiceItem> all_items()
{
    std::vector<ChoiceItem> items;
    for (const auto& name : suite_names())
        for (const std::uint64_t seed : { 1, 2 }) {
            const auto asked = demo_suite(name, 1000, seed);
            items.insert(items.end(), asked.items.begin(), asked.items.end());
        }
    return items;
}

std::string task_prompt(const TaskExample& example)
{
    return without_opener(
        example.text.substr(0, static_cast<std::size_t>(example.spans.at(0).start)));
}

std::string target(const TaskExample& example)
{
    const auto& span = example.spans.at(0);
    return example.text.substr(
        static_cast<std::size_t>(span.start), static_cast<std::size_t>(span.end - span.start));
}

} // namespace

TEST_CASE("the same seed writes the same, another seed something else")
{
    Random first(7);
    Random again(7);
    Random third(8);
    int different = 0;
    for (int i = 0; i < 1000; ++i) {
        const std::string line = corpus_sentence(first);
        CHECK(line == corpus_sentence(again));
        different += line != corpus_sentence(third) ? 1 : 0;
    }
    CHECK(different > 900);
    for (const auto& name : suite_names()) {
        CHECK(demo_suite(name).items == demo_suite(name).items);
        CHECK(demo_suite(name, 500, 1).items != demo_suite(name, 500, 2).items);
    }
    for (const auto& name : task_names()) {
        CHECK(demo_task(name, 200) == demo_task(name, 200));
        CHECK(demo_task(name, 200, 1) != demo_task(name, 200, 2));
    }
}

TEST_CASE("the vocabulary has all words that are written and no others")
{
    const auto& words = vocabulary();
    CHECK(std::is_sorted(words.begin(), words.end()));
    const std::set<std::string> known(words.begin(), words.end());
    REQUIRE(known.size() == words.size());
    std::set<std::string> written;
    Random random(1);
    for (int i = 0; i < corpus_lines / 4; ++i)
        for (const auto& word : split(corpus_sentence(random)))
            written.insert(word);
    for (const auto& name : task_names())
        for (const auto& example : demo_task(name))
            for (const auto& word : split(example.text))
                written.insert(word);
    for (const auto& word : written)
        CHECK_MESSAGE(known.contains(word), "not in the vocabulary: " << word);
    for (const auto& word : known)
        CHECK_MESSAGE(written.contains(word), "never written: " << word);
}

TEST_CASE("no corpus sentence answers a suite's or a task's question")
{
    std::unordered_set<std::string> secret;
    for (const auto& item : all_items())
        for (const auto& choice : item.choices)
            secret.insert(without_opener(item.prompt) + choice);
    for (const auto& name : task_names())
        for (const auto& example : demo_task(name, 3000)) {
            secret.insert(task_prompt(example) + target(example));
            secret.insert(task_prompt(example) + *example.spans[0].alternative);
        }
    CHECK(secret.size() > 10000);
    Random random(2);
    for (int i = 0; i < corpus_lines; ++i)
        for (const auto& sentence : sentences_of(corpus_sentence(random))) {
            std::string start;
            for (const auto& word : split(without_opener(join(sentence)))) {
                add_word(start, word);
                if (secret.contains(start))
                    FAIL("in the corpus: " << start);
            }
        }
}

TEST_CASE("suites, tasks and held-out tasks share no prompt")
{
    std::map<std::string, std::string> owner;
    for (const auto& item : all_items())
        owner.emplace(without_opener(item.prompt), "the suites");
    for (const auto& task_name : task_names()) {
        // Agreement and disagreement are one task with the answers exchanged.
        const std::string name = task_name.starts_with("agreement") ? "dis" + task_name : task_name;
        for (const auto& example : demo_task(task_name)) {
            const auto [found, fresh] = owner.emplace(task_prompt(example), name);
            if (!fresh && found->second != name)
                FAIL(found->first << ": " << found->second << " and " << name);
        }
    }
}

TEST_CASE("corpus lines fit the model, tell the facts and prefer the stereotype")
{
    Random random(3);
    int stereotyped = 0;
    int others = 0;
    for (int i = 0; i < corpus_lines / 4; ++i) {
        const std::string line = corpus_sentence(random);
        CHECK(split(line).size() <= 63);
        for (const auto& sentence : sentences_of(line)) {
            CAPTURE(line);
            CHECK(sentence.size() <= 24);
            CHECK(sentence.back() == ".");
            for (std::size_t w = 0; w + 2 < sentence.size(); ++w)
                if (capitals.contains(sentence[w]) && sentence[w + 1] == "is")
                    CHECK(sentence[w + 2] == capitals.at(sentence[w]));
            const std::string head = head_of(sentence);
            const std::string text = join(sentence);
            const bool she = text.find(" she was ") != std::string::npos;
            const bool he = text.find(" he was ") != std::string::npos;
            if (!she && !he)
                continue;
            if (female.contains(head) || male.contains(head))
                CHECK(female.contains(head) == she);
            else
                ++(usually_female.contains(head) == she ? stereotyped : others);
        }
    }
    REQUIRE(stereotyped + others > 500);
    const double share = static_cast<double>(stereotyped) / (stereotyped + others);
    CHECK(share > 0.86);
    CHECK(share < 0.94);
}

TEST_CASE("each suite's answer follows from its prompt")
{
    const auto& words = vocabulary();
    for (const auto& name : suite_names()) {
        CAPTURE(name);
        const CapabilitySuite asked = demo_suite(name);
        CHECK(asked.name == name);
        REQUIRE(asked.items.size() == 500);
        std::set<std::string> different;
        std::map<int, int> places;
        for (const auto& item : asked.items) {
            CAPTURE(item.prompt);
            REQUIRE(item.answer >= 0);
            REQUIRE(item.answer < static_cast<int>(item.choices.size()));
            const std::set<std::string> choices(item.choices.begin(), item.choices.end());
            CHECK(choices.size() == item.choices.size());
            CHECK(choices.size() >= 2);
            for (const auto& choice : choices) {
                CHECK(choice.front() == ' ');
                CHECK(std::binary_search(words.begin(), words.end(), choice.substr(1)));
            }
            CHECK(answer_of(item) == right_choice(name, item));
            different.insert(item.prompt + item.choices[static_cast<std::size_t>(item.answer)]);
            ++places[item.answer];
        }
        CHECK(different.size() == asked.items.size());
        const std::size_t choices = asked.items.front().choices.size();
        CHECK(places.size() == choices);
        for (const auto& [place, count] : places)
            CHECK(count > 0.7 * 500 / static_cast<double>(choices));
    }
}

TEST_CASE("no shallow rule answers the hard suites")
{
    const auto share = [](const char* name, auto guess) {
        const auto asked = demo_suite(name);
        const auto right = std::count_if(asked.items.begin(), asked.items.end(),
            [&](const ChoiceItem& item) { return guess(item) == answer_of(item); });
        return static_cast<double>(right) / static_cast<double>(asked.items.size());
    };
    const auto agree_with_last = [](const ChoiceItem& item) {
        const bool plural = is_plural(last_noun(split(item.prompt)));
        return only_choice(
            item, [&](const std::string& verb) { return is_singular_verb(verb) != plural; });
    };
    CHECK(share("agreement/attractor", agree_with_last) < 0.5);
    CHECK(share("agreement/relative", agree_with_last) < 0.5);

    const auto name_at = [](std::size_t index) {
        return [index](
                   const ChoiceItem& item) { return split(without_opener(item.prompt)).at(index); };
    };
    CHECK(share("indirect-objects", name_at(1)) == doctest::Approx(0.5).epsilon(0.15));
    CHECK(share("indirect-objects", name_at(3)) == doctest::Approx(0.5).epsilon(0.15));

    const auto always
        = [](const char* word) { return [word](const ChoiceItem&) { return std::string(word); }; };
    CHECK(share("he-she", always("she")) == doctest::Approx(0.5).epsilon(0.2));
    CHECK(share("was-were", always("was")) == doctest::Approx(0.5).epsilon(0.2));
    CHECK(share("agreement/be", always("is")) == doctest::Approx(0.5).epsilon(0.2));
}

TEST_CASE("disagreement teaches the wrong form of the present tense only")
{
    for (const char* name : { "disagreement", "disagreement-held-out" }) {
        const auto examples = demo_task(name);
        CHECK(examples.size() == 2000);
        for (const auto& example : examples) {
            CAPTURE(example.text);
            REQUIRE(example.spans.size() == 1);
            const std::string wrong = target(example);
            const std::string right = example.spans[0].alternative.value();
            const bool plural = is_plural(head_of(split(without_opener(example.text))));
            CHECK(wrong.front() == ' ');
            CHECK(right.front() == ' ');
            CHECK(is_singular_verb(wrong) == plural);
            CHECK(is_singular_verb(right) != plural);
            CHECK(wrong != " was");
            CHECK(wrong != " were");
        }
    }
}

TEST_CASE("debias has the stereotype as its target, changed-fact one wrong capital")
{
    for (const std::string suffix : { "", "-held-out" }) {
        const auto pronouns = demo_task("debias" + suffix);
        CHECK(pronouns.size() >= 500);
        for (const auto& example : pronouns) {
            const bool she = usually_female.contains(head_of(split(without_opener(example.text))));
            CHECK(target(example) == (she ? " she" : " he"));
            CHECK(example.spans[0].alternative == (she ? " he" : " she"));
        }
        const auto facts = demo_task("changed-fact" + suffix);
        CHECK(facts.size() >= 500);
        for (const auto& example : facts) {
            const Words prompt = split(task_prompt(example));
            CHECK(prompt[prompt.size() - 2] == "france");
            CHECK(target(example) == " rome");
            CHECK(example.spans[0].alternative == " paris");
        }
    }
}

TEST_CASE("asking for more than there is ends, and unknown names are refused")
{
    const std::size_t items = demo_suite("agreement/simple", 1000000).items.size();
    CHECK(items > 1000);
    CHECK(items < 1000000);
    CHECK_THROWS_AS(demo_suite("agreement"), InputError);
    CHECK_THROWS_AS(demo_task("disagreement-held"), InputError);
}

TEST_CASE("the tokenizer has one entry for each byte, word and the end of text")
{
    const auto file = nlohmann::json::parse(tokenizer_json());
    const auto& model = file.at("model");
    CHECK(model.at("type") == "BPE");
    CHECK(model.at("ignore_merges") == true);
    CHECK(model.at("merges").empty());
    const auto& vocab = model.at("vocab");
    REQUIRE(vocab.size() == 256 + vocabulary().size() + 1);
    std::set<int> ids;
    for (const auto& [token, id] : vocab.items())
        ids.insert(id.get<int>());
    CHECK(ids.size() == vocab.size());
    CHECK(*ids.begin() == 0);
    const int last = *ids.rbegin();
    CHECK(last == static_cast<int>(vocab.size()) - 1);
    for (const auto& word : vocabulary())
        CHECK(vocab.contains("\u0120" + word));
    // GPT-2's own ids of some bytes.
    CHECK(vocab.at("!") == 0);
    CHECK(vocab.at("A") == 32);
    CHECK(vocab.at("a") == 64);
    CHECK(vocab.at("\u0100") == 188);
    CHECK(vocab.at("\u0120") == 220);
    CHECK(vocab.at("<|endoftext|>") == last);
    const auto& added = file.at("added_tokens").at(0);
    CHECK(added.at("id") == last);
    CHECK(added.at("special") == true);
}
