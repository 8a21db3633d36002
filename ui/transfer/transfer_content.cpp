#include "ui/transfer/transfer_content.h"

#include "ui/transfer/figure_text.h"

#include <QCoreApplication>

#include <memory>

namespace circuitloom::ui {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(TransferContent)
};

StudyTable::Place of_pair(
    const TransferStudy& study, std::size_t row, std::size_t column, std::string_view series)
{
    return { study.circuits[row], study.models[column], series, task_suite, faithfulness_figure };
}

QStringList texts(const std::vector<int>& iterations)
{
    QStringList names;
    for (const int iteration : iterations)
        names << QString::number(iteration);
    return names;
}

} // namespace

MatrixView::Content faithfulness_content(
    const TransferStudy& study, const std::vector<StudyFigure>& figures)
{
    const auto table = std::make_shared<const StudyTable>(figures);
    MatrixView::Content content;
    content.title = Words::tr("f of circuit in model");
    content.rows = texts(study.circuits);
    content.columns = texts(study.models);
    for (std::size_t row = 0; row < study.circuits.size(); ++row)
        for (std::size_t column = 0; column < study.models.size(); ++column)
            content.values.push_back(
                table->value(of_pair(study, row, column, study_series::found)));
    content.sentence = [table, study](std::size_t row, std::size_t column) {
        return Words::tr("The circuit of iteration %1 in the model of iteration %2: f %3, random "
                         "circuits %4")
            .arg(study.circuits[row])
            .arg(study.models[column])
            .arg(number_or_dash(table->value(of_pair(study, row, column, study_series::found))),
                spread_or_dash(table->spread(of_pair(study, row, column, study_series::random))));
    };
    return content;
}

MatrixView::Content likeness_content(const TransferStudy& study, const CircuitLikeness& likeness)
{
    MatrixView::Content content;
    content.title = Words::tr("Jaccard of the circuits");
    if (likeness.jaccard.size() != study.circuits.size() * study.models.size())
        return content;
    content.rows = texts(study.circuits);
    content.columns = texts(study.models);
    content.values.assign(likeness.jaccard.begin(), likeness.jaccard.end());
    content.sentence = [likeness, study](std::size_t row, std::size_t column) {
        const std::size_t at = row * likeness.columns + column;
        return Words::tr("The circuits of iterations %1 and %2: Jaccard %3, by chance %4")
            .arg(study.circuits[row])
            .arg(study.models[column])
            .arg(number_or_dash(likeness.jaccard[at]), number_or_dash(likeness.chance[at]));
    };
    return content;
}

} // namespace circuitloom::ui
