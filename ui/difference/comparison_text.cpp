#include "ui/difference/comparison_text.h"

#include "core/base/number_text.h"
#include "ui/base/measure_text.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

namespace circuitloom::ui {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(ComparePanel)
};

QString or_dash(const std::optional<double>& value)
{
    return value ? shown_value(Notation::plain, *value, 2) : QStringLiteral("–");
}

QString row(const QStringList& cells, const char* tag = "td")
{
    QString text = QStringLiteral("<tr>");
    for (qsizetype i = 0; i < cells.size(); ++i)
        text += QStringLiteral("<%1 align='%2' style='padding-right:12px; font-weight:normal'>%3</%1>")
                    .arg(QString::fromLatin1(tag),
                        i == 0 ? QStringLiteral("left") : QStringLiteral("right"), cells[i]);
    return text + QStringLiteral("</tr>");
}

template <class T>
QStringList counts(const QString& what, const SetDiff<T>& diff, const QString& by_chance)
{
    return { what, QString::number(diff.kept.size()), QString::number(diff.left.size()),
        QString::number(diff.entered.size()), shown_value(measures::edge_jaccard, diff.jaccard()),
        by_chance };
}

} // namespace

QString name_of(const QString& side, const ComparedCircuit& circuit)
{
    return Words::tr("%1: %2, iteration %3, step %4")
        .arg(side, QString::fromStdString(circuit.run.description.name))
        .arg(circuit.at.index.value)
        .arg(circuit.at.step);
}

QString figures_of(const ComparedCircuits& found)
{
    const CircuitDiff& diff = *found.diff;
    QString text = QStringLiteral("<table>")
        + row({ {}, Words::tr("in both"), Words::tr("only A"), Words::tr("only B"),
                  Words::tr("Jaccard"), Words::tr("by chance") },
            "th")
        + row(counts(Words::tr("edges"), diff.edges,
            shown_value(Notation::plain, found.jaccard_by_chance, 3)))
        + row(counts(Words::tr("nodes"), diff.nodes, QStringLiteral("–")))
        + QStringLiteral("</table>");
    text += Words::tr("Rank correlation of shared scores %1, of their sizes %2 (0 by chance); "
                      "weighted distance %3; %4 of the shared with the other sign.")
                .arg(or_dash(diff.rank_correlation), or_dash(diff.strength_correlation),
                    shown_value(Notation::plain, diff.distance, 3))
                .arg(diff.turned);
    return text;
}

QString why_no_counterpart(const ComparedCircuits& found)
{
    const auto run = std::ranges::find(found.runs, found.wish.other, &RunSummary::id);
    if (run == found.runs.end())
        return Words::tr("The run to compare with is not in the file any more.");
    const QString name = QString::fromStdString(run->description.name);
    if (found.iterations == 0)
        return Words::tr("“%1” has no circuits.").arg(name);
    if (found.wish.chosen)
        return Words::tr("“%1” has no iteration %2; its last is %3.")
            .arg(name)
            .arg(*found.wish.chosen)
            .arg(found.iterations - 1);
    const int step = found.a->at.step;
    switch (found.wish.by) {
    case Alignment::step:
        return Words::tr("“%1” has no circuit at step %2: it begins later or ended before.")
            .arg(name)
            .arg(step);
    case Alignment::examples:
        return Words::tr("“%1” has no circuit after as many examples, or one of the runs does not "
                         "say how many it saw.")
            .arg(name);
    case Alignment::tokens:
        return Words::tr("“%1” has no circuit after as many tokens, or one of the runs does not "
                         "say how many it saw.")
            .arg(name);
    case Alignment::loss:
        return Words::tr("“%1” never came to so low a loss, or one of the runs does not know its "
                         "loss.")
            .arg(name);
    case Alignment::metric:
        break;
    }
    return Words::tr(
        "“%1” never came as far in the metric, or one of the runs does not know its metric.")
        .arg(name);
}

} // namespace circuitloom::ui
