// Templates in Jinja's language, beside what jinja2 itself made of them
// (tests/support/render_chat_templates.py).
#include "core/base/error.h"
#include "core/base/process_memory.h"
#include "core/templates/text_template.h"
#include "tests/support/skip.h"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

using namespace circuitloom;

namespace {

using Json = nlohmann::ordered_json;
namespace fs = std::filesystem;

std::string text_of(const fs::path& file)
{
    std::ifstream stream(file, std::ios::binary);
    std::stringstream text;
    text << stream.rdbuf();
    return text.str();
}

/// How many texts of the folder's expected.json were compared.
int compare_folder(const fs::path& folder)
{
    const Json expected = Json::parse(text_of(folder / "expected.json"));
    const Json& conversations = expected.at("conversations");
    int compared = 0;
    for (const auto& [name, texts] : expected.at("texts").items()) {
        CAPTURE(name);
        const TextTemplate made(text_of(folder / name), name);
        for (std::size_t i = 0; i < texts.size(); ++i) {
            CAPTURE(i);
            ++compared;
            if (texts[i].is_null())
                CHECK_THROWS_AS(made.render(conversations[i]), InputError);
            else
                CHECK(made.render(conversations[i]) == texts[i].get<std::string>());
        }
    }
    return compared;
}

std::string rendered(const std::string& source, const Json& variables = Json::object())
{
    return TextTemplate(source, "t").render(variables);
}

std::string refusal(const std::string& source, const Json& variables = Json::object())
{
    try {
        rendered(source, variables);
    } catch (const InputError& error) {
        return error.what();
    }
    return {};
}

/// The most that is held at once beside what was held before.
class TakenMemory
{
public:
    TakenMemory() { restart_peak_resident_memory(); }
    std::int64_t most() const { return peak_resident_memory() - before_; }

private:
    std::int64_t before_ = resident_memory();
};

std::string nested(const std::string& open, int times)
{
    std::string text;
    for (int i = 0; i < times; ++i)
        text += open;
    return text;
}

} // namespace

TEST_CASE("templates in the manner of every family give what jinja2 gives")
{
    CHECK(compare_folder(CIRCUITLOOM_TEST_DATA "/chat_templates") >= 50);
}

TEST_CASE("published chat templates give what jinja2 gives" * doctest::test_suite("conditional"))
{
    const char* cache = std::getenv("CIRCUITLOOM_TEST_CACHE");
    const char* base = std::getenv("XDG_CACHE_HOME");
    const char* home = std::getenv("HOME");
    const fs::path folder = (cache ? fs::path(cache)
                                   : (base ? fs::path(base) : fs::path(home ? home : "") / ".cache")
                                        / "circuitloom-tests")
        / "chat_templates";
    if (!fs::exists(folder / "expected.json")) {
        testing::skip(
            folder.string() + " is absent; tests/support/fetch_chat_templates.sh makes it");
        return;
    }
    CHECK(compare_folder(folder) >= 300);
}

TEST_CASE("what is wrong in a template is said with its line")
{
    CHECK(refusal("a\n{{ x ").find("t, line 2: a tag has no end") == 0);
    CHECK(refusal("{% if x %}y").find("endif") != std::string::npos);
    CHECK(refusal("{% endfor %}").find("line 1") != std::string::npos);
    CHECK(refusal("\n\n{% include 'x' %}").find("line 3: the statement include")
        != std::string::npos);
    CHECK(refusal("{{ x | nofilter }}").find("nofilter") != std::string::npos);
    CHECK(refusal("{{ 'a' is notest }}").find("notest") != std::string::npos);
    CHECK(refusal("{{ 'a'.nomethod() }}").find("nomethod") != std::string::npos);
    CHECK(refusal("{{ nofunction() }}").find("nofunction") != std::string::npos);
    CHECK(refusal("{{ a.b.c }}").find("b is asked") != std::string::npos);
    CHECK(refusal("{{ 1 + 'a' }}").find("cannot be computed") != std::string::npos);
    CHECK(refusal("{{ 1 // 0 }}").find("division by 0") != std::string::npos);
    CHECK(refusal("{% break %}").find("outside of a loop") != std::string::npos);
    CHECK(refusal("{{ raise_exception('Never so.') }}").find("Never so.") != std::string::npos);
    const std::string lines = refusal("{{ raise_exception('Never\\n\\x07so.') }}");
    CHECK(lines.find_first_of("\n\a") == std::string::npos); // a message is one line
    CHECK(lines.find("Never") != std::string::npos);
    for (const char* made : { "dict(x, a=1)", "dict([1], a=1)", "namespace('t', a=1)" })
        CHECK(refusal(std::string("{{ ") + made + " }}").find("dictionary") != std::string::npos);
    CHECK(refusal("{# no end").find("comment") != std::string::npos);
    CHECK(refusal("{{ 'no end }}").find("quotes") != std::string::npos);
    CHECK(refusal("{{ 99999999999999999999 }}").find("too large") != std::string::npos);
}

