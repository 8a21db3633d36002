#include "ui/transfer/cross_ablation_content.h"

#include "core/report/study_figures.h"
#include "ui/dialogs/task_choices.h"
#include "ui/transfer/figure_text.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <memory>

namespace circuitloom::ui {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(CrossAblation)
};

std::optional<Spread> spread_or_none(const std::vector<double>& values)
{
    return values.empty() ? std::nullopt : std::optional(spread_of(values));
}

QStringList titles(const std::vector<std::string>& tasks)
{
    QStringList names;
    for (const std::string& task : tasks)
        names << task_choice(task).title;
    return names;
}

CrossAblated at(
    const StudyTable& table, const std::string& metric, std::size_t row, std::size_t column)
{
    return { table, metric, static_cast<int>(row), static_cast<int>(column) };
}

} // namespace

MatrixView::Content cross_ablation_content(
    const CrossAblationStudy& study, const std::vector<StudyFigure>& figures)
{
    const auto table = std::make_shared<const StudyTable>(figures);
    const std::string metric = metric_in(*table);
    MatrixView::Content content;
    content.title = Words::tr("change, × that of random circuits");
    content.rows = titles(study.tasks);
    content.columns = content.rows;
    for (std::size_t row = 0; row < study.tasks.size(); ++row)
        for (std::size_t column = 0; column < study.tasks.size(); ++column) {
            content.values.push_back(at(*table, metric, row, column).beside_random());
            if (content.values.back())
                content.full = std::max(content.full, std::abs(*content.values.back()));
        }
    content.sentence = [table, metric, names = content.rows](std::size_t row, std::size_t column) {
        const CrossAblated one = at(*table, metric, row, column);
        return Words::tr("%1 without the circuit of %2: %3 %4, whole model %5, without random "
                         "circuits %6; %7 times what these change")
            .arg(names[static_cast<qsizetype>(column)], names[static_cast<qsizetype>(row)],
                QString::fromStdString(metric), number_or_dash(one.ablated),
                number_or_dash(one.whole), spread_or_dash(spread_or_none(one.random)),
                number_or_dash(one.beside_random()));
    };
    return content;
}

std::vector<QStringList> cross_ablation_rows(
    const CrossAblationStudy& study, const std::vector<StudyFigure>& figures)
{
    const StudyTable table(figures);
    const std::string metric = metric_in(table);
    const QStringList names = titles(study.tasks);
    std::vector<QStringList> rows;
    for (std::size_t row = 0; row < study.tasks.size(); ++row)
        for (std::size_t column = 0; column < study.tasks.size(); ++column) {
            const CrossAblated one = at(table, metric, row, column);
            rows.push_back(
                { names[static_cast<qsizetype>(row)], names[static_cast<qsizetype>(column)],
                    number_or_dash(one.beside_random()), number_or_dash(one.whole),
                    number_or_dash(one.ablated), spread_or_dash(spread_or_none(one.random)) });
        }
    return rows;
}

} // namespace circuitloom::ui
