#include "core/formats/csv.h"
#include "core/formats/table_text.h"

#include <doctest/doctest.h>

using namespace circuitloom;

namespace {

const std::vector<TextColumn> columns{ { "run", false }, { "task, after", true } };
const std::vector<std::vector<std::string>> rows{ { "a \"b\", c", "95.0 % ± 1.2 %" },
    { "=cmd()|x\ny", "−0.50" }, { "50% & $1_000 {x}", "–" } };

} // namespace

TEST_CASE("CSV and TSV are read back, without formulas and with plain minus signs")
{
    for (const auto& [layout, separator] :
        { std::pair(TableLayout::csv, ','), std::pair(TableLayout::tsv, '\t') }) {
        const std::string text = table_text(columns, rows, layout);
        if (layout == TableLayout::tsv) {
            CHECK(text
                == "run\ttask, after\na \"b\", c\t95.0 % ± 1.2 %\n'=cmd()|x y\t-0.50\n"
                   "50% & $1_000 {x}\t–\n");
            continue;
        }
        const auto read = parse_csv(text, separator, "table");
        REQUIRE(read.size() == 4);
        CHECK(read[0].fields == std::vector<std::string>{ "run", "task, after" });
        CHECK(read[1].fields == rows[0]);
        CHECK(read[2].fields == std::vector<std::string>{ "'=cmd()|x y", "-0.50" });
    }
    CHECK(spreadsheet_cell("-1.5 %") == "-1.5 %");
    CHECK(spreadsheet_cell("+3") == "+3");
    CHECK(spreadsheet_cell("-run") == "'-run");
    CHECK(spreadsheet_cell("- 1") == "'- 1");
}

TEST_CASE("Markdown and LaTeX show what means something there as it is")
{
    const std::string markdown = table_text(columns, rows, TableLayout::markdown);
    CHECK(markdown
        == "| run | task, after |\n| --- | ---: |\n| a \"b\", c | 95.0 % ± 1.2 % |\n"
           "| =cmd()\\|x y | −0.50 |\n| 50% &amp; $1\\_000 {x} | – |\n");
    const std::vector<std::vector<std::string>> marked { { "[x](http://y) &lt; ~z~", "1" } };
    CHECK(table_text(columns, marked, TableLayout::markdown)
              .ends_with("| \\[x\\](http://y) &amp;lt; \\~z\\~ | 1 |\n"));
    const std::string latex = table_text(columns, rows, TableLayout::latex);
    CHECK(latex
        == "\\begin{tabular}{lr}\n\\toprule\nrun & task, after \\\\\n\\midrule\n"
           "a \"b\", c & 95.0 \\% $\\pm$ 1.2 \\% \\\\\n=cmd()|x y & $-$0.50 \\\\\n"
           "50\\% \\& \\$1\\_000 \\{x\\} & -- \\\\\n\\bottomrule\n\\end{tabular}\n");
}
