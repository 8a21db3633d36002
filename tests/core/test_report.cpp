#include "core/base/error.h"
#include "core/report/circuit_data.h"
#include "core/report/final_figures.h"
#include "core/report/html.h"
#include "core/report/report_tables.h"
#include "core/run/differing_settings.h"
#include "core/run/imported_run.h"
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
    using Groups = std::vector<std::vector<std::size_t>>;
    CHECK(same_but_for_seed(std::vector<RepeatedRun>{ { &a }, { &c }, { &b } })
        == Groups{ { 0, 2 }, { 1 } });
    CHECK(same_but_for_seed({}).empty());
    // Another model's, and those of which nothing is known, are repetitions of none.
    CHECK(same_but_for_seed(std::vector<RepeatedRun>{ { &a, "1" }, { &b, "2" }, {}, {} }).size() == 4);
    // Where settings differ, groups do, and where groups do, settings.
    b.capabilities.pop_back();
    CHECK(same_but_for_seed(std::vector<RepeatedRun>{ { &a }, { &b } }).size() == 2);
    const DifferingSettings found = differing_settings(std::vector{ a, b });
    CHECK(found.names == std::vector<std::string>{ "capabilities" });
    CHECK(found.values[0] != found.values[1]);
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

TEST_CASE("a group's change is that of its own runs")
{
    std::vector<ReportRun> runs{ run_of(1, 1, 0.2, 0.7), run_of(2, 2, 0.4, 0.7),
        run_of(3, 1, 0.8, 0.6) };
    runs[2].config->learning_rate *= 10;
    const FinalFigures found = final_figures(runs);
    const FinalFigure& task = found.figures.front();
    REQUIRE(task.change.size() == 2);
    CHECK(*task.change[0] == doctest::Approx(0.4)); // of 0.5 and 0.3
    CHECK(*task.change[1] == doctest::Approx(-0.2));
}

TEST_CASE("tables write negative numbers with a minus sign")
{
    Report report;
    report.runs = { run_of(1, 1, 0.7, 0.2) };
    const std::string page = figures_table(report);
    CHECK(page.find("\u2212") != std::string::npos);
    CHECK(page.find(">-") == std::string::npos);
}

TEST_CASE("of an imported run the report says what is known of it")
{
    Report report;
    ReportRun run = run_of(1, 1, 0.5, 0.7);
    run.config.reset();
    run.evaluations.clear();
    RunDescription& is = run.summary.description;
    is.name = "<b>ioi</b>";
    is.method = imported_method;
    is.configuration = R"({"imported":"graph JSON"})";
    is.shape = { 1, 2, 2, 8 };
    is.steps = 500;
    run.summary.notes = "Imported from ioi.";
    run.graph = std::make_shared<const ComputationalGraph>(is.shape, is.graph);
    const double unknown = std::nan("");
    run.summary.last_loss = unknown;
    for (int i = 0; i < 2; ++i) {
        IterationRecord record;
        record.index = { i };
        record.loss = record.metric = unknown;
        record.edges = 1;
        run.iterations.push_back(record);
        run.circuits.push_back({ i, { { { 0 }, 0.5F } } });
    }
    run.placed.edges.push_back({ { 0 }, 0, 0, {} });
    run.placed.nodes.push_back({ "input", "input" });
    report.runs = { run, run };
    report.runs[1].summary.id = { 2 };
    report.title = "two";
    report.file = "x.loom";
    report.parts.page = "{{asked}}{{figures}}{{edges}}{{reproduction}}{{command}}{{data}}{{legend}}";
    const std::string page = report_page(report);
    for (const char* wrong : { "not a number", "nan", "another version", "0 parameters",
             "units of the metric", "tune", "<b>ioi", "--title" })
        CHECK_MESSAGE(page.find(wrong) == std::string::npos, wrong);
    CHECK(page.find("circuitloom-cli import") != std::string::npos);
    CHECK(page.find("Imported from ioi.") != std::string::npos);
    // The two have one name, and are told apart.
    CHECK(page.find("(run 1)") != std::string::npos);
    CHECK(page.find("(run 2)") != std::string::npos);
    report.own_title = true;
    CHECK(report_page(report).find("--title two") != std::string::npos);
}

TEST_CASE("groups of several seeds say in what they differ")
{
    Report report;
    report.runs = { run_of(1, 1, 0.5, 0.7), run_of(2, 2, 0.5, 0.9), run_of(3, 1, 0.5, 0.6),
        run_of(4, 2, 0.5, 0.6) };
    for (const std::size_t i : { 2U, 3U })
        report.runs[i].config->selection.n = 7;
    report.parts.page = "{{figures}}";
    const std::string page = report_page(report);
    CHECK(page.find("circuit.top_n 7") != std::string::npos);
}

TEST_CASE("which circuits were kept is said in a sentence")
{
    ReportRun run;
    run.iterations.resize(50);
    const auto said = [&](int stride, std::size_t circuits) {
        run.stride = stride;
        run.circuits.resize(circuits);
        return kept_circuits(run);
    };
    CHECK(said(1, 50).empty());
    CHECK(said(2, 26).find("every second iteration") != std::string::npos);
    CHECK(said(3, 18).find("every third iteration") != std::string::npos);
    CHECK(said(11, 6).find("every 11th iteration") != std::string::npos);
    CHECK(said(21, 4).find("every 21st iteration") != std::string::npos);
    CHECK(said(22, 4).find("every 22nd iteration") != std::string::npos);
    CHECK(said(60, 2).find("only the first and the last") != std::string::npos);
}

TEST_CASE("making a page ends where its caller wants it to end")
{
    Report report;
    report.parts.page = "{{title}}{{made}}{{version}}";
    int parts = 0;
    CHECK_THROWS_AS(report_page(report, [&] {
        if (++parts == 2)
            throw Cancelled("enough");
    }),
        Cancelled);
    CHECK(parts == 2);
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