TEST_CASE("hostile templates come to an end")
{
    CHECK(refusal("{{ " + nested("(", 999) + "1" + nested(")", 999) + " }}").find("200 levels")
        != std::string::npos);
    CHECK(refusal(nested("{% if x %}", 100'000)).find("200 levels") != std::string::npos);
    CHECK(
        refusal("{{ " + nested("not ", 100'000) + "1 }}").find("200 levels") != std::string::npos);
    CHECK(refusal("{{ 'x' * 1000000000000 }}").find("too long") != std::string::npos);
    CHECK(rendered("{{ 'x' * 1000000 }}") == std::string(1'000'000, 'x'));
    CHECK(rendered("{{ '' * 1000000000000000000 }}{{ [] * 1000000000000000000 }}") == "[]");
    CHECK(refusal("{{ (['x' * 1000000] * 1000)[0][0] }}").find("too long") != std::string::npos);
    // Lists that grow or deepen at every step.
    const auto grown = [](const std::string& more) {
        return refusal("{% set n = namespace(x=['x']) %}{% for i in range(99999) %}{% set n.x = "
            + more + " %}{% endfor %}");
    };
    CHECK(grown("[n.x, n.x]").find("longer") != std::string::npos);
    CHECK(grown("n.x + n.x").find("longer") != std::string::npos);
    CHECK(grown("[n.x]").find("200 levels") != std::string::npos);
    CHECK(refusal("{% set t = 'x' * 9999999 %}{% for i in range(99999) %}{% if t == i %}"
                  "{% endif %}{% endfor %}")
              .find("come to an end")
        != std::string::npos);
    CHECK(refusal("{{ range(100000000) }}").find("range") != std::string::npos);
    CHECK(refusal(
              "{% for a in range(9999) %}{% for b in range(9999) %}{{ a }}{% endfor %}{% endfor %}")
              .find("come to an end")
        != std::string::npos);
    CHECK(refusal("{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}").find("levels deep")
        != std::string::npos);
    CHECK(refusal("{{ 9223372036854775807 + 1 }}").find("too large") != std::string::npos);
    CHECK(rendered("\xFF{{ 1 }}")
        == "\xEF\xBF\xBD"
           "1");
}

TEST_CASE("an expression's tree is bounded, however it is written")
{
    const auto deep = [](const std::string& first, const std::string& more) {
        return refusal("{{ " + first + nested(more, 200'000) + " }}");
    };
    for (const char* more : { " + 1", " ~ 1", " * 1", " and 1", " or 0", " ** 1", "|abs",
             " is defined", " if 1", "[0]", ".a", "()" }) {
        CAPTURE(more);
        CHECK(deep("1", more).find("steps") != std::string::npos);
    }
    CHECK(rendered("{{ 1" + nested(" + 1", 300) + " }}") == "301");
    // Chains within brackets within chains.
    std::string chains = "1";
    for (int i = 0; i < 90; ++i)
        chains = "(" + chains + nested(" + 1", 300) + ")";
    CHECK(refusal("{{ " + chains + " }}").find("steps") != std::string::npos);
    // What macros call adds up.
    CHECK(refusal("{% macro f() %}{{ " + nested("not ", 180) + "f() }}{% endmacro %}{{ f() }}")
              .find("1000 levels deep")
        != std::string::npos);
    CHECK(refusal("{{ 'a'|map(" + nested("'map', ", 100'000) + "'upper') }}").find("arguments")
        != std::string::npos);
}

// Expected values: jinja2 3.1.6, whose pairs are written with round brackets.
TEST_CASE("what goes by order takes small and capital letters for the same")
{
    CHECK(rendered("{{ ['b', 'A', 'a', 'B'] | sort }}") == "['A', 'a', 'b', 'B']");
    CHECK(rendered("{{ ['b', 'A', 'a', 'B'] | sort(reverse=true) }}") == "['b', 'B', 'A', 'a']");
    CHECK(rendered("{{ ['b', 'A', 'a', 'B'] | sort(case_sensitive=true) }}")
        == "['A', 'B', 'a', 'b']");
    CHECK(rendered("{{ [['x', 1], ['X', 2], ['a', 3]] | sort(attribute=0, reverse=true) }}")
        == "[['x', 1], ['X', 2], ['a', 3]]");
    CHECK(rendered("{{ [{'n': 'b', 'm': 2}, {'n': 'B', 'm': 1}, {'n': 'a', 'm': 9}]"
                   " | sort(attribute='n,m') | map(attribute='m') | join(' ') }}")
        == "9 1 2");
    CHECK(rendered("{{ ['a', 'A', 'b'] | unique | list }}") == "['a', 'b']");
    CHECK(rendered("{{ ['a', 'A', 'b'] | unique(true) | list }}") == "['a', 'A', 'b']");
    CHECK(rendered("{{ [{'n': 'b'}, {'n': 'B'}, {'n': 'a'}] | unique(attribute='n') | list }}")
        == "[{'n': 'b'}, {'n': 'a'}]");
    CHECK(rendered("{{ ['b', 'A'] | min }}{{ ['b', 'A', 'B'] | max }}{{ ['b', 'B'] | min(true) }}"
                   "{{ [{'n': 2}, {'n': 1}] | min(attribute='n') }}{{ [] | max }}")
        == "AbB{'n': 1}");
    const std::string counted = "{{ {'b': 1, 'A': 3, 'a': 2} | dictsort";
    CHECK(rendered(counted + " }}") == "[['A', 3], ['a', 2], ['b', 1]]");
    CHECK(rendered(counted + "(true) }}") == "[['A', 3], ['a', 2], ['b', 1]]");
    CHECK(rendered(counted + "(by='value') }}") == "[['b', 1], ['a', 2], ['A', 3]]");
    CHECK(rendered(counted + "(by='value', reverse=true) }}") == "[['A', 3], ['a', 2], ['b', 1]]");
    CHECK(refusal(counted + "(by='length') }}").find("by length") != std::string::npos);
    // Every item would be asked for every one of these.
    CHECK(refusal("{{ [{'n': 1}] | sort(attribute='n' ~ ',n' * 1000000) }}").find("20 attributes")
        != std::string::npos);
}

TEST_CASE("numbers are rounded to the nearest, up or down, as is asked for")
{
    CHECK(rendered("{{ 2.5 | round }} {{ 2.123 | round(1, 'ceil') }} "
                   "{{ -2.19 | round(1, method='floor') }} {{ 3.5 | round(method='ceil') }}")
        == "2.0 2.2 -2.2 4.0");
    CHECK(refusal("{{ 2.5 | round(method='up') }}").find("not up") != std::string::npos);
}

// Expected values: jinja2 3.1.6 with the tojson of transformers.
TEST_CASE("JSON is written as the arguments of tojson say")
{
    const std::string data = "{{ {'b': 1, 'a': [2, 'é', {}]} | tojson";
    CHECK(rendered(data + " }}") == R"({"b": 1, "a": [2, "é", {}]})");
    CHECK(rendered(data + "(separators=(',', ':')) }}") == R"({"b":1,"a":[2,"é",{}]})");
    CHECK(rendered(data + "(sort_keys=true, ensure_ascii=true) }}")
        == R"({"a": [2, "\u00e9", {}], "b": 1})");
    CHECK(rendered(data + "(indent=2, separators=(';', '=')) }}")
        == "{\n  \"b\"=1;\n  \"a\"=[\n    2;\n    \"é\";\n    {}\n  ]\n}");
    CHECK(rendered(data + "(false, 1, none, true) }}")
        == "{\n \"a\": [\n  2,\n  \"é\",\n  {}\n ],\n \"b\": 1\n}");
    CHECK(rendered("{{ {'b': {'d': 1, 'c': 2}} | tojson(sort_keys=true) }}")
        == R"({"b": {"c": 2, "d": 1}})");
    CHECK(refusal(data + "(separators=':') }}").find("two texts") != std::string::npos);
}

TEST_CASE("filters bind closer than a power, which goes from the left")
{
    CHECK(rendered("{{ [1, 2, 3] | length ** 2 }} {{ 2 ** [1, 2, 3] | length }} {{ -2 ** 2 }} "
                   "{{ -3 | abs }} {{ 2 * -3 | abs }} {{ 2 ** 3 ** 2 }}")
        == "9 8 4 3 6 64");
}

TEST_CASE("numbers at the ends of their range are computed or refused")
{
    const std::string least = "(-9223372036854775807 - 1)";
    CHECK(rendered("{{ " + least + " is divisibleby(-1) }}") == "True");
    CHECK(refusal("{{ " + least + " | abs }}").find("too large") != std::string::npos);
    CHECK(rendered("{{ range(9223372036854775806, 9223372036854775807, 5) | list }}")
        == "[9223372036854775806]");
    CHECK(rendered("{{ range(-9223372036854775807, " + least + ", -5) | list }}")
        == "[-9223372036854775807]");
    CHECK(rendered("{{ [1, 2, 3][::" + least + "] }}{{ 'abc'[::" + least + "] }}") == "[3]c");
    CHECK(rendered("{{ 'aba'.replace('a', 'c', " + least + ") }}") == "cbc");
}

TEST_CASE("what filters and methods do is bounded by what they are given")
{
    // Each of these would take minutes or all memory.
    CHECK(rendered("{{ range(100000) | unique | list | length }}") == "100000");
    CHECK(rendered("{{ [1, true, 1.0, '1', 'a', 'a', [1], [1], none] | unique | list }}")
        == "[1, '1', 'a', [1], None]");
    const std::string text = "{% set a = 'a' * 4000000 %}{% set b = a ~ a %}";
    CHECK(rendered(text
              + "{{ b.find(a ~ 'b') }} {{ b.rfind('b' ~ a) }} {{ b.count(a ~ 'b') }} "
                "{{ (a ~ 'b') in b }} {{ b.find(a) }} {{ b.rfind(a) }}")
        == "-1 -1 0 False 0 4000000");
    CHECK(rendered(text
              + "{{ b.split(a ~ 'b') | length }} {{ b.rsplit('b' ~ a) | length }} "
                "{{ b.replace(a ~ 'b', '') | length }}")
        == "1 1 8000000");
    CHECK(rendered(text + "{{ b.strip('b' * 4000000 ~ 'a') | length }}") == "0");
    const auto endless = [](const std::string& source) {
        return refusal(source).find("come to an end") != std::string::npos;
    };
    CHECK(endless("{{ range(100000) | select('in', range(100000) | list) | list | length }}"));
    CHECK(endless("{{ range(100000) | map('replace', 'a' * 1000000, 'b') | list | length }}"));
    CHECK(endless("{{ ([{}] * 100000) | map(attribute='a' * 1000000) | list | length }}"));
    CHECK(
        endless("{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"));
    CHECK(endless("{% for a in range(99999) %}{% set x %}" + std::string(1 << 20, 'x')
        + "{% endset %}{% endfor %}"));
    CHECK(rendered("{{ (['x' * 3000000] * 2).count('x' * 3000000) }}") == "2");
    const auto long_value = [](const std::string& source) {
        return refusal(source).find("long") != std::string::npos;
    };
    const TakenMemory memory;
    CHECK(long_value("{{ ('\n' * 100000) | indent('x' * 1000000, true, true) | length }}"));
    CHECK(long_value("{% set n = namespace(x=[1] * 30000) %}{% for i in range(150) %}"
                     "{% set n.x = [n.x] %}{% endfor %}{{ n.x | tojson(indent=64) | length }}"));
    CHECK(long_value("{{ ('a' * 8000000).split('a') | length }}"));
    CHECK(long_value("{{ ('a' * 8000000) | list | length }}"));
    CHECK(memory.most() < std::int64_t{ 400 } << 20);
    CHECK(rendered("{{ ('äb' * 4000000)[1:8000000:4000000] }}"
                   "{{ ('äb' * 4000000) | last }}{{ ('äb' * 2000000 ~ 'c') | reverse | first }}")
        == "bbbc");
    CHECK(
        refusal("{{ strftime_now('%c' * 4000000) | length }}").find("format") != std::string::npos);
}

TEST_CASE("macros that call one another hold what is global once")
{
    // Eight values of 12 MB; fifty copies of them would be 5 GB.
    std::string source;
    for (const char name : { 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h' })
        source += std::string("{% set ") + name + " = 'x' * 12000000 %}";
    source += "{% set n = namespace(deepest=0) %}{% set seen = 'before' %}"
              "{% macro f(left) %}{% set n.deepest = n.deepest + 1 %}{% set seen = 'inside' %}"
              "{% if left > 1 %}{{ f(left - 1) }}{% endif %}{% endmacro %}"
              "{{ f(50) }}{{ n.deepest }} {{ seen }} {{ h | length }}";
    const TakenMemory memory;
    CHECK(rendered(source) == "50 before 12000000");
    CHECK(memory.most() < std::int64_t{ 1 } << 30);
}
