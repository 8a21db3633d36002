#pragma once

#include "core/analysis/spread.h"
#include "core/analysis/study_table.h"

#include <QString>

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace circuitloom::ui {

/// A suite and a measure, as figures of studies name them.
using SuiteMeasure = std::pair<std::string, std::string>;

/// With three decimals; a dash where there is none.
QString number_or_dash(const std::optional<double>& value);
/// Mean ± standard deviation, of one value the value alone; a dash where there is none.
QString spread_or_dash(const std::optional<Spread>& spread);

/// What a study was measured in: the task's first, without second readings.
std::vector<SuiteMeasure> shown_measures(const StudyTable& table);
/// What a list calls one of them.
QString measure_title(const SuiteMeasure& measure);
/// A value of one of them.
QString measured_text(const SuiteMeasure& measure, double value);
/// Several values of one of them; as spread_or_dash().
QString measured_text(const SuiteMeasure& measure, const std::optional<Spread>& spread);

} // namespace circuitloom::ui
