#pragma once

#include <QString>

class QWidget;

namespace circuitloom::ui {

/// Asks whether a file that is there already may be replaced; Cancel is the default.
bool may_replace(QWidget& parent, const QString& file);

/// What to say once the writing of `file` was called off.
QString cancelled_text(const QString& file);

} // namespace circuitloom::ui
