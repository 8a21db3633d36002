#pragma once

#include "ui/session/circuit_curves.h"
#include "ui/session/curve_data.h"
#include "ui/session/item_scores.h"

#include <QColor>
#include <QString>

#include <memory>
#include <optional>

namespace circuitloom::ui {

/// A run whose curves are shown.
struct PlottedRun
{
    RunId run;
    QString name;
    QColor color;
    int planned_steps = 0;
    std::shared_ptr<const CurveData> data;
    std::shared_ptr<const CircuitCurves> circuits = {}; ///< null until they have been read
    /// The first of the runs shown that differ from it in nothing but their seed; empty where there
    /// is no other such run.
    std::optional<RunId> alike = {};
    std::shared_ptr<const ItemCurves> items = {}; ///< null until they have been read
};

} // namespace circuitloom::ui
