#include "ui/compare/run_groups.h"

#include "core/run/seed_groups.h"
#include "ui/compare/compared_settings.h"

#include <QCoreApplication>

#include <algorithm>
#include <string>
#include <utility>

namespace circuitloom::ui {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(RunComparison)
};

/// What several are called all the same is told apart by the numbers of its runs.
QStringList told_apart(const QStringList& names, const std::vector<std::vector<RunId>>& runs)
{
    QStringList distinct;
    for (qsizetype i = 0; i < names.size(); ++i) {
        QStringList numbers;
        for (const RunId run : runs[static_cast<std::size_t>(i)])
            numbers << QString::number(run.value);
        distinct << (names.count(names[i]) == 1
                ? names[i]
                : Words::tr("%1 (run %2)").arg(names[i], numbers.join(QStringLiteral(", "))));
    }
    return distinct;
}

std::vector<std::vector<std::size_t>> members_of(
    const std::vector<ComparedRun>& runs, Grouping grouping)
{
    if (grouping == Grouping::settings) {
        std::vector<RepeatedRun> repeated;
        for (const ComparedRun& run : runs)
            repeated.push_back({ run.configured ? &run.config : nullptr,
                run.summary.description.model_fingerprint });
        return same_but_for_seed(repeated);
    }
    std::vector<std::string> methods;
    std::vector<std::vector<std::size_t>> groups;
    for (std::size_t i = 0; i < runs.size(); ++i) {
        const std::string& method = runs[i].summary.description.method;
        const auto at = std::ranges::find(methods, method) - methods.begin();
        if (grouping == Grouping::none || at == std::ssize(methods)) {
            methods.push_back(method);
            groups.push_back({ i });
        } else {
            groups[static_cast<std::size_t>(at)].push_back(i);
        }
    }
    return groups;
}

/// The method and the values of the settings that differ.
QString settings_text(const ComparedRun& run, const ComparedSettings& settings)
{
    QStringList values{ QString::fromStdString(run.summary.description.method) };
    for (std::size_t i = 0; i < settings.names().size(); ++i)
        if (settings.names()[i] != "circuit.method") {
            const QString name = QString::fromStdString(settings.names()[i]);
            values << name.section(u'.', -1) + u' ' + settings.value(run.summary.id, i);
        }
    return values.join(QStringLiteral(", "));
}

} // namespace

std::vector<ComparedGroup> groups_of(const std::vector<ComparedRun>& runs, Grouping grouping)
{
    const ComparedSettings settings(
        grouping == Grouping::settings ? runs : std::vector<ComparedRun>());
    std::vector<ComparedGroup> groups;
    QStringList names;
    std::vector<std::vector<RunId>> ids;
    for (std::vector<std::size_t>& members : members_of(runs, grouping)) {
        const ComparedRun& first = runs[members.front()];
        const RunDescription& is = first.summary.description;
        if (grouping == Grouping::none || (grouping == Grouping::settings && !first.configured))
            names << QString::fromStdString(is.name);
        else
            names << (grouping == Grouping::method ? QString::fromStdString(is.method)
                                                   : settings_text(first, settings));
        std::vector<RunId>& of_group = ids.emplace_back();
        for (const std::size_t i : members)
            of_group.push_back(runs[i].summary.id);
        groups.push_back({ {}, std::move(members) });
    }
    const QStringList distinct = told_apart(names, ids);
    for (std::size_t i = 0; i < groups.size(); ++i)
        groups[i].name = distinct[static_cast<qsizetype>(i)];
    return groups;
}

QStringList names_of(const std::vector<ComparedRun>& runs)
{
    QStringList names;
    for (const ComparedGroup& group : groups_of(runs, Grouping::none))
        names << group.name;
    return names;
}

} // namespace circuitloom::ui
