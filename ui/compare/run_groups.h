#pragma once

#include "ui/compare/compared_run.h"

#include <QString>
#include <QStringList>

#include <cstddef>
#include <vector>

namespace circuitloom::ui {

/// What makes runs one group.
enum class Grouping
{
    none, ///< every run is one
    method,
    settings ///< all that differs besides the seed
};

struct ComparedGroup
{
    QString name; ///< a run's name, a method, or the values of the settings that differ; each once
    std::vector<std::size_t> members; ///< places in `runs`
};

/// Which runs are one group; in the order of their first ones.
std::vector<ComparedGroup> groups_of(const std::vector<ComparedRun>& runs, Grouping grouping);
/// The runs' names; where several have the same, with their numbers.
QStringList names_of(const std::vector<ComparedRun>& runs);

} // namespace circuitloom::ui
