#include "ui/transfer/run_studies.h"

#include "core/base/number_text.h"
#include "core/run/run_measures.h"
#include "core/store/experiment_reader.h"

#include <QCoreApplication>

#include <algorithm>
#include <memory>
#include <variant>

namespace circuitloom::ui {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(RunStudies)
};

QString number_text(const std::optional<double>& value)
{
    return value ? QString::fromStdString(fixed(*value, 3)) : QStringLiteral("–");
}

QString random_text(const std::optional<Spread>& spread)
{
    if (!spread)
        return QStringLiteral("–");
    return QString::fromStdString(fixed(spread->mean, 3) + " ± " + fixed(spread->deviation, 3));
}

StudyTable::Place of_pair(
    const TransferStudy& study, std::size_t row, std::size_t column, std::string_view series)
{
    return { study.circuits[row], study.models[column], series, task_suite, faithfulness_figure };
}

GraftChart::Line line_of(const StudyTable& table, const GraftStudy& study,
    const std::pair<std::string, std::string>& measure, std::string_view series)
{
    GraftChart::Line line;
    for (std::size_t i = 0; i < study.shares.size(); ++i)
        if (const auto found
            = table.spread({ static_cast<int>(i), 0, series, measure.first, measure.second }))
            line.points.push_back({ study.shares[i], found->mean, found->deviation });
    return line;
}

} // namespace

RunStudies read_studies(const std::filesystem::path& file, RunId run)
{
    const ExperimentReader reader(file);
    RunStudies studies;
    for (const StoredStudy& stored : reader.studies(run)) {
        if (stored.other != run || (stored.kind != study_names[0] && stored.kind != study_names[1]))
            continue;
        const Study study = read_study(stored, file);
        if (const auto* transfer = std::get_if<TransferStudy>(&study))
            studies.transfer = { *transfer, reader.study_figures(stored.id) };
        else if (const auto* graft = std::get_if<GraftStudy>(&study))
            studies.graft = { *graft, reader.study_figures(stored.id) };
    }
    if (studies.transfer)
        studies.likeness = circuit_likeness(
            reader, run, studies.transfer->study.circuits, run, studies.transfer->study.models);
    return studies;
}

CircuitLikeness read_likeness(
    const std::filesystem::path& file, RunId run, const TransferStudy& study)
{
    return circuit_likeness(ExperimentReader(file), run, study.circuits, run, study.models);
}

MatrixView::Content faithfulness_content(const ShownStudy<TransferStudy>& shown)
{
    const auto table = std::make_shared<const StudyTable>(shown.figures);
    const TransferStudy& study = shown.study;
    MatrixView::Content content;
    content.title = Words::tr("f of circuit in model");
    content.rows = study.circuits;
    content.columns = study.models;
    for (std::size_t row = 0; row < study.circuits.size(); ++row)
        for (std::size_t column = 0; column < study.models.size(); ++column)
            content.values.push_back(
                table->value(of_pair(study, row, column, study_series::found)));
    content.sentence = [table, study](std::size_t row, std::size_t column) {
        return Words::tr("The circuit of iteration %1 in the model of iteration %2: f %3, random "
                         "circuits %4")
            .arg(study.circuits[row])
            .arg(study.models[column])
            .arg(number_text(table->value(of_pair(study, row, column, study_series::found))),
                random_text(table->spread(of_pair(study, row, column, study_series::random))));
    };
    return content;
}

MatrixView::Content likeness_content(
    const ShownStudy<TransferStudy>& shown, const CircuitLikeness& likeness)
{
    const TransferStudy& study = shown.study;
    MatrixView::Content content;
    content.title = Words::tr("Jaccard of the circuits");
    if (likeness.jaccard.size() != study.circuits.size() * study.models.size())
        return content;
    content.rows = study.circuits;
    content.columns = study.models;
    content.values.assign(likeness.jaccard.begin(), likeness.jaccard.end());
    content.sentence = [likeness, study](std::size_t row, std::size_t column) {
        const std::size_t at = row * likeness.columns + column;
        return Words::tr("The circuits of iterations %1 and %2: Jaccard %3, by chance %4")
            .arg(study.circuits[row])
            .arg(study.models[column])
            .arg(number_text(likeness.jaccard[at]), number_text(likeness.chance[at]));
    };
    return content;
}

std::vector<std::pair<std::string, std::string>> graft_measures(const ShownStudy<GraftStudy>& shown)
{
    std::vector<std::pair<std::string, std::string>> measures;
    const StudyTable table(shown.figures);
    for (const auto& one : table.measures())
        if (!measure_of(one.first, one.second).detail)
            measures.push_back(one);
    return measures;
}

GraftChart::Content graft_content(const ShownStudy<GraftStudy>& shown,
    const std::pair<std::string, std::string>& measure, const Theme& theme)
{
    const StudyTable table(shown.figures);
    GraftChart::Content content;
    const auto add = [&](std::string_view series, const QString& name, const QColor& color) {
        GraftChart::Line line = line_of(table, shown.study, measure, series);
        line.name = name;
        line.color = color;
        line.dashed = series == study_series::random;
        if (!line.points.empty())
            content.lines.push_back(std::move(line));
    };
    add(study_series::random, Words::tr("at random"), theme.dimText);
    add(study_series::by_drift, Words::tr("by drift"), theme.key);
    add(study_series::by_circuit, Words::tr("by circuit"), theme.accent);
    const auto name = std::make_shared<const std::pair<std::string, std::string>>(measure);
    content.title = measure_title(measure);
    content.value_text = [name](double value) {
        if (name->first == change_suite)
            return QString::fromStdString(percent(value));
        return QString::fromStdString(value_text(measure_of(name->first, name->second), value));
    };
    return content;
}

QString measure_title(const std::pair<std::string, std::string>& measure)
{
    if (measure.first == change_suite)
        return Words::tr("share of the change, squared");
    return Words::tr("%1, %2").arg(QString::fromStdString(measure.first),
        QString::fromStdString(table_name(measure.first, measure.second)));
}

std::pair<int, int> cells_there(const ShownStudy<TransferStudy>& shown)
{
    const StudyTable table(shown.figures);
    int there = 0;
    for (std::size_t row = 0; row < shown.study.circuits.size(); ++row)
        for (std::size_t column = 0; column < shown.study.models.size(); ++column)
            there += table.has(of_pair(shown.study, row, column, study_series::found)) ? 1 : 0;
    return { there, static_cast<int>(shown.study.circuits.size() * shown.study.models.size()) };
}

} // namespace circuitloom::ui
