#pragma once

#include <QString>

namespace circuitloom::ui {

/// Of which model an answer is, as in "iteration 12, after step 24".
QString moment_text(int iteration, int step);

} // namespace circuitloom::ui
