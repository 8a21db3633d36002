#include "ui/transfer/graft_content.h"

#include <QCoreApplication>

#include <utility>

namespace circuitloom::ui {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(GraftContent)
};

GraftChart::Line line_of(const StudyTable& table, const GraftStudy& study,
    const SuiteMeasure& measure, std::string_view series)
{
    GraftChart::Line line;
    for (std::size_t i = 0; i < study.shares.size(); ++i)
        if (const auto found
            = table.spread({ static_cast<int>(i), 0, series, measure.first, measure.second }))
            line.points.push_back({ study.shares[i], found->mean, found->deviation });
    return line;
}

} // namespace

GraftChart::Content graft_content(const GraftStudy& study, const std::vector<StudyFigure>& figures,
    const SuiteMeasure& measure, const Theme& theme)
{
    const StudyTable table(figures);
    GraftChart::Content content;
    const auto add = [&](std::string_view series, const QString& name, const QColor& color) {
        GraftChart::Line line = line_of(table, study, measure, series);
        line.name = name;
        line.color = color;
        line.dashed = series == study_series::random;
        if (!line.points.empty())
            content.lines.push_back(std::move(line));
    };
    add(study_series::random, Words::tr("at random"), theme.dimText);
    add(study_series::by_drift, Words::tr("by drift"), theme.key);
    add(study_series::by_circuit, Words::tr("by circuit"), theme.accent);
    content.title = measure_title(measure);
    content.value_text = [measure](double value) { return measured_text(measure, value); };
    return content;
}

} // namespace circuitloom::ui
