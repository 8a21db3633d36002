#include "core/base/error.h"
#include "core/tokenizer/regex.h"

#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <vector>

using namespace circuitloom;

// Expected is what tokenizers 0.23.3 (Oniguruma) splits off.

namespace {

using Texts = std::vector<std::string>;

Texts matches(const std::string& pattern, const std::string& text)
{
    const Regex regex(pattern, "x");
    Regex::Search search(regex);
    Texts found;
    for (const TextRange& match : search.matches_in(text))
        found.push_back(text.substr(match.begin, match.end - match.begin));
    return found;
}

std::string matched(const std::string& pattern, const std::string& text)
{
    std::string joined;
    for (const std::string& match : matches(pattern, text))
        joined += match;
    return joined;
}

} // namespace

TEST_CASE("options and word boundaries of patterns are those of Oniguruma")
{
    CHECK(matches(".+", "a\nb") == Texts{ "a", "b" });
    for (const char* pattern : { "(?m:.+)", "(?m).+", "(?im:.+)", "(?i-m)(?m:.+)" })
        CHECK(matches(pattern, "a\nb") == Texts{ "a\nb" });
    for (const char* pattern : { "(?-m:.+)", "(?m:(?-m:.+))", "(?x: .+ )" })
        CHECK(matches(pattern, "a\nb") == Texts{ "a", "b" });
    // An option within a pattern groups all that follows, alternatives too.
    CHECK(matches("a(?i)b|c", "aB C") == Texts{ "aB" });
    CHECK(matches("(a(?i)b|c)d", "aBd acD aCd") == Texts{ "aBd", "aCd" });
    CHECK(matches("x|(?i)b|c", "aB C") == Texts{ "B", "C" });
    for (const std::string word : { "²", "½", "\u0663", "\u203F", "\u2163", "\u0301", "_", "\u3007",
             "\u24B6", "\u1885", "7" }) {
        CAPTURE(word);
        CHECK(matches("\\b", "a" + word + "a").size() == 2);
        CHECK(matches("\\B", "a" + word + "a").size() == 2);
        CHECK(matches("a\\b", "a" + word + "a") == Texts{ "a" });
    }
    for (const std::string other : { "\u200D", "\u2460", "-", "\u180E", "\u2118", "\u200C" }) {
        CAPTURE(other);
        CHECK(matches("\\b", "a" + other + "a").size() == 4);
        CHECK(matches("\\B", "a" + other + "a").empty());
    }
    CHECK(matches("[\\b]", "a\b") == Texts{ "\b" });
    CHECK(matches("\\v", "a\vb\fc") == Texts{ "\v" });
    CHECK(matches("[\\v]", "a\vb\fc") == Texts{ "\v" });
}

TEST_CASE("properties and classes of patterns hold the characters that Oniguruma's hold")
{
    const std::string text = "aZé5٣½\u02b0\u0345你々。ー·あア$¬_-!\t\u180e Ⅳⓐ\1\u00a0F";
    for (const auto& [pattern, expected] : {
             std::pair{ "\\p{Han}", "你々" },
             { "\\P{Han}", "aZé5٣½\u02b0\u0345。ー·あア$¬_-!\t\u180e Ⅳⓐ\1\u00a0F" },
             { "\\p{^Han}", "aZé5٣½\u02b0\u0345。ー·あア$¬_-!\t\u180e Ⅳⓐ\1\u00a0F" },
             { "\\P{^ han }", "你々" },
             { "[\\p{Han}\\p{Nd}]", "5٣你々" },
             { "[^\\p{Han}]", "aZé5٣½\u02b0\u0345。ー·あア$¬_-!\t\u180e Ⅳⓐ\1\u00a0F" },
             { "[^\\P{Han}]", "你々" },
             { "\\p{Katakana}", "ア" },
             { "\\p{Common}", "5½。ー·$¬_-!\t ⓐ\1\u00a0" },
             { "\\p{Greek}", "" },
             { "[[:punct:]]", "。·$¬_-!ⓐ" },
             { "\\p{Punct}", "。·_-!" },
             { "\\p{PosixPunct}", "。·$¬_-!ⓐ" },
             { "[[:alpha:]]", "aZé\u02b0\u0345你々ーあアⅣⓐF" },
             { "[[:^alpha:]]", "5٣½。·$¬_-!\t\u180e \1\u00a0" },
             { "[[:alnum:]]", "aZé5٣\u02b0\u0345你々ーあアⅣⓐF" },
             { "[[:word:]]", "aZé5٣\u02b0\u0345你々ーあア_ⅣⓐF" },
             { "\\p{Word}", "aZé5٣½\u02b0\u0345你々ーあア_ⅣⓐF" },
             { "[[:space:]]", "\t \u00a0" },
             { "[[:blank:]]", "\t \u00a0" },
             { "[[:upper:]]", "ZⅣF" },
             { "[[:lower:]]", "aé\u02b0\u0345ⓐ" },
             { "[[:graph:]]", "aZé5٣½\u02b0\u0345你々。ー·あア$¬_-!\u180eⅣⓐF" },
             { "[[:print:]]", "aZé5٣½\u02b0\u0345你々。ー·あア$¬_-!\u180e Ⅳⓐ\u00a0F" },
             { "[[:cntrl:]]", "\t\1" },
             { "[[:digit:]_]", "5٣_" },
             { "[[:xdigit:]]", "a5F" },
             { "[[:ascii:]]", "aZ5$_-!\t \1F" },
             { "\\p{Letter}", "aZé\u02b0你々ーあアF" },
             { "\\p{Uppercase_Letter}", "ZF" },
             { "[^\\p{Decimal Number}\\p{Letter}]", "½\u0345。·$¬_-!\t\u180e Ⅳⓐ\1\u00a0" },
             { "\\P{Other-Number}", "aZé5٣\u02b0\u0345你々。ー·あア$¬_-!\t\u180e Ⅳⓐ\1\u00a0F" },
             { "\\p{Cased_Letter}", "aZéF" },
             { "\\p{ALNUM}", "aZé5٣\u02b0\u0345你々ーあアⅣⓐF" },
             { "\\P{Graph}", "\t \1\u00a0" },
             { "[\\pL$]", "$" },
             { "\\u3042", "あ" },
             { "[\\u3040-\\u309F!]", "あ!" },
             { "[-:][!]", "-!" },
         }) {
        CAPTURE(pattern);
        CHECK(matched(pattern, text) == expected);
    }
    // Six characters are word characters alone and not in a class.
    CHECK(matched("\\w", "²½a-") == "²½a");
    CHECK(matched("[\\w]", "²½a-") == "a");
    CHECK(matched("[^\\w]", "²½a-") == "²½-");
    CHECK(matched("[^\\p{Word}]", "²½a-") == "²½-");
    CHECK(matches("\\w+|[^\\w\\s]+", "`²½a") == Texts{ "`²½", "a" });
    // Without braces it is the letter, and a class ends with ] whatever stands before it.
    CHECK(matched("\\pL", "pL") == "pL");
    CHECK(matched("[.:][a]", ".:a") == ":a");
    // What a class cannot say here, or Oniguruma does not know.
    for (const char* pattern : { "[\\P{Word}]", "[[:^alnum:]]", "[[:Alpha:]]", "[[:alpha]", "\\p{L",
             "\\p{Klingon}", "\\u12", "\\u12}{" })
        CHECK_THROWS_AS(Regex(pattern, "x"), InputError);
}
