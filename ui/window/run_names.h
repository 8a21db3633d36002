#pragma once

#include <QString>
#include <QStringList>

namespace circuitloom::ui {

/// A name for a run like the one called `name`: "run" becomes "run 2", "run 2" becomes "run 3", or
/// what comes next and is not in `taken`.
QString next_name(const QString& name, const QStringList& taken);

} // namespace circuitloom::ui
