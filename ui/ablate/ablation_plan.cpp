#include "ui/ablate/ablation_plan.h"

#include "core/analysis/spread.h"
#include "core/run/run_measures.h"
#include "core/store/records.h"
#include "ui/base/measure_text.h"

#include <QCoreApplication>

#include <algorithm>

namespace circuitloom::ui {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(AblatePanel)
};

QString shown_change(const Measure& measure, double change)
{
    return shown_number(change_text(measure, change));
}

/// The suite as the run calls it: figures name suites by where they come from.
QString suite_name(const std::string& suite, const RunHistory& run)
{
    if (suite == task_suite)
        return title_of_suite(suite);
    const auto named = std::ranges::find(
        run.config.capabilities, suite, &SuiteReference::source);
    return QString::fromStdString(
        named == run.config.capabilities.end() ? suite : named->name);
}

/// The run has suites, and what it ablates with stands only in the corrupted prompts of its task.
bool leaves_suites_out(const RunHistory& run)
{
    return run.config.discovery.baseline == Baseline::corrupted
        && !run.config.capabilities.empty();
}

} // namespace

std::optional<AblationQuestion> ablation_question(const RunHistory& run, const ShownPlace& place,
    const std::vector<std::string>& names, const AblationChoices& choices)
{
    if (run.config.task.empty())
        return std::nullopt;
    AblationQuestion question;
    question.model = place.moment();
    question.names = names;
    question.task = run.config.task;
    question.metric = run.config.discovery.metric;
    question.baseline = run.config.discovery.baseline;
    question.positions = run.config.discovery.positions;
    question.max_tokens = run.config.max_tokens;
    question.examples = choices.items;
    question.suite_items = choices.items;
    question.random_draws = choices.draws;
    question.seed = run.config.seed;
    if (!leaves_suites_out(run))
        for (const SuiteReference& suite : run.config.capabilities)
            question.suites.push_back(suite.source);
    return question;
}

std::vector<AblationRow> ablation_rows(const AblationAnswer& answer, const RunHistory& run)
{
    std::vector<AblationRow> rows;
    for (const AblatedFigure& figure : answer.figures) {
        const Measure measure = measure_of(figure.suite, figure.measure);
        AblationRow row;
        row.measured = suite_name(figure.suite, run) + QLatin1Char('\n') + title_of(measure);
        row.whole = shown_value(measure, figure.whole);
        row.without = shown_value(measure, figure.ablated);
        row.change = shown_change(measure, figure.ablated - figure.whole);
        if (!figure.random.empty()) {
            std::vector<double> changes;
            for (const double value : figure.random)
                changes.push_back(value - figure.whole);
            row.random = shown_number(change_text(measure, spread_of(changes)));
        }
        row.items = QString::number(figure.items);
        rows.push_back(row);
    }
    return rows;
}

QString expectation(const AblationAnswer& answer)
{
    if (!answer.expected || answer.figures.empty())
        return Words::tr("The stored scores estimate no change of this metric.");
    const AblatedFigure& metric = answer.figures.front();
    const Measure measure = measure_named(metric.measure);
    const FirstOrderEffect& expected = *answer.expected;
    QString sentence = Words::tr("%1 expected from the stored scores: %2 (%3).")
                           .arg(title_of(measure),
                               shown_value(measure, metric.whole - expected.fall),
                               shown_change(measure, -expected.fall));
    sentence += QLatin1Char(' ');
    sentence += expected.unscored == 0
        ? Words::tr("All %n edge(s) switched off has/have a score.", nullptr,
            static_cast<int>(expected.scored))
        : Words::tr("%1 of the %2 edges switched off are in the stored circuit; the other %3 have "
                    "no stored score.")
              .arg(expected.scored)
              .arg(expected.scored + expected.unscored)
              .arg(expected.unscored);
    return sentence;
}

QString ablation_remarks(const AblationAnswer& answer, const RunHistory& run)
{
    QStringList remarks;
    if (leaves_suites_out(run))
        remarks << Words::tr("Suites are left out: they have no corrupted prompts.");
    for (const std::string& note : answer.notes)
        remarks << QString::fromStdString(note);
    if (!answer.dropped.empty())
        remarks << (answer.dropped.size() == 1
                ? Words::tr("1 example is left out: %1")
                : Words::tr("%n example(s) is/are left out; the first: %1", nullptr,
                    static_cast<int>(answer.dropped.size())))
                       .arg(QString::fromStdString(answer.dropped.front()));
    return remarks.join(QLatin1Char('\n'));
}

} // namespace circuitloom::ui
