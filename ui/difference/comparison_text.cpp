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

QString figures_of_one(const OtherCircuit& other)
{
    const CircuitDiff& diff = *other.diff;
    QString text = QStringLiteral("<table>")
        + row({ {}, Words::tr("in both"), Words::tr("only A"), Words::tr("only B"),
                  Words::tr("Jaccard"), Words::tr("by chance") },
            "th")
        + row(counts(Words::tr("edges"), diff.edges,
            shown_value(Notation::plain, other.jaccard_by_chance, 3)))
        + row(counts(Words::tr("nodes"), diff.nodes, QStringLiteral("–")))
        + QStringLiteral("</table>");
    text += Words::tr("Rank correlation of shared scores %1, of their sizes %2 (0 by chance); "
                      "weighted distance %3; %4 of the shared with the other sign.")
                .arg(or_dash(diff.rank_correlation), or_dash(diff.strength_correlation),
                    shown_value(Notation::plain, diff.distance, 3))
                .arg(diff.turned);
    return text;
}

QString letter(std::size_t place)
{
    return QString(QLatin1Char(letter_of(place)));
}

/// A column for each circuit beside A: so it is no wider than the panel, however many there are.
QString figures_against_a(const ComparedCircuits& found)
{
    QStringList heads{ Words::tr("against A") };
    for (std::size_t i = 0; i < found.others.size(); ++i)
        heads << letter(i + 1);
    QString text = QStringLiteral("<table>") + row(heads, "th");
    const auto add = [&](const QString& what, const auto& figure) {
        QStringList cells{ what };
        for (const OtherCircuit& other : found.others)
            cells << (other.diff ? figure(other, *other.diff) : QStringLiteral("–"));
        text += row(cells);
    };
    using Other = OtherCircuit;
    using Diff = CircuitDiff;
    const auto number = [](auto value) { return QString::number(value); };
    add(Words::tr("edges in both"),
        [&](const Other&, const Diff& diff) { return number(diff.edges.kept.size()); });
    add(Words::tr("edges only in A"),
        [&](const Other&, const Diff& diff) { return number(diff.edges.left.size()); });
    add(Words::tr("edges only in it"),
        [&](const Other&, const Diff& diff) { return number(diff.edges.entered.size()); });
    add(Words::tr("nodes in both"),
        [&](const Other&, const Diff& diff) { return number(diff.nodes.kept.size()); });
    add(Words::tr("nodes only in A"),
        [&](const Other&, const Diff& diff) { return number(diff.nodes.left.size()); });
    add(Words::tr("nodes only in it"),
        [&](const Other&, const Diff& diff) { return number(diff.nodes.entered.size()); });
    add(Words::tr("Jaccard of nodes"), [](const Other&, const Diff& diff) {
        return shown_value(measures::edge_jaccard, diff.nodes.jaccard());
    });
    add(Words::tr("rank correlation"),
        [](const Other&, const Diff& diff) { return or_dash(diff.rank_correlation); });
    add(Words::tr("of the scores’ sizes"),
        [](const Other&, const Diff& diff) { return or_dash(diff.strength_correlation); });
    add(Words::tr("weighted distance"), [](const Other&, const Diff& diff) {
        return shown_value(Notation::plain, diff.distance, 3);
    });
    add(Words::tr("shared, other sign"),
        [&](const Other&, const Diff& diff) { return number(diff.turned); });
    return text + QStringLiteral("</table>");
}

/// Above the diagonal Jaccard of each two, below it what chance gives them.
QString pairs_table(const ComparedCircuits& found)
{
    const std::size_t all = found.others.size() + 1;
    QStringList heads{ Words::tr("Jaccard of edges") };
    for (std::size_t i = 0; i < all; ++i)
        heads << letter(i);
    QString text = QStringLiteral("<br><table>") + row(heads, "th");
    for (std::size_t i = 0; i < all; ++i) {
        QStringList cells{ letter(i) };
        for (std::size_t j = 0; j < all; ++j) {
            const auto pair = std::ranges::find_if(found.pairs, [&](const SharedByTwo& two) {
                return two.first == std::min(i, j) && two.second == std::max(i, j);
            });
            if (i == j)
                cells << QString();
            else if (pair == found.pairs.end())
                cells << QStringLiteral("–");
            else if (i < j)
                cells << shown_value(measures::edge_jaccard, pair->jaccard);
            else
                cells << QStringLiteral("<i>%1</i>")
                             .arg(shown_value(Notation::plain, pair->by_chance, 3));
        }
        text += row(cells);
    }
    return text + QStringLiteral("</table>")
        + Words::tr("Below the diagonal, slanted: what random circuits of as many edges share. "
                    "Rank correlations are 0 by chance.");
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
    if (found.others.size() == 1)
        return found.others.front().diff ? figures_of_one(found.others.front()) : QString();
    const bool any = std::ranges::any_of(
        found.others, [](const OtherCircuit& other) { return other.diff.has_value(); });
    QString text = any ? figures_against_a(found) : QString();
    if (!found.pairs.empty())
        text += pairs_table(found);
    return text;
}

QString why_no_counterpart(const ComparedCircuits& found, std::size_t place)
{
    const ComparedWith& wish = found.wish.others[place - 1];
    const int iterations = found.others[place - 1].iterations;
    const auto run = std::ranges::find(found.runs, wish.run, &RunSummary::id);
    if (run == found.runs.end())
        return Words::tr("The run to compare with is not in the file any more.");
    const QString name = QString::fromStdString(run->description.name);
    if (iterations == 0)
        return Words::tr("“%1” has no circuits.").arg(name);
    if (wish.chosen)
        return Words::tr("“%1” has no iteration %2; its last is %3.")
            .arg(name)
            .arg(*wish.chosen)
            .arg(iterations - 1);
    const int step = found.a->at.step;
    switch (wish.by) {
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
