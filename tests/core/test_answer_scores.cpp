#include "core/tasks/answer_scores.h"

#include <doctest/doctest.h>

#include <cmath>

using namespace circuitloom;

namespace {

using Words = std::vector<std::string>;
using Pair = std::pair<std::string_view, std::string_view>;

} // namespace

TEST_CASE("the number of a solution is the one behind its marks, the loose one the last")
{
    CHECK(number_behind_marks("4 + 5 = 9 eggs\n#### 9") == "9");
    CHECK(number_behind_marks("#### 3\nno, it is #### 1,234.00 in all") == "1234");
    CHECK(number_behind_marks("####$18.50") == "18.5");
    CHECK(number_behind_marks("#### -7.") == "-7");
    CHECK(number_behind_marks("#### -$2,000") == "-2000");
    CHECK(number_behind_marks("the answer is 9").empty());
    CHECK(number_behind_marks("#### nine").empty());

    CHECK(last_number("first 3, then 1,000 apples.") == "1000");
    CHECK(last_number("so 12-5 = 7.0!") == "7");
    CHECK(last_number("it falls to -3 degrees") == "-3");
    CHECK(last_number("it costs $1,250.75.") == "1250.75");
    CHECK(last_number("10-4") == "4"); // the minus stands between two numbers
    CHECK(last_number(".5 of it") == "0.5");
    CHECK(last_number("none").empty());
    CHECK(last_number("#### 9 of 10") == "10");
    CHECK(number_behind_marks("#### 9 of 10") == "9");
}

TEST_CASE("the word of an answer stands between its marks, loosely anywhere")
{
    CHECK(word_in_tags("I think <answer>True</answer>") == "True");
    CHECK(word_in_tags("<answer> n/a. </answer>") == "N/A");
    CHECK(word_in_tags("<ANSWER>FALSE</ANSWER>") == "False");
    CHECK(word_in_tags("<answer>True</answer> rather <answer>False</answer>") == "False");
    CHECK(word_in_tags("<answer>perhaps</answer>").empty());
    CHECK(word_in_tags("True").empty());
    CHECK(word_in_tags("</answer>True<answer>").empty());

    CHECK(last_word("True at first, but in the end it is false.") == "False");
    CHECK(last_word("It is untrue and truest") == "");
    CHECK(last_word("It is N/A") == "N/A");
    CHECK(last_word("<answer>True</answer>, not False") == "True");
}

TEST_CASE("macro scores are those of a table worked out by hand")
{
    // True: 2 right of 3 given and 2 wanted; False: 1 of 1 and 2; N/A: 0 of 1 and 1.
    const std::vector<Pair> pairs{ { "True", "True" }, { "True", "True" }, { "False", "False" },
        { "False", "True" }, { "N/A", "" }, { "N/A", "N/A" }, { "N/A", "False" } };
    // True: p 2/3, r 2/2, f 4/5. False: p 1/2, r 1/2, f 1/2. N/A: p 1/1, r 1/3, f 1/2.
    const MacroScores scores = macro_scores(pairs);
    CHECK(scores.precision == doctest::Approx((2.0 / 3 + 0.5 + 1) / 3));
    CHECK(scores.recall == doctest::Approx((1 + 0.5 + 1.0 / 3) / 3));
    CHECK(scores.f1 == doctest::Approx((0.8 + 0.5 + 0.5) / 3));

    // A class that is neither an answer nor given does not count.
    const std::vector<Pair> two{ { "True", "True" }, { "False", "" } };
    CHECK(macro_scores(two).f1 == doctest::Approx(0.5));
    CHECK(macro_scores(two).precision == doctest::Approx(0.5));
    CHECK(macro_scores({}).f1 == 0);
}

TEST_CASE("spans are compared as SQuAD does it")
{
    CHECK(normalised_answer("The  quick, brown-fox's\nAn apple!") == "quick brownfoxs apple");
    CHECK(normalised_answer("a an the") == "");
    CHECK(normalised_answer("Thebes") == "thebes");
    // As SQuAD's script in Python has them: letters and spaces of any script.
    CHECK(normalised_answer("L'ÉTÉ\u00a0à Škoda") == "lété à škoda");
    CHECK(normalised_answer("The“a”\u2003an–ÄRA_1") == "“ ” –ära1");
    CHECK(normalised_answer("İzmir the") == "i\u0307zmir");
    CHECK(matches_exactly("ÉLYSÉE", Words{ "the Élysée" }));

    const Words answers{ "the Danube", "river Danube" };
    CHECK(matches_exactly("Danube.", answers));
    CHECK(matches_exactly("The River Danube", answers));
    CHECK_FALSE(matches_exactly("It is the Danube", answers));
    CHECK(has_answer("It is the Danube", answers));
    CHECK_FALSE(has_answer("It is Danubean", answers));
    CHECK_FALSE(has_answer("", answers));

    // Of "it is danube" one word of three is in "danube": p 1/3, r 1, f 1/2.
    CHECK(best_word_f1("it is the Danube", answers) == doctest::Approx(0.5));
    // Repeated words count as often as both have them: p 1/3, r 1/2 of "river danube", else 1/3, 1.
    CHECK(best_word_f1("danube danube danube", answers) == doctest::Approx(0.5));
    CHECK(best_word_f1("Rhine", answers) == 0);
    CHECK(best_word_f1("river danube", answers) == 1);
}

TEST_CASE("a question without an answer is answered by nothing, or by saying so")
{
    CHECK(matches_exactly("", {}));
    CHECK(matches_exactly("Unanswerable.", {}));
    CHECK_FALSE(matches_exactly("Paris", {}));
    CHECK(has_answer("It is unanswerable", {}));
    CHECK(best_word_f1("unanswerable", {}) == 1);
    CHECK(best_word_f1("Paris", {}) == 0);
    const Words answers{ "Paris" };
    CHECK(best_word_f1("", answers) == 0);
}

TEST_CASE("pronoun bias is how far above a half the pronoun's own share is")
{
    CHECK(pronoun_preference(std::log(.3), std::log(.1)) == doctest::Approx(.5)); // p = .75
    CHECK(pronoun_preference(std::log(.2), std::log(.2)) == doctest::Approx(0));
    CHECK(pronoun_preference(std::log(.1), std::log(.3)) == 0);
    CHECK(pronoun_preference(0, -1000) == doctest::Approx(1));
    // The nurse's two sentences count as one occupation.
    const std::vector<std::pair<std::string, double>> preferences{ { "nurse", .2 }, { "nurse", .6 },
        { "farmer", .1 } };
    CHECK(pronoun_bias(preferences) == doctest::Approx((.4 + .1) / 2));
    CHECK(pronoun_bias({}) == 0);
}
