#pragma once

#include "core/base/measure.h"
#include "ui/compare/compared_run.h"

#include <QString>

#include <functional>
#include <vector>

namespace circuitloom::ui {

/// What a comparison of runs tells of each, a column of its table or an axis.
struct RunColumn
{
    /// What the keys of a task's figures begin with, and that of the capabilities' mean. What they
    /// end with, "/after" or "/change", says which figure it is.
    static constexpr const char* task_key = "task/";
    static constexpr const char* capabilities_key = "capabilities";

    enum class Kind
    {
        text,
        listed, ///< a number that names rather than measures, as a seed: groups list theirs
        measured ///< groups have mean and standard deviation
    };

    QString key; ///< what it is, in no language: the same for other runs and in later versions
    QString title; ///< of a column; of one that needs the column before, the end of it
    QString full_title;
    QString tip;
    Kind kind = Kind::measured;
    Notation notation = Notation::plain;
    int decimals = 3;
    Better better = Better::neither;
    bool in_table = true; ///< false: an axis alone
    /// Up to that step of the run; not a number where that is not known. None of a text.
    std::function<double(const ComparedRun&, double until)> value = {};
    std::function<QString(const ComparedRun&)> text = {}; ///< of texts and listed numbers
};

/// In the order of the table: what a run is, the settings in which they differ, each measure before
/// and after, of the tasks first, then how it went and what it took.
std::vector<RunColumn> columns_of(const std::vector<ComparedRun>& runs);

/// The step of the first evaluation at which `column` is at least `reached` (at most, where less is
/// better); not a number where it never is.
double first_step_at(const ComparedRun& run, const RunColumn& column, double reached);

} // namespace circuitloom::ui
