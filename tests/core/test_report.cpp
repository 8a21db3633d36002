#include "core/report/final_figures.h"
#include "core/report/html.h"
#include "core/run/seed_groups.h"
#include "core/run/tune_command.h"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <cmath>
#include <string>

using namespace circuitloom;

namespace {

ReportRun run_of(std::int64_t id, std::uint64_t seed, double before, double after)
{
    ReportRun run;
    run.summary.id = { id };
    run.config = preset("sv-disagreement");
    run.config->seed = seed;
    run.config->name = "run " + std::to_string(id);
    run.evaluations = { { 0, "task", "accuracy", before, 100 }, { 10, "task", "accuracy", after, 100 } };
    return run;
}

} // namespace

TEST_CASE("a text in HTML ends neither an element nor an attribute")
{
    CHECK(html("a<b>&\"c'") == "a&lt;b&gt;&amp;&quot;c&#39;");
    CHECK(html(std::string("a\0b\x1b", 4)) == "a\xEF\xBF\xBD" "b\xEF\xBF\xBD");
    CHECK(html("\xff") == "\xEF\xBF\xBD");
    CHECK(html("é\n\t") == "é\n\t");
}

TEST_CASE("JSON in a script says the same and holds no tag")
{
    const nlohmann::json value{ "</script><!--<script>", 1 };
    const std::string text = json_in_html(value.dump());
    CHECK(text.find('<') == std::string::npos);
    CHECK(nlohmann::json::parse(text) == value);
}

TEST_CASE("what is put into a page is not filled in again")
{
    const auto value = [](std::string_view name) { return "{{" + std::string(name) + "}}"; };
    CHECK(filled("a {{b}} c {{d}}", value) == "a {{b}} c {{d}}");
    CHECK(filled("{{b}}", [](std::string_view) { return std::string("x"); }) == "x");
    CHECK(filled("no end {{b", value) == "no end {{b");
}

TEST_CASE("runs are one kind where only seed, name and description differ")
{
    RunConfig a = preset("sv-disagreement");
    RunConfig b = a;
    b.seed = a.seed + 1;
    b.name = "another";
    b.description = "";
    RunConfig c = a;
    c.learning_rate *= 2;
    const std::vector<RunConfig> configs{ a, c, b };
    CHECK(same_but_for_seed(configs)
        == std::vector<std::vector<std::size_t>>{ { 0, 2 }, { 1 } });
    CHECK(same_but_for_seed({}).empty());
}

TEST_CASE("final figures are the mean and deviation over seeds")
{
    std::vector<ReportRun> runs{ run_of(1, 1, 0.5, 0.7), run_of(2, 2, 0.5, 0.9),
        run_of(3, 1, 0.5, 0.6) };
    runs[2].config->learning_rate *= 10;
    const FinalFigures found = final_figures(runs);
    REQUIRE(found.groups == std::vector<std::vector<std::size_t>>{ { 0, 1 }, { 2 } });
    REQUIRE(!found.figures.empty());
    const FinalFigure& task = found.figures.front();
    CHECK(task.suite == "task");
    CHECK(task.before->mean == doctest::Approx(0.5));
    CHECK(task.after[0]->mean == doctest::Approx(0.8));
    CHECK(task.after[0]->deviation == doctest::Approx(0.1 * std::sqrt(2.0)));
    CHECK(task.after[0]->count == 2);
    CHECK(task.after[1]->mean == doctest::Approx(0.6));
    // A run whose configuration cannot be read stands alone.
    runs[1].config.reset();
    CHECK(final_figures(runs).groups.size() == 3);
}

TEST_CASE("the iteration between the ends that changed most")
{
    ReportRun run;
    for (int i = 0; i < 20; ++i) {
        IterationRecord record;
        record.index = { i };
        record.edges = 10;
        record.entered = i == 0 ? 10 : i == 13 ? 8 : 1;
        run.iterations.push_back(record);
    }
    CHECK(most_changed_iteration(run) == 13);
    for (IterationRecord& record : run.iterations)
        record.entered = 1;
    CHECK(most_changed_iteration(run) == 9); // nothing stands out: the middle
    run.iterations.resize(2);
    CHECK(!most_changed_iteration(run));
}

TEST_CASE("the command for a preset's run names the preset and what differs")
{
    RunConfig config = preset("sv-disagreement");
    CHECK(tune_command(config) == "circuitloom-cli tune --preset sv-disagreement \\\n  -o run.loom");
    config.name = "it's mine";
    CHECK(tune_command(config).find("--set 'name=it'\\''s mine'") != std::string::npos);
    CHECK(shell_word("plain-word_1.loom") == "plain-word_1.loom");
    CHECK(shell_word("") == "''");
}
